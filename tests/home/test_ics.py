"""Calendar files, read back by somebody else's parser."""

import datetime as dt
import doctest
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from home import ics

LONDON = ZoneInfo("Europe/London")


def entry(**facts: object) -> ics.Entry:
    day = dt.datetime(2027, 6, 28, 9, tzinfo=LONDON)
    return ics.Entry(
        **{
            "uid": "one",
            "sequence": 3,
            "changed_at": dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC),
            "starts": day,
            "ends": day + dt.timedelta(hours=2),
            "title": "Repair clinic",
            **facts,
        }
    )


def read(*entries: ics.Entry) -> list:
    return Calendar.from_ical(ics.calendar(entries, name="Events")).events


def test_its_own_examples_hold():
    assert doctest.testmod(ics).failed == 0


def test_awkward_words_come_back_as_they_were():
    title = "Cake, tea; “two” \\ three: " + "é🧪" * 40
    (found,) = read(entry(title=title, description="One\nTwo, three\n\nFour"))
    assert found["summary"] == title
    assert found["description"] == "One\nTwo, three\n\nFour"
    assert (found["uid"], found["sequence"]) == ("one", 3)


def test_every_line_is_short_enough_and_whole():
    text = ics.calendar([entry(title="é🧪" * 90, description="x" * 400)], name="Events")
    lines = text.split(b"\r\n")
    assert max(map(len, lines)) == 75
    for line in lines:
        line.decode()  # no letter is cut in two
    assert b"\n" not in text.replace(b"\r\n", b"")


def test_a_line_break_in_a_title_cannot_start_another_property():
    text = ics.calendar([entry(title="Innocent\r\nATTENDEE:mailto:a@example.org")], name="Events")
    assert b"\r\nATTENDEE" not in text


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2027-01-20T11:00", "2027-01-20T11:00"),
        ("2027-06-28T09:00", "2027-06-28T08:00"),
        ("2027-03-28T00:59", "2027-03-28T00:59"),
        ("2027-03-28T02:00", "2027-03-28T01:00"),
        ("2026-10-25T00:59", "2026-10-24T23:59"),
        ("2026-10-25T02:00", "2026-10-25T02:00"),
    ],
)
def test_times_are_those_on_the_clock_across_its_changes(local, utc):
    starts = dt.datetime.fromisoformat(local).replace(tzinfo=LONDON)
    (found,) = read(entry(starts=starts, ends=starts + dt.timedelta(hours=9)))
    assert found["dtstart"].params["TZID"] == "Europe/London"
    assert found.start.astimezone(dt.UTC).isoformat()[:16] == utc


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_happens_twice_is_written_in_world_time(fold):
    twice = dt.datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=fold)
    text = ics.calendar([entry(starts=twice, ends=twice.astimezone(dt.UTC) + dt.timedelta(hours=3))], name="Events")
    assert f"DTSTART:20261025T0{fold}3000Z".encode() in text


def test_the_written_rule_is_the_zones_own():
    """What a calendar without a zone database works out from our file agrees with the zone, hour by hour around
    every change for years."""
    zone = Calendar.from_ical(ics.calendar([], name="Events")).timezones[0].to_tz(lookup_tzid=False)
    for year in (2026, 2027, 2030, 2036):
        for month in (3, 10):
            for day in range(24, 32):
                noon = dt.datetime(year, month, day, 12)  # noqa: DTZ001
                assert zone.utcoffset(noon) == noon.replace(tzinfo=LONDON).utcoffset(), noon


def test_several_days_are_whole_days_that_keep_nobody_busy():
    starts = dt.datetime(2027, 6, 28, 9, tzinfo=LONDON)
    (found,) = read(entry(starts=starts, ends=dt.datetime(2027, 7, 2, 17, tzinfo=LONDON), all_day=True))
    assert (found.start, found.end) == (dt.date(2027, 6, 28), dt.date(2027, 7, 3))
    assert found["transp"] == "TRANSPARENT"


def test_cancelled_is_said():
    assert [found["status"] for found in read(entry(), entry(is_cancelled=True))] == ["CONFIRMED", "CANCELLED"]
