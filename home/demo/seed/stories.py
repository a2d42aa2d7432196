"""Stories of technicians, what they made, and the group that steers the Technician Commitment."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from home.commitment.models import SteeringGroupPage, SteeringMember
from home.demo.seed.people_pages import FILE
from home.demo.seed.portal import Portal
from home.technicians.models import CaseStudyIndexPage, CaseStudyPage


def seed(content: dict[str, Any], portal: Portal) -> None:
    words = json.loads(FILE.read_text(encoding="utf-8"))
    facts = words["stories_page"]
    index = CaseStudyIndexPage(
        title=facts["title"],
        slug="stories",
        standfirst=facts["standfirst"],
        search_description=facts["standfirst"],
        show_in_menus=facts["in_menu"],
    )
    portal.add(index)
    for study in reversed(content["case_studies"]):
        portal.add(story(study, words, portal), index)
    steering_group(content, words, portal)


def story(study: dict[str, Any], words: dict[str, Any], portal: Portal) -> CaseStudyPage:
    """Questions with a photograph after each, as far as they go; those that do not hang are left out."""
    photos = [portal.exhibits[photo] for photo in study["photos"] if photo in portal.exhibits]
    body = []
    for question, answer in study["qa"]:
        body.append({"type": "question", "value": {"question": question, "answer": answer}})
        if photos:
            body.append({"type": "exhibit", "value": photos.pop(0)})
    made = words["made_here"].get(study["id"])
    if made:
        thing = {
            "name": made["name"],
            "words": made["words"],
            "maker": portal.technicians[made["maker"]],
            "photograph": portal.exhibits.get(made["photo"]),
        }
        body.append({"type": "made_here", "value": thing})
    return CaseStudyPage(
        title=study["title"],
        standfirst=study["standfirst"],
        search_description=study["standfirst"],
        profile_id=portal.technicians[study["technician"]],
        pull_quote=words["pull_quotes"].get(study["id"], ""),
        body=body,
    )


def steering_group(content: dict[str, Any], words: dict[str, Any], portal: Portal) -> None:
    facts = words["steering_group"]
    above = Page.objects.child_of(portal.home).filter(slug=facts["under"]).first()
    page = SteeringGroupPage(
        title=facts["title"],
        slug="steering-group",
        standfirst=facts["standfirst"],
        search_description=facts["standfirst"],
    )
    today = timezone.localdate()
    page.members = [
        *(member(one, portal, starts_on=today - dt.timedelta(days=400)) for one in steering_members(content)),
        *(
            member(one, portal, starts_on=today - dt.timedelta(days=1500), ends_on=today - dt.timedelta(days=410))
            for one in facts["past"]
        ),
    ]
    under = above.specific if above and type(page).can_create_at(above.specific) else None
    portal.add(page, under)


def steering_members(content: dict[str, Any]) -> list[dict[str, Any]]:
    members: list[dict[str, Any]] = content["commitment"]["steering_group"]
    return members


def member(facts: dict[str, Any], portal: Portal, **term: dt.date) -> SteeringMember:
    technician = facts.get("technician")
    return SteeringMember(
        profile_id=portal.technicians[technician] if technician else None,
        name=facts.get("name", ""),
        post=facts.get("post", ""),
        role_in_group=facts["role_in_group"],
        top_tip=facts.get("top_tip", "") if not technician else "",
        **term,
    )
