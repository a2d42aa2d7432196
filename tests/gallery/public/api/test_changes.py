"""A copy kept by following the list of changes is right, wherever its keeper stopped and went on."""

import datetime as dt
import random

import pytest
from django.utils import timezone

from cms.changes.models import Change, How
from cms.changes.recording import PublicChange, record_all
from gallery.enums import EXHIBIT
from gallery.models.exhibits import Exhibit
from gallery.public.api import schemas
from gallery.services import entries, exhibits, maintenance
from tests.factories.entries import make_entry
from tests.factories.exhibitions import CategoryFactory, make_exhibit, make_exhibition
from tests.factories.people import DepartmentFactory


class Copy:
    """Another site's copy: follows `next` for ever, a few changes at a time."""

    def __init__(self, api, limit: int = 3) -> None:
        self.api = api
        self.held: set[str] = set()
        self.address = f"changes/?limit={limit}"

    def follow(self) -> set[str]:
        more = True
        while more:
            answer = self.api.json(self.address)
            for item in answer["items"]:
                if item["kind"] == "upsert":
                    assert item["url"] == f"https://portal.example/api/gallery/v1/exhibits/{item['id']}/"
                    self.held.add(item["id"])
                else:
                    assert sorted(item) == ["at", "id", "kind"]
                    self.held.discard(item["id"])
            self.address, more = answer["next"], answer["more"]
        return self.held


class Wall:
    """Everything that can happen to exhibits, at random, as the services do it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.edition = make_exhibition()
        self.facts = {"category": CategoryFactory(), "department": DepartmentFactory()}

    def happen(self) -> None:
        now = timezone.now()
        hanging = list(Exhibit.objects.order_by("pk"))
        what = self.chance.choice(
            ["hang", "hang", "hang privately", "correct words", "take down", "unshare", "expire"]
        )
        if what.startswith("hang") or not hanging:
            make_exhibit(self.edition, is_shared=what != "hang privately", **self.facts)
            return
        one = self.chance.choice(hanging)
        if what == "correct words":
            one.title = f"Title {self.chance.random()}"
            one.save()
            exhibits.refresh(Exhibit.objects.filter(pk=one.pk), now=now)
        elif what == "take down":
            public_id, shared = one.public_id, one.is_shared
            one.delete()
            record_all(EXHIBIT, [PublicChange(public_id, How.REMOVED, shared=shared)], now=now)
        elif what == "unshare" and one.is_shared:
            one.is_shared = False
            one.save()
            record_all(EXHIBIT, [PublicChange(one.public_id, How.CORRECTED, shared=True)], now=now)
        elif what == "expire":
            one.expires_at = now + dt.timedelta(microseconds=1)
            one.save()
            record_all(EXHIBIT, now=now)
            if self.chance.random() < 0.5:
                maintenance.expire(timezone.now())


@pytest.mark.parametrize("seed", range(8))
def test_a_copy_ends_as_what_is_shared_now(api, seed):
    wall, often = Wall(seed), Copy(api)
    for _ in range(40):
        wall.happen()
        if wall.chance.random() < 0.3:
            assert often.follow() == set(api.ids())
    shared = set(api.ids())
    assert often.follow() == shared
    assert Copy(api, limit=1).follow() == shared
    assert Copy(api, limit=1000).follow() == shared


@pytest.mark.django_db
def test_the_services_leave_the_changes_others_need(api):
    entry = make_entry("hung")
    entries.withdraw(entry=entry, by=entry.photographer, now=timezone.now())
    answer = api.get("changes/")
    items = schemas.ChangeList.model_validate_json(answer.content).items
    assert [(item.id, item.kind) for item in items] == [(entry.public_id, "upsert"), (entry.public_id, "removed")]


def test_an_empty_list_still_says_where_to_go_on(api):
    answer = api.json("changes/")
    assert (answer["items"], answer["more"]) == ([], False)
    assert answer["next"].startswith("https://portal.example/api/gallery/v1/changes/?since=")
    assert api.json(answer["next"]) == answer


def test_what_is_not_shared_is_passed_over_without_a_trace(api):
    edition = make_exhibition()
    make_exhibit(edition, is_shared=False)
    assert api.json("changes/")["items"] == []
    shown = make_exhibit(edition)
    answer = api.json("changes/?limit=1")
    assert [item["id"] for item in answer["items"]] == [shown.public_id]
    assert answer["more"] is False


@pytest.mark.parametrize("number", [1, 30])
def test_two_queries_however_many(api, number):
    edition, category, department = make_exhibition(), CategoryFactory(), DepartmentFactory()
    for _ in range(number):
        make_exhibit(edition, category=category, department=department)
    assert len(api.json("changes/")["items"]) == number
    assert api.queries == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("since", ""),
        ("since", "-1"),
        ("since", "01"),
        ("since", "1.0"),
        ("since", "abc"),
        ("since", "\x00"),
        ("since", "9" * 30),
        ("since", "999999999999999999"),
        ("limit", "0"),
        ("limit", "1001"),
        ("cursor", "1"),
    ],
)
def test_a_bad_parameter_is_named(refused, name, value):
    assert [error["parameter"] for error in refused("changes/", {name: value})] == [name]


def test_a_cursor_from_the_future_says_to_begin_anew(refused):
    make_exhibit(make_exhibition())
    number = Change.objects.latest("number").number
    (error,) = refused("changes/", {"since": str(number + 1)})
    assert error == {
        "parameter": "since",
        "message": "That is none of our numbers now. Begin without it, and build your copy anew.",
    }
