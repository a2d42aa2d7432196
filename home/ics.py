"""Calendar files (RFC 5545), written by hand: it is one record with a handful of fields.

The zone's rule is written out, because generated ones (icalendar 7.3) put the change to summer time an hour late
and end in the year they were made.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

#: Calendars that follow an address ask again after this long.
REFRESH = "PT1H"
#: Longest line in octets, its line break not counted.
LINE_OCTETS = 75

#: Britain's clocks since 1996.
ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE""".splitlines()


@dataclass(frozen=True)
class Entry:
    """One thing in a calendar. `all_day` keeps the days of `starts` and `ends` and forgets their hours."""

    #: The same for ever, whatever else changes.
    uid: str
    #: Grows when the entry changes, so that calendars take the newer one.
    sequence: int
    changed_at: dt.datetime
    starts: dt.datetime
    ends: dt.datetime
    title: str
    place: str = ""
    description: str = ""
    #: Complete, with scheme and host.
    url: str = ""
    categories: tuple[str, ...] = ()
    all_day: bool = False
    is_cancelled: bool = False


def calendar(entries: Iterable[Entry], *, name: str) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Technicians’ portal//Events//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        f"X-WR-TIMEZONE:{settings.TIME_ZONE}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
        *ZONE,
        *(line for entry in entries for line in _lines(entry)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def _lines(entry: Entry) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{entry.changed_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        f"LAST-MODIFIED:{entry.changed_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
    ]
    if entry.all_day:
        after = timezone.localtime(entry.ends - dt.timedelta(microseconds=1)) + dt.timedelta(days=1)
        lines += [
            f"DTSTART;VALUE=DATE:{timezone.localtime(entry.starts):%Y%m%d}",
            f"DTEND;VALUE=DATE:{after:%Y%m%d}",
            "TRANSP:TRANSPARENT",  # a week of things to come to keeps nobody busy
        ]
    else:
        lines += [_local("DTSTART", entry.starts), _local("DTEND", entry.ends)]
    lines.append(f"SUMMARY:{escaped(entry.title)}")
    lines += [
        f"{name}:{value}"
        for name, value in (
            ("LOCATION", escaped(entry.place)),
            ("DESCRIPTION", escaped(entry.description)),
            ("URL", entry.url),
            ("CATEGORIES", ",".join(map(escaped, entry.categories))),
        )
        if value
    ]
    return [*lines, f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}", "END:VEVENT"]


def _local(name: str, moment: dt.datetime) -> str:
    """By our clocks; by the world's in the hour that happens twice, which the clock alone cannot name."""
    here = timezone.localtime(moment)
    if here.utcoffset() != here.replace(fold=1 - here.fold).utcoffset():
        return f"{name}:{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    return f"{name};TZID={settings.TIME_ZONE}:{here:%Y%m%dT%H%M%S}"


def escaped(text: str) -> str:
    r"""
    >>> escaped("Cake, tea; and\nmore")
    'Cake\\, tea\\; and\\nmore'
    """
    text = "".join(letter for letter in text if letter >= " " or letter in "\n\t")
    for letter in "\\,;":
        text = text.replace(letter, f"\\{letter}")
    return text.replace("\n", "\\n")


def folded(line: str) -> str:
    """At most 75 octets a line, and never through the middle of a letter."""
    lines, room, current = [], LINE_OCTETS, ""
    for letter in line:
        if len(current.encode()) + len(letter.encode()) > room:
            lines.append(current)
            current, room = "", LINE_OCTETS - 1  # the space that continues a line counts
        current += letter
    return "\r\n ".join([*lines, current])
