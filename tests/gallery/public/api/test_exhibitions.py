"""Editions with their state today, their totals and the first picture of their wall."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.changes.recording import record_all
from gallery.enums import EXHIBITION
from gallery.public.api import schemas
from tests.factories.exhibitions import CategoryFactory, make_exhibit, make_exhibition

DAY = dt.timedelta(days=1)


def iso(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_one_edition_in_full(api):
    hands, rigs = CategoryFactory(name="Hands", slug="hands"), CategoryFactory(name="Rigs", slug="rigs")
    edition = make_exhibition(slug="here", title="Here", intro="Show us.")
    edition.categories.set([hands, rigs])
    edition.save()
    make_exhibit(edition, category=hands, wall_order=2)
    first = make_exhibit(edition, category=hands, wall_order=1, alt_text="The first of the wall.")
    make_exhibit(edition, category=rigs, wall_order=0, is_shared=False)
    edition.refresh_from_db()
    answer = api.json("exhibitions/here/")
    assert api.queries == 3
    picture = api.json(f"exhibits/{first.public_id}/")["image"]
    assert answer == {
        "slug": "here",
        "title": "Here",
        "url": "https://portal.example/exhibitions/here/",
        "state": "open",
        "opens_at": iso(edition.opens_at),
        "closes_at": iso(edition.closes_at),
        "on_show_from": iso(edition.on_show_from),
        "on_show_until": iso(edition.on_show_until),
        "summary": "Show us.",
        "categories": [
            {"slug": "hands", "name": "Hands", "count": 2},
            {"slug": "rigs", "name": "Rigs", "count": 0},
        ],
        "count": 2,
        "cover": {**picture, "alt": "The first of the wall.", "credit": first.credit, "exhibit": first.public_id},
        "enter_url": "https://portal.example/exhibitions/here/enter/",
        "iiif": None,
        "updated_at": answer["updated_at"],
    }
    schemas.Exhibition.model_validate(answer)
    assert api.json("exhibitions/") == {"count": 1, "next": None, "previous": None, "items": [answer]}


@pytest.mark.parametrize(
    ("days", "state", "enters"),
    [
        (-11, "announced", False),
        (0, "open", True),
        (31, "review", False),
        (61, "on-show", False),
        (121, "archived", False),
    ],
)
def test_its_state_follows_its_dates(api, monkeypatch, days, state, enters):
    make_exhibition(slug="here")
    record_all(EXHIBITION, now=timezone.now())
    then = timezone.now() + days * DAY
    monkeypatch.setattr(timezone, "now", lambda: then)
    answer = api.json("exhibitions/here/")
    assert (answer["state"], answer["enter_url"] is not None) == (state, enters)


def test_a_state_that_changes_by_itself_is_a_new_answer(api, monkeypatch):
    edition = make_exhibition(slug="here")
    record_all(EXHIBITION, now=timezone.now())
    tag = api.get("exhibitions/here/")["ETag"]
    assert api.get("exhibitions/here/", if_none_match=tag).status_code == 304
    monkeypatch.setattr(timezone, "now", lambda: edition.closes_at)
    answer = api.get("exhibitions/here/", if_none_match=tag)
    assert (answer.status_code, answer.json()["state"]) == (200, "review")


@pytest.mark.parametrize("number", [1, 5])
def test_three_queries_however_many(api, number):
    for place in range(number):
        edition = make_exhibition(on_show_from=timezone.now() + place * DAY)
        edition.categories.set([CategoryFactory(), CategoryFactory()])
        edition.save()
        make_exhibit(edition)
    answer = api.json("exhibitions/")
    assert api.queries == 3
    assert answer["count"] == len(answer["items"]) == number
    opening = [item["on_show_from"] for item in answer["items"]]
    assert opening == sorted(opening, reverse=True)
    assert {item["count"] for item in answer["items"]} == {1}


def test_drafts_and_restricted_editions_are_not_there(api):
    make_exhibition(slug="shown")
    make_exhibition(slug="draft", live=False)
    restricted = make_exhibition(slug="restricted")
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    assert [item["slug"] for item in api.json("exhibitions/")["items"]] == ["shown"]
    for slug in ("draft", "restricted", "nowhere", "%00", "x" * 3000):
        assert api.get(f"exhibitions/{slug}/").status_code == 404, slug


def test_everything_below_a_restricted_page_is_hidden(api):
    edition = make_exhibition(slug="below")
    PageViewRestriction.objects.create(page=edition.get_parent(), restriction_type=PageViewRestriction.PASSWORD)
    assert api.json("exhibitions/")["items"] == []


def test_an_empty_edition_has_no_cover(api):
    make_exhibition(slug="empty")
    answer = api.json("exhibitions/empty/")
    assert (answer["cover"], answer["count"], answer["categories"]) == (None, 0, [])
