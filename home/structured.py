"""What pages are in the words of schema.org."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

if TYPE_CHECKING:
    from home.models.event_page import EventPage

ATTENDANCE = {"in-person": "Offline", "online": "Online", "both": "Mixed"}


def event(page: EventPage) -> dict[str, Any]:
    """An Event, with its sessions as sub-events."""
    url = settings.BASE_URL + page.address
    facts: dict[str, Any] = {
        "@type": "Event",
        "@id": url,
        "url": url,
        "name": page.title,
        "startDate": timezone.localtime(page.starts).isoformat(),
        "endDate": timezone.localtime(page.ends).isoformat(),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if page.is_cancelled else 'Scheduled'}",
        "eventAttendanceMode": f"https://schema.org/{ATTENDANCE[page.mode]}EventAttendanceMode",
        "location": _locations(page),
    }
    if page.introduction:
        facts["description"] = page.introduction
    if page.places:
        facts["maximumAttendeeCapacity"] = page.places
    if picture := page.share_picture:
        facts["image"] = picture["url"]
    sessions = [_session(url, child) for child in page.sessions]
    if sessions:
        facts["subEvent"] = sessions
    return facts


def _locations(page: EventPage) -> list[dict[str, str]]:
    found = []
    if page.mode != "online":
        found.append({"@type": "Place", "name": page.venue or "To be announced"})
    if page.mode != "in-person":
        found.append({"@type": "VirtualLocation", "url": page.online_address or settings.BASE_URL + page.address})
    return found


def _session(url: str, child: Any) -> dict[str, Any]:
    session = child.value
    facts: dict[str, Any] = {
        "@type": "Event",
        "@id": f"{url}#s-{child.id}",
        "name": session["title"],
        "startDate": timezone.localtime(session.starts).isoformat(),
        "endDate": timezone.localtime(session.ends).isoformat(),
    }
    if session["place"]:
        facts["location"] = {"@type": "Place", "name": session["place"]}
    if people := session.people:
        facts["performer"] = [{"@type": "Person", "name": person["name"]} for person in people]
    return facts
