"""Our Commitment: its themes, the plan under way and the ones before."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.html import format_html
from wagtail.models import Page

from cms.core.date_ranges import month_after
from home.commitment.models import Action, ActionPlanPage, CommitmentPage, ThemePage
from home.commitment.models.action import Status
from home.demo.seed.portal import Portal
from home.topics.models import ImpactFigure, Theme

#: First letters of references, by theme.
LETTERS = {"visibility": "V", "recognition": "R", "career": "C", "sustainability": "S", "impact": "E"}


def seed(content: dict[str, Any], portal: Portal) -> None:
    facts = content["commitment"]
    current = facts["plan"]
    page = facts["page"]
    quote = current["peer_review_quote"]
    commitment = portal.add(
        CommitmentPage(
            title=page["title"],
            slug=current["public_url_slug"],
            standfirst=page["standfirst"],
            search_description=page["standfirst"],
            show_in_menus=True,
            signed=first(current["signed"]),
            lead_name=page["lead"][0],
            lead_post=page["lead"][1],
            body=paragraphs(page["body"]),
            figures=[{"type": "figure", "value": figure.pk} for figure in ImpactFigure.objects.order_by("pk")[:4]],
            peer_reviews=[
                {
                    "type": "peer_review",
                    "value": {"quote": quote["text"], "panel": quote["attribution"], "on": quote["date"]},
                }
            ],
        )
    )
    for one in facts["past_plans"][::-1]:
        plan(one, content, portal, under=commitment)
    plan(current | {"stage": "stage-two"}, content, portal, under=commitment)
    for theme in facts["themes"]:
        portal.add(
            ThemePage(
                title=theme["name"],
                slug=theme["id"],
                theme=Theme.objects.get(slug=theme["id"]),
                search_description=theme["line"],
                body=paragraphs([theme["body"]]),
                photographs=[
                    {"type": "exhibit", "value": portal.exhibits[photo]}
                    for photo in theme["photos"]
                    if photo in portal.exhibits
                ],
            ),
            under=commitment,
        )


def plan(facts: dict[str, Any], content: dict[str, Any], portal: Portal, *, under: Page) -> None:
    people = {technician["id"]: technician for technician in content["technicians"]}
    pages = {child.slug: child for child in portal.home.get_children()}
    page = ActionPlanPage(
        title=facts["title"],
        slug=facts["slug"],
        standfirst=facts["standfirst"],
        search_description=facts["standfirst"],
        stage=facts["stage"],
        starts=first(facts["starts"]),
        ends=last(facts["ends"]),
        initiatives=[
            {
                "type": "initiative",
                "value": {
                    **{name: one[name] for name in ("promise", "state", "action", "evidence")},
                    "evidence_page": pages[one["page"]].pk if one["page"] in pages else None,
                },
            }
            for one in facts.get("initiatives", [])
        ],
    )
    numbers: dict[str, int] = {}
    for order, one in enumerate(facts["actions"]):
        numbers[one["theme"]] = numbers.get(one["theme"], 0) + 1
        status = one["status"].replace("_", "-")
        page.actions.add(
            Action(
                sort_order=order,
                ref=f"{LETTERS[one['theme']]}{numbers[one['theme']]}",
                theme=Theme.objects.get(slug=one["theme"]),
                what=one["action"],
                owner_role=people[one["owner"]]["role"],
                owner_id=portal.technicians[one["owner"]],
                starts=first(one["start"]),
                ends=last(one["end"]),
                status=status if status in Status else Status.ON_TRACK,  # “late” follows from the dates
                progress=one["progress"],
                updated_on=dt.date.fromisoformat(one["updated"]),
            )
        )
    portal.add(page, under=under)


def first(month: str) -> dt.date:
    return dt.date.fromisoformat(f"{month}-01")


def last(month: str) -> dt.date:
    return month_after(first(month), 1) - dt.timedelta(days=1)


def paragraphs(words: list[str]) -> list[dict[str, Any]]:
    return [{"type": "paragraph", "value": format_html("<p>{}</p>", one)} for one in words]
