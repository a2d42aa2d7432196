"""Calendar files, as they are sent and as they are read back."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from home.events import ics

LONDON = ZoneInfo("Europe/London")


def entry(**facts: object) -> ics.CalendarEntry:
    day = dt.datetime(2027, 6, 28, 9, tzinfo=LONDON)
    return ics.CalendarEntry(
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


def read(*entries: ics.CalendarEntry) -> list:
    return Calendar.from_ical(ics.calendar(entries, name="Events")).events


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


def test_control_characters_do_not_break_the_file():
    controls = "".join(map(chr, [*range(9), *range(11, 32), *range(127, 160)]))
    words = {"title": f"Cl{controls}ock\tface", "place": f"{controls}Lab", "categories": (f"Net{controls}work",)}
    text = ics.calendar([entry(**words)], name=f"Eve{controls}nts")
    assert set(text.decode()).isdisjoint(set(controls) - {"\r"})
    (found,) = Calendar.from_ical(text).events
    assert (found["summary"], found["location"], found.categories) == ("Clock\tface", "Lab", ["Network"])
    assert Calendar.from_ical(text).calendar_name == "Events"


def test_a_backslash_before_an_n_is_no_line_break():
    """Read as written: the parser, too, takes it for one."""
    text = ics.calendar([entry(title="C:\\New \\\\Net", categories=("a,b;\\N",))], name="Events")
    assert rb"SUMMARY:C:\\New \\\\Net" in text
    assert rb"CATEGORIES:a\,b\;\\N" in text


@pytest.mark.parametrize(
    ("local", "fold", "utc"),
    [
        ("2027-01-20T11:00", 0, "20270120T110000Z"),
        ("2027-06-28T09:00", 0, "20270628T080000Z"),
        ("2026-03-29T00:59", 0, "20260329T005900Z"),
        ("2026-03-29T01:30", 0, "20260329T013000Z"),  # an hour that is not there
        ("2026-03-29T02:00", 0, "20260329T010000Z"),
        ("2026-10-25T00:59", 0, "20261024T235900Z"),
        ("2026-10-25T01:30", 0, "20261025T003000Z"),  # an hour that is there twice
        ("2026-10-25T01:30", 1, "20261025T013000Z"),
        ("2026-10-25T02:00", 0, "20261025T020000Z"),
    ],
)
def test_moments_are_written_in_utc_across_changes_of_the_clocks(local, fold, utc):
    starts = dt.datetime.fromisoformat(local).replace(tzinfo=LONDON, fold=fold)
    ends = starts.astimezone(dt.UTC) + dt.timedelta(hours=3)
    text = ics.calendar([entry(starts=starts, ends=ends)], name="Events").decode()
    assert f"\r\nDTSTART:{utc}\r\nDTEND:{ends:%Y%m%dT%H%M%SZ}\r\n" in text
    assert "TZID" not in text
    assert "VTIMEZONE" not in text


def test_the_zone_to_show_times_in_is_the_sites(settings):
    settings.TIME_ZONE = "Europe/Paris"
    assert b"\r\nX-WR-TIMEZONE:Europe/Paris\r\n" in ics.calendar([entry()], name="Events")


def test_whole_days_are_those_of_our_clocks():
    """Midnight of a summer's day is the evening before in UTC; the last day is the one the end falls into."""
    starts = dt.datetime(2026, 10, 24, 0, tzinfo=LONDON)
    for ends in (dt.datetime(2026, 10, 25, 23, 30, tzinfo=LONDON), dt.datetime(2026, 10, 26, 0, tzinfo=LONDON)):
        (found,) = read(entry(starts=starts.astimezone(dt.UTC), ends=ends.astimezone(dt.UTC), all_day=True))
        assert (found.start, found.end) == (dt.date(2026, 10, 24), dt.date(2026, 10, 26))


def test_several_days_are_whole_days_that_keep_nobody_busy():
    starts = dt.datetime(2027, 6, 28, 9, tzinfo=LONDON)
    (found,) = read(entry(starts=starts, ends=dt.datetime(2027, 7, 2, 17, tzinfo=LONDON), all_day=True))
    assert (found.start, found.end) == (dt.date(2027, 6, 28), dt.date(2027, 7, 3))
    assert found["transp"] == "TRANSPARENT"


def test_cancelled_is_said():
    assert [found["status"] for found in read(entry(), entry(is_cancelled=True))] == ["CONFIRMED", "CANCELLED"]
