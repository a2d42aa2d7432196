"""What is on: single events, a festival week with its programme, and last year's."""

from __future__ import annotations

from typing import Any

from cms.people.models import User
from home.demo.content import moment
from home.demo.seed.portal import Portal
from home.events.models import EventIndexPage, EventPage
from home.topics.models import Theme

MODES = {"in_person": "in-person", "online": "online", "hybrid": "both"}


def seed(content: dict[str, Any], portal: Portal) -> None:
    index = EventIndexPage.objects.get()
    index.standfirst = index.search_description = content["event_index"]["standfirst"]
    index.save_revision(user=portal.editor).publish(user=portal.editor)
    emails = {facts["username"]: facts["email"] for facts in content["users"]}
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    for facts in [*content["past_events"], *content["events"]]:
        festival = next(
            (one for one in (content["festival"], content["past_festival"]) if one["event"] == facts["id"]), None
        )
        yearly = {} if festival is None else {"edition": festival["edition"], "series": "Technicians’ Festival"}
        page = EventPage(
            **yearly,
            programme=[
                {"type": "session", "value": session(one, portal)} for one in (festival or {}).get("sessions", [])
            ],
            title=facts["title"],
            slug=facts["slug"],
            standfirst=facts["standfirst"],
            search_description=facts["standfirst"],
            starts=moment(facts["starts"]),
            ends=moment(facts["ends"]),
            venue=facts["venue"],
            mode=MODES[facts["mode"]],
            access=facts["access"],
            places=facts["capacity"],
            body=[
                {"type": "exhibit", "value": portal.exhibits[photo]}
                for photo in facts.get("exhibits", [])
                if photo in portal.exhibits
            ],
        )
        page.tags.add(*facts["tags"])
        page.themes = [themes[slug] for slug in facts.get("themes", []) if slug in themes]
        if "sent_in_by" in facts:
            propose(page, index, User.objects.get(email=emails[facts["sent_in_by"]]))
        else:
            portal.add(page, under=index)


def propose(page: EventPage, index: EventIndexPage, writer: User) -> None:
    """A contributor's, waiting for an editor."""
    page.owner, page.live = writer, False
    index.add_child(instance=page)
    page.save_revision(user=writer)
    page.get_workflow().start(page, writer)


def session(facts: dict[str, Any], portal: Portal) -> dict[str, Any]:
    return {
        "day": facts["date"],
        "start": facts["start"],
        "end": facts["end"],
        "title": facts["title"],
        "kind": facts["kind"],
        "track": facts["track"],
        "place": facts["place"],
        "mode": "both" if facts["place"].endswith("and online") else "online" if facts["place"] == "Online" else "",
        "places": facts["capacity"],
        "speakers": [{"type": "technician", "value": portal.technicians[key]} for key in facts["speakers"]],
        "recording_address": facts.get("recording", ""),
    }
