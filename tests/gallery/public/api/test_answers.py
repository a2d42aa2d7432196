"""Headers: open to every site, kept briefly, never sent twice, only for reading."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from django.utils.http import http_date

from cms.changes.models import EPOCH, KindVersion
from gallery.models.exhibits import Exhibit
from gallery.services import exhibits
from tests.factories.exhibitions import make_exhibit, make_exhibition


@pytest.fixture
def paths(db) -> list[str]:
    edition = make_exhibition(slug="here")
    exhibit = make_exhibit(edition)
    return [
        "",
        "exhibitions/",
        "exhibitions/here/",
        "exhibits/",
        "exhibits/?limit=1&order=title",
        f"exhibits/{exhibit.public_id}/",
        "changes/",
        "openapi.json",
        "docs/",
        "/api/v2/pages/",
        f"/api/v2/pages/{edition.pk}/",
        "/api/v2/exhibits/",
        f"/api/v2/exhibits/{exhibit.public_id}/",
    ]


def test_every_answer_may_be_kept_by_anybody_for_half_a_minute(api, paths):
    for path in paths:
        response = api.get(path, origin="https://chemistry.example")
        assert response.status_code == 200, path
        assert response["Cache-Control"] == "public, max-age=15, stale-while-revalidate=15"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Access-Control-Expose-Headers"] == "ETag, Last-Modified"
        assert "Access-Control-Allow-Credentials" not in response
        assert "Vary" not in response, path
        assert not response.cookies
        assert re.fullmatch(r'"[0-9a-f.-]+"', response["ETag"])
        assert response["Last-Modified"].endswith(" GMT")
        assert response["X-Content-Type-Options"] == "nosniff"


def test_an_answer_one_has_is_not_sent_again(api, paths):
    for path in paths:
        first = api.get(path)
        for sent in (first["ETag"], f"W/{first['ETag']}", f'"other", {first["ETag"]}'):
            second = api.get(path, if_none_match=sent)
            assert (second.status_code, second.content) == (304, b""), path
            for header in ("ETag", "Cache-Control", "Access-Control-Allow-Origin"):
                assert second[header] == first[header], path
        assert api.get(path, if_none_match='"other"').status_code == 200
        assert api.get(path, if_none_match="*").status_code == 200
        assert api.get(path, if_none_match="\x00garbage, ,,").status_code == 200


def test_what_has_not_changed_since_is_not_sent_again(api, paths, monkeypatch):
    monkeypatch.setattr("cms.api.conditional.written_at", lambda folder: EPOCH)
    second = timezone.now().replace(microsecond=0) - dt.timedelta(minutes=5)
    for path in paths[1:7] + paths[11:]:
        KindVersion.objects.update(changed_at=second + dt.timedelta(milliseconds=300))
        told = api.get(path)["Last-Modified"]
        assert api.get(path, if_modified_since=told).status_code == 304
        assert api.get(path, if_modified_since=told, if_none_match='"other"').status_code == 200
        assert api.get(path, if_modified_since=http_date(second.timestamp())).status_code == 200
        assert api.get(path, if_modified_since="yesterday").status_code == 200
        KindVersion.objects.update(changed_at=second + dt.timedelta(milliseconds=1300))
        assert api.get(path, if_modified_since=told).status_code == 200


def test_whoever_asks_by_date_gets_whole_what_may_have_changed(api, paths, monkeypatch):
    """Of pages nobody can say when what they show last changed: they may have changed just now."""
    monkeypatch.setattr("cms.api.conditional.written_at", lambda folder: EPOCH)
    KindVersion.objects.update(changed_at=timezone.now() - dt.timedelta(minutes=5))
    ahead = http_date(timezone.now().timestamp() + 3600)
    for path in paths:
        expected = 200 if "/v2/pages/" in path else 304
        assert api.get(path, if_modified_since=ahead).status_code == expected, path
    for path in ("/feeds/all.atom", "/feeds/all.json", "/api/v2/people/"):
        assert api.get(path, if_modified_since=ahead).status_code in (200, 404), path


def test_another_release_is_a_later_date(api, paths, monkeypatch):
    told = api.get("exhibits/")["Last-Modified"]
    monkeypatch.setattr("cms.api.conditional.written_at", lambda folder: timezone.now() + dt.timedelta(seconds=2))
    assert api.get("exhibits/", if_modified_since=told).status_code == 200


def test_a_change_in_the_second_of_an_answer_is_a_later_one(api, paths, monkeypatch):
    now = timezone.now().replace(microsecond=500_000)
    monkeypatch.setattr("cms.api.conditional.time.time", now.timestamp)
    KindVersion.objects.update(changed_at=now)
    told = api.get("exhibits/")["Last-Modified"]
    assert api.get("exhibits/", if_modified_since=told).status_code == 200


def test_not_sending_again_takes_one_query_and_no_exhibit(api, paths):
    from tests.strangers import only_public_tables, tables_in

    for path in paths[1:7] + paths[11:]:
        tag = api.get(path)["ETag"]
        with only_public_tables() as statements:
            assert api.get(path, if_none_match=tag).status_code == 304
        assert len(statements) == 1
        assert tables_in(statements[0]) <= {"changes_kindversion", "changes_change"}


def test_any_change_is_a_new_answer(api, paths):
    tags = {path: api.get(path)["ETag"] for path in paths[1:7]}
    exhibit = Exhibit.objects.get()
    exhibit.alt_text = "Corrected words, long enough to help."
    exhibit.save()
    exhibits.refresh(Exhibit.objects.all(), now=timezone.now())
    for path, tag in tags.items():
        assert api.get(path, if_none_match=tag).status_code == 200


def test_two_addresses_never_share_a_tag(api, paths):
    tags = [api.get(path)["ETag"] for path in [*paths, "exhibits/?limit=1", "exhibits/?limit=2"]]
    assert len(set(tags)) == len(tags)


def test_an_address_that_moved_is_a_new_answer(api, paths, settings):
    tag = api.get("exhibits/")["ETag"]
    settings.BASE_URL = "https://elsewhere.example"
    answer = api.get("exhibits/", if_none_match=tag)
    assert answer.status_code == 200
    assert answer.json()["items"][0]["url"].startswith("https://elsewhere.example/exhibitions/here/")


def test_pictures_on_another_host(api, paths, settings):
    settings.MEDIA_URL = "https://pictures.example/"
    assert api.json("exhibits/")["items"][0]["image"]["sources"][0]["url"].startswith(
        "https://pictures.example/exhibits/x/"
    )


def test_head_is_get_without_the_body(api, paths):
    for path in paths:
        address = path if path.startswith("/") else f"/api/gallery/v1/{path}"
        asked, told = api.client.get(address), api.client.head(address)
        assert told.content == b""
        assert told.status_code == 200
        assert (told["Content-Length"], told["ETag"]) == (asked["Content-Length"], asked["ETag"])


def test_a_preflight_is_answered(api, paths):
    for path in [*paths, "exhibits/nope/", "/api/nothing"]:
        address = path if path.startswith("/") else f"/api/gallery/v1/{path}"
        response = api.client.options(
            address,
            headers={
                "origin": "https://chemistry.example",
                "access-control-request-method": "GET",
                "access-control-request-headers": "if-none-match",
            },
        )
        assert (response.status_code, response.content) == (204, b"")
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert response["Access-Control-Allow-Headers"] == "*"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(api, paths, method):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    for path in paths:
        address = path if path.startswith("/") else f"/api/gallery/v1/{path}"
        response = getattr(client, method)(address, data="{}", content_type="application/json")
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS"), path
        assert response["Content-Type"] == "application/problem+json"
        assert response["Access-Control-Allow-Origin"] == "*"


def test_who_is_signed_in_makes_no_difference(api, paths):
    from django.test import Client

    from tests.factories.people import administrator

    client = Client()
    client.force_login(administrator())
    for path in paths:
        address = path if path.startswith("/") else f"/api/gallery/v1/{path}"
        mine, theirs = client.get(address), api.client.get(address)
        assert mine.content == theirs.content
        assert "Vary" not in mine, path


def test_problems_are_open_too(api, paths):
    for path, status in (
        ("exhibits/?x=1", 422),
        ("exhibits/nope/", 404),
        ("nothing/", 404),
        ("/api/v2/images/", 404),
    ):
        response = api.get(path)
        assert (response.status_code, response["Access-Control-Allow-Origin"]) == (status, "*")
        assert response["Cache-Control"] == "public, max-age=15, stale-while-revalidate=15"
        assert response["Content-Type"] == "application/problem+json"


def test_a_forgotten_last_stroke_is_put_right_for_other_sites_too(api, paths):
    response = api.get("exhibits?limit=2")
    assert (response.status_code, response["Location"]) == (307, "/api/gallery/v1/exhibits/?limit=2")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert api.get("nothing").status_code == 404
