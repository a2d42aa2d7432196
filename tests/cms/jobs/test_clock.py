"""A clock that jumps does no harm that lasts, and a round in another year does nothing that goes by date."""

import datetime as dt

import pytest
from django.utils import timezone

from cms.changes.models import Change, KindVersion
from cms.changes.recording import record
from cms.jobs import periodic
from cms.jobs.clock import JUMP, SURE_AFTER, is_trusted
from cms.jobs.periodic import tend
from gallery.enums import EXHIBIT, EXHIBITION, EntryState
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.services import hanging
from tests.factories.entries import make_entry

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
YEAR = dt.timedelta(days=365)


@pytest.fixture
def clock(monkeypatch):
    """Set to a time, it says that to the timer."""

    def say(now: dt.datetime) -> None:
        monkeypatch.setattr(periodic.timezone, "now", lambda: now)

    return say


@pytest.mark.parametrize("jump", [YEAR, -YEAR, 2 * JUMP])
def test_a_clock_that_has_jumped_is_believed_after_a_while(jump):
    assert [is_trusted(NOW), is_trusted(NOW + JUMP)] == [True, True]
    there = NOW + JUMP + jump
    assert [is_trusted(there + n * MINUTE) for n in range(7)] == [False] * 5 + [True] * 2


def test_one_that_jumps_back_in_time_is_believed_at_once():
    assert [is_trusted(NOW), is_trusted(NOW + YEAR), is_trusted(NOW + MINUTE)] == [True, False, True]
    assert [is_trusted(NOW + YEAR + SURE_AFTER), is_trusted(NOW + 2 * YEAR)] == [False, False]


def test_one_round_in_another_year_expires_nothing_and_closes_nothing(clock):
    now = timezone.now()
    entry = make_entry("hung")
    Exhibit.objects.update(expires_at=now + dt.timedelta(days=30))
    clock(now)
    tend()
    before = list(KindVersion.objects.values_list("kind", "number", "next_at"))
    clock(now + YEAR)
    assert set(tend()) == {"swept", "jobs put back", "purges"}
    clock(now + MINUTE)
    assert tend()["expired"] == 0
    assert list(KindVersion.objects.values_list("kind", "number", "next_at")) == before
    assert Entry.objects.get(pk=entry.pk).state == EntryState.HUNG


def test_a_date_written_down_by_a_wrong_clock_is_mended():
    """Its closing would never be told otherwise."""
    make_entry("hung")
    now = timezone.now()
    tend(now=now)
    right = KindVersion.objects.get(kind=EXHIBITION).next_at
    KindVersion.objects.filter(kind=EXHIBITION).update(next_at=right + 10 * YEAR)
    assert tend(now=now)["clock"] == 1
    assert KindVersion.objects.get(kind=EXHIBITION).next_at == right
    assert tend(now=now)["clock"] == 0


def test_what_a_wrong_clock_put_off_is_not_put_off_for_a_year(work):
    entry = make_entry("approved")
    now = timezone.now()
    Entry.objects.update(hanging_until=now + YEAR)
    assert hanging.hang_if_due(entry_id=entry.pk, now=now) == Exhibit.objects.get()


def test_times_of_the_record_never_go_back_but_for_a_wrong_clock():
    times = [NOW, NOW - MINUTE, NOW + YEAR, NOW + MINUTE]
    for now in times:
        record(EXHIBIT, "a", "upsert", now=now)
    assert list(Change.objects.values_list("at", flat=True)) == [NOW, NOW, NOW + YEAR, NOW + MINUTE]
    assert KindVersion.objects.get(kind=EXHIBIT).changed_at == NOW + MINUTE
