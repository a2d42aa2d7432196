"""Events under the real events page."""

import datetime as dt
import itertools

from django.utils import timezone

from home.models import EventIndexPage, EventPage

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
