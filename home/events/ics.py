"""Calendar files (RFC 5545): moments in UTC, whole days as dates, so that no rule of any zone is needed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import category

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event
from icalendar.prop import vDuration, vText

from cms.core.shared_lists import tell_each

#: Calendars that follow an address ask again after this long.
REFRESH = dt.timedelta(hours=1)


@dataclass(frozen=True)
class CalendarEntry:
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


def calendar(entries: Iterable[CalendarEntry], *, name: str) -> bytes:
    file = Calendar()
    file.add("VERSION", "2.0")
    file.add("PRODID", "-//Technicians’ portal//Events//EN")
    file.add("CALSCALE", "GREGORIAN")
    file.add("NAME", _Text(name))
    file.add("X-WR-CALNAME", _Text(name))
    file.add("X-WR-TIMEZONE", settings.TIME_ZONE)
    file.add("REFRESH-INTERVAL", vDuration(REFRESH), {"VALUE": "DURATION"})
    file.add("X-PUBLISHED-TTL", vDuration(REFRESH))
    for event in tell_each(entries, _event):
        file.add_component(event)
    return file.to_ical(sorted=False)


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", entry.changed_at)
    event.add("LAST-MODIFIED", entry.changed_at)
    if entry.all_day:
        last = timezone.localdate(entry.ends - dt.timedelta(microseconds=1))
        event.add("DTSTART", timezone.localdate(entry.starts))
        event.add("DTEND", last + dt.timedelta(days=1))
        event.add("TRANSP", "TRANSPARENT")  # a week of things to come to keeps nobody busy
    else:
        event.add("DTSTART", entry.starts.astimezone(dt.UTC))
        event.add("DTEND", entry.ends.astimezone(dt.UTC))
    event.add("SUMMARY", _Text(entry.title))
    for name, text in (("LOCATION", entry.place), ("DESCRIPTION", entry.description)):
        if text:
            event.add(name, _Text(text))
    if entry.url:
        event.add("URL", entry.url)
    if entry.categories:
        event.categories.extend(map(_Text, entry.categories))
    event.add("STATUS", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    return event


class _Text(vText):
    """Without control characters, and with what the package forgets: a backslash before an N is no line break."""

    def to_ical(self) -> bytes:
        text = "".join(letter for letter in self if letter in "\n\t" or category(letter) != "Cc")
        return rb"\\N".join(vText(part).to_ical() for part in text.split(r"\N"))
