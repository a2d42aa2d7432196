"""Dates of the demo's content move together, in fields and in prose."""

import datetime as dt

import pytest

from home.demo.content import load, moment, moved

WRITTEN = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "days", "later"),
    [
        ("2026-05-29", 7, "2026-06-05"),
        ("2026-05-29T17:00:00+01:00", 7, "2026-06-05T17:00:00+01:00"),
        ("2026-12-02T13:30", 31, "2027-01-02T13:30"),
        ("2018-11", 31, "2018-12"),
        ("reply by 11 December. (Awaiting", 10, "reply by 21 December. (Awaiting"),
        ("before 29 January and we", 3, "before 1 February and we"),
        ("until Friday 4 December.", 8, "until Saturday 12 December."),
        ("since 19 November 2026.", 50, "since 8 January 2027."),
        ("Four Necks", 400, "Four Necks"),
    ],
)
def test_dates_move(text, days, later):
    assert moved(text, days=days, written=WRITTEN) == later


def test_on_the_day_it_was_written_nothing_moves():
    content = load(WRITTEN)
    assert content["editions"][2]["call_opens"] == "2026-11-02"


def test_everything_moves_but_what_it_says_about_itself():
    content = load(WRITTEN + dt.timedelta(days=104))
    assert content["editions"][2]["call_opens"] == "2027-02-08"
    assert content["_about"]["demo_today"] == "2026-11-21"


@pytest.mark.parametrize("days", range(-8, 9))
def test_no_event_moves_to_another_weekday(days):
    for written, moved_on in zip(
        load(WRITTEN)["events"], load(WRITTEN + dt.timedelta(days))["events"], strict=True
    ):
        assert moment(written["starts"]).weekday() == moment(moved_on["starts"]).weekday()


def test_five_o_clock_stays_five_o_clock_when_the_clocks_change():
    assert moment("2026-05-29T17:00:00+00:00") == dt.datetime(2026, 5, 29, 16, 0, tzinfo=dt.UTC)
    assert moment("2026-12-01", hour=17) == dt.datetime(2026, 12, 1, 17, 0, tzinfo=dt.UTC)
