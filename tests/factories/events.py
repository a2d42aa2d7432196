"""Events under the real events page."""

import datetime as dt
import itertools
from zoneinfo import ZoneInfo

from django.utils import timezone

from home.events.models import EventIndexPage, EventPage

LONDON = ZoneInfo("Europe/London")
_numbers = itertools.count(1)


def make_event_index() -> EventIndexPage:
    """The one every portal begins with."""
    return EventIndexPage.objects.get()


def make_event(*, tags: tuple[str, ...] = (), themes: tuple[object, ...] = (), **facts: object) -> EventPage:
    """Tomorrow for two hours, unless told otherwise; an event told only its start lasts two hours, too."""
    number = next(_numbers)
    starts = facts.pop("starts", timezone.now() + dt.timedelta(days=1))
    page = EventPage(
        **{
            "title": f"Event {number}",
            "slug": f"event-{number}",
            "starts": starts,
            "ends": starts + dt.timedelta(hours=2),
            "venue": "Library room 3",
            **facts,
        }
    )
    page.tags.add(*tags)
    page.themes = list(themes)
    return make_event_index().add_child(instance=page)


def session(day: str, start: str, end: str, title: str, track: str = "", **facts: object) -> dict:
    """A session as the programme's stream holds it."""
    value = {"day": day, "start": start, "end": end, "title": title, "kind": "talk", "track": track, **facts}
    return {"type": "session", "value": value}


def at(text: str) -> dt.datetime:
    """A moment by our clock."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


def make_festival(**facts: object) -> EventPage:
    """Five days with four sessions on two tracks, told out of order."""
    programme = [
        session("2027-06-30", "09:30", "10:15", "The greenest instrument", "Sustainability"),
        session("2027-06-28", "14:00", "16:00", "Open doors", "Network"),
        session("2027-06-28", "10:00", "11:00", "Opening", "Network", place="Library foyer"),
        session("2027-06-30", "13:30", "15:00", "Repair clinic", "Sustainability"),
    ]
    return make_event(
        **{
            "title": "Festival 2027",
            "slug": "festival-2027",
            "starts": at("2027-06-28T09:00"),
            "ends": at("2027-07-02T17:00"),
            "programme": programme,
            **facts,
        }
    )
