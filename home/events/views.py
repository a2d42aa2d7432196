"""Calendar files of events. Public, and the same for everyone."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from cms.core.addresses import absolute_url
from cms.core.models import PAGE_CACHE_CONTROL
from cms.core.shared_lists import tell_each
from home.events.ics import CalendarEntry, calendar
from home.events.models import EventIndexPage, EventPage
from home.events.programme import Programme

#: What is over stays this long in the calendar of everything, so that calendars that follow it keep their past.
KEPT = dt.timedelta(days=400)


@require_safe
@conditional_page
def everything(request: HttpRequest) -> HttpResponse:
    """Every event. A festival is one entry of several days here; its sessions have a calendar of their own."""
    index = get_object_or_404(EventIndexPage.objects.live().public())
    events = index.events.filter(ends__gt=timezone.now() - KEPT).defer("body", "programme")
    return _answer(tell_each(events.order_by("starts", "pk"), _entry), index.title, "events")


@require_safe
@conditional_page
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """One event; the sessions of its programme if it has one, of one track with `?track=`."""
    event = _event(slug)
    programme = Programme(event.sessions)
    track = request.GET.get("track", "")
    if track and track not in programme.tracks:
        raise Http404
    sessions = [_session(event, child) for child in programme.on_track(track)]
    name = f"{event.title}: {programme.tracks[track].name}" if track else event.title
    return _answer(sessions or [_entry(event)], name, slug)


@require_safe
@conditional_page
def session(request: HttpRequest, slug: str, session: UUID) -> HttpResponse:
    event = _event(slug)
    for child in event.sessions:
        if child.id == str(session):
            return _answer([_session(event, child)], child.value["title"], f"{slug}-session")
    raise Http404


def _event(slug: str) -> EventPage:
    index = get_object_or_404(EventIndexPage.objects.live().public())
    return get_object_or_404(index.events, slug=slug)


def _answer(entries: Iterable[CalendarEntry], name: str, file: str) -> HttpResponse:
    return HttpResponse(
        calendar(entries, name=name),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Cache-Control": PAGE_CACHE_CONTROL,
            "Content-Disposition": f'inline; filename="{file}.ics"',
        },
    )


def _entry(event: EventPage) -> CalendarEntry:
    return CalendarEntry(
        uid=str(event.translation_key),
        **_changes(event),
        starts=event.starts,
        ends=event.ends,
        title=event.title,
        place=event.venue,
        description="\n\n".join(part for part in (event.introduction, event.access, event.online_address) if part),
        url=absolute_url(event.address),
        all_day=event.by_days,
        is_cancelled=event.is_cancelled,
    )


def _session(event: EventPage, child: Any) -> CalendarEntry:
    value = child.value
    people = ", ".join(person["name"] for person in value.people)
    words = (people and f"With {people}", value["access"], event.title)
    return CalendarEntry(
        uid=f"{event.translation_key}/{child.id}",
        **_changes(event),
        starts=value.starts,
        ends=value.ends,
        title=value["title"],
        place=value["place"] or event.venue,
        description="\n\n".join(part for part in words if part),
        url=f"{settings.BASE_URL}{event.address}#s-{child.id}",
        categories=(value["track"],) if value["track"] else (),
        is_cancelled=event.is_cancelled,
    )


def _changes(event: EventPage) -> dict[str, Any]:
    """`sequence` has to grow with every change people are told of: it counts the seconds from the first
    publication to the latest."""
    latest = event.last_published_at or event.latest_revision_created_at or event.starts
    first = event.first_published_at or latest
    return {"changed_at": latest, "sequence": max(0, int((latest - first).total_seconds()))}
