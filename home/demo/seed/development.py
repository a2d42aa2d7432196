"""Moving on: what a technician can put their name to, and the people who help."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import slugify

from gallery.models.exhibits import Exhibit
from gallery.services import reports
from home.models import OpportunityIndexPage, OpportunityPage, SectionPage

if TYPE_CHECKING:
    from home.demo.seed.portal import Portal


def seed(content: dict[str, Any], portal: Portal) -> None:
    section = SectionPage.objects.get(slug="development")
    opportunities(content, portal, section)
    something_wrong(content, portal)


def paragraphs(texts: list[str]) -> list[dict[str, Any]]:
    return [{"type": "paragraph", "value": format_html("<p>{}</p>", text)} for text in texts]


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def opportunities(content: dict[str, Any], portal: Portal, section: SectionPage) -> None:
    index = portal.add(
        OpportunityIndexPage(
            title="Opportunities",
            slug="opportunities",
            standfirst="Placements, funding, jobs and odd Saturdays. Each leaves this page when it closes.",
        ),
        section,
    )
    for facts in content["opportunities"]:
        portal.add(
            OpportunityPage(
                title=facts["title"],
                slug=slugify(facts["title"])[:60].strip("-"),
                kind=facts["kind"],
                summary=facts["summary"],
                audience=facts["for"],
                hours=facts["hours"],
                closes=day(facts["closes"]),
                takes_names=facts["takes_names"],
                body=[*paragraphs(facts["text"]), ask(content)],
            ),
            index,
        )


def ask(content: dict[str, Any]) -> dict[str, Any]:
    address = content["institution"]["contact_email"]
    words = {"words": "Not sure whether it is for you? Ask first.", "button": "Ask about it", "page": None}
    return {"type": "call_to_action", "value": {**words, "address": f"mailto:{address}"}}


def something_wrong(content: dict[str, Any], portal: Portal) -> None:
    """What a visitor has told us about a photograph on the wall, waiting to be read."""
    facts = content["report"]
    exhibit = Exhibit.objects.select_related("exhibition").get(pk=portal.exhibits[facts["photo"]])
    reports.send(
        about=exhibit.path, public_id=exhibit.pk, words=facts["words"], email=facts["email"], now=timezone.now()
    )
