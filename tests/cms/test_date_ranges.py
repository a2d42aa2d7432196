import datetime as dt
import doctest
from zoneinfo import ZoneInfo

import pytest

from cms.core import date_ranges

LONDON = ZoneInfo("Europe/London")


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


def test_its_own_examples_hold():
    assert doctest.testmod(date_ranges).failed == 0


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ("2026-12-02T13:30", "2026-12-02T16:30", "Wednesday 2 December 2026, 13:30 to 16:30"),
        ("2027-06-28T09:00", "2027-07-02T17:00", "Monday 28 June to Friday 2 July 2027"),
        ("2026-12-31T09:00", "2027-01-02T12:00", "Thursday 31 December 2026 to Saturday 2 January 2027"),
        ("2026-12-04T19:00", "2026-12-05T01:00", "Friday 4 December 2026, 19:00 to Saturday 5 December, 01:00"),
        # Both nights when the clocks change: the hours are those on the clock.
        ("2027-03-28T00:30", "2027-03-28T09:00", "Sunday 28 March 2027, 00:30 to 09:00"),
        ("2026-10-25T00:30", "2026-10-25T09:00", "Sunday 25 October 2026, 00:30 to 09:00"),
    ],
)
def test_in_words(starts, ends, words):
    assert date_ranges.in_words(at(starts).astimezone(dt.UTC), at(ends).astimezone(dt.UTC)) == words


def test_a_week_has_its_days_and_a_late_evening_has_one():
    first, last = dt.date(2027, 6, 28), dt.date(2027, 7, 2)
    assert date_ranges.first_and_last_day(at("2027-06-28T09:00"), at("2027-07-02T17:00")) == (first, last)
    assert date_ranges.first_and_last_day(at("2027-06-28T19:00"), at("2027-06-29T01:00")) == (first, first)
    until_midnight = date_ranges.first_and_last_day(at("2027-06-28T09:00"), at("2027-06-30T00:00"))
    assert until_midnight == (first, dt.date(2027, 6, 29))


def test_there_is_no_half_past_one_when_the_clocks_go_forward():
    night = dt.date(2027, 3, 28)
    assert date_ranges.on_the_clock(night, dt.time(1, 30)) is None
    assert date_ranges.on_the_clock(night, dt.time(2, 30)) == dt.datetime(2027, 3, 28, 1, 30, tzinfo=dt.UTC)
    assert date_ranges.on_the_clock(night, dt.time(0, 30)) == dt.datetime(2027, 3, 28, 0, 30, tzinfo=dt.UTC)
