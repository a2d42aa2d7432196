"""What other sites may not show is in no answer, and what went away is said to be gone."""

import datetime as dt
import json

from django.utils import timezone

from cms.changes.recording import record_all
from cms.jobs.periodic import tend
from gallery.enums import EXHIBIT
from gallery.models.exhibits import Exhibit
from gallery.services import entries, hanging
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.people import curator
from tests.gallery.public.api.test_exhibits import label

HOUR = dt.timedelta(hours=1)


def test_an_exhibit_that_is_not_shared_is_as_if_it_were_not_there(api):
    edition = make_exhibition(slug="here")
    make_exhibit(edition, title="Everybody may show this")
    ours = make_exhibit(edition, title="Ours alone", is_shared=False)
    label(ours, "tag", "glass", "Glass")
    label(ours, "award", "winner", "Winner")
    asked = [
        "exhibits/",
        "exhibits/?order=wall",
        "exhibits/?exhibition=here",
        f"exhibits/?department={ours.department.slug}",
        f"exhibits/?category={ours.category.slug}",
        "exhibits/?tag=glass",
        "exhibits/?award=winner",
        "exhibits/?q=ours",
        "exhibits/?photographer=a-example",
        "exhibitions/",
        "exhibitions/here/",
        "changes/",
        "docs/",
        "/api/v2/exhibits/?fields=*",
        "/api/v2/pages/?type=gallery.ExhibitionPage&fields=*",
    ]
    for path in asked:
        text = api.get(path).content.decode()
        assert ours.public_id not in text, path
        assert "Ours alone" not in text, path
    for path in asked[3:7]:
        assert api.json(path)["items"] == []
    assert [api.json(path)["count"] for path in ("exhibits/", asked[3], "exhibits/?award=winner")] == [1, 0, 0]
    assert api.get(f"exhibits/{ours.public_id}/").status_code == 404
    assert api.get(f"/api/v2/exhibits/{ours.public_id}/").status_code == 404


def test_people_who_refuse_other_sites_keep_the_picture_on_our_wall_only(api):
    entry = make_entry("hung", people=[{"name": "Ines", "email": "ines@x.example", "channels": ["web", "print"]}])
    assert Exhibit.objects.get().is_shared is False
    assert api.ids() == []
    assert api.get(f"exhibits/{entry.public_id}/").status_code == 404


def test_withdrawn_is_gone_and_says_nothing_more(api):
    entry = make_entry("hung", title="Shown once")
    address = f"exhibits/{entry.public_id}/"
    tag = api.get(address)["ETag"]
    entries.withdraw(entry=entry, by=entry.photographer, now=timezone.now())
    response = api.get(address, if_none_match=tag)
    assert response.status_code == 410
    assert response.json() == {
        "type": "about:blank",
        "title": "Gone",
        "status": 410,
        "detail": "This photograph is no longer shown. Please delete your copy.",
    }
    assert api.queries == 2
    assert "Shown once" not in api.get("changes/").content.decode()
    assert api.ids() == []


def test_hung_again_keeps_its_address(api):
    entry = make_entry("hung")
    hanging.take_down(entry=entry, by=curator(), reason="A label.", now=timezone.now())
    assert api.get(f"exhibits/{entry.public_id}/").status_code == 410
    hanging.ask_to_hang(entry=entry, by=None, now=timezone.now())
    hanging.hang_if_due(entry_id=entry.pk)
    assert api.json(f"exhibits/{entry.public_id}/")["id"] == entry.public_id


def test_expiry_needs_nobody(api, monkeypatch):
    now = timezone.now()
    edition = make_exhibition(slug="here")
    staying = make_exhibit(edition)
    leaving = make_exhibit(edition, expires_at=now + HOUR)
    record_all(EXHIBIT, now=now)
    assert set(api.ids()) == {staying.public_id, leaving.public_id}
    tag = api.get("exhibits/")["ETag"]

    at(monkeypatch, now + HOUR)
    answer = api.get("exhibits/", if_none_match=tag)
    assert [item["id"] for item in answer.json()["items"]] == [staying.public_id]
    assert api.json("exhibits/")["count"] == 1
    assert api.json("exhibits/?exhibition=here")["count"] == 1
    assert api.json("exhibitions/here/")["count"] == 1
    assert api.get(f"exhibits/{leaving.public_id}/").status_code == 410
    assert api.json("changes/")["items"][-1] == {
        "id": leaving.public_id,
        "at": leaving.expires_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "kind": "expired",
    }

    tend(now=now + HOUR)
    assert api.ids() == [staying.public_id]
    assert api.json("changes/")["items"][-1]["kind"] == "expired"
    assert api.get(f"exhibits/{leaving.public_id}/").status_code == 410


def test_two_timed_changes_before_anybody_tends_are_two_answers(api, monkeypatch):
    now = timezone.now()
    edition = make_exhibition()
    make_exhibit(edition, expires_at=now + HOUR)
    make_exhibit(edition, expires_at=now + 2 * HOUR)
    record_all(EXHIBIT, now=now)
    at(monkeypatch, now + HOUR)
    first = api.get("exhibits/")
    assert api.get("exhibits/", if_none_match=first["ETag"]).status_code == 304
    at(monkeypatch, now + 2 * HOUR)
    second = api.get("exhibits/", if_none_match=first["ETag"])
    assert (first.json()["count"], second.status_code, second.json()["count"]) == (1, 200, 0)


def at(monkeypatch, moment: dt.datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


SECRETS = {
    "photographer's address": "secret-photographer@calderwick.example",
    "person's name": "Perpetua Secretname",
    "person's address": "perpetua-secret@x.example",
    "review note": "Please look at the label on the left",
    "approval note": "Everything is cleared",
    "file name": "IMG_0001",
}


def test_nothing_private_is_in_any_answer(api):
    from tests.factories.people import UserFactory

    people = [
        {"name": SECRETS["person's name"], "email": SECRETS["person's address"], "channels": ["web", "other-sites"]}
    ]
    entry = make_entry(
        "hung", photographer=UserFactory(email=SECRETS["photographer's address"], name="Ann Public"), people=people
    )
    make_entry("in-review", exhibition=entry.exhibition, title="Not yet decided")
    make_entry("on-hold", exhibition=entry.exhibition, title="Kept waiting")
    answers = "".join(
        api.get(path).content.decode()
        for path in (
            "",
            "exhibits/",
            f"exhibits/{entry.public_id}/",
            "exhibitions/",
            f"exhibitions/{entry.exhibition.slug}/",
            "changes/",
            "openapi.json",
            "docs/",
            "/api/v2/pages/?fields=*",
            f"/api/v2/pages/{entry.exhibition.pk}/?fields=*",
            "/api/v2/exhibits/?fields=*",
            f"/api/v2/exhibits/{entry.public_id}/",
        )
    )
    assert "Ann Public" in answers
    for secret in (*SECRETS.values(), "Not yet decided", "Kept waiting", "masters/", '"owner"', "revision"):
        assert secret not in answers, secret
    sources = json.loads(api.get(f"exhibits/{entry.public_id}/").content)["image"]["sources"]
    assert sources
    assert all(f"/media/exhibits/{entry.public_id}/" in source["url"] for source in sources)
