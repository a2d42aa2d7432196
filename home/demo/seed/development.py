"""Moving on: what a technician can put their name to, and the people who help."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import slugify

from cms.people.models import Department, RoleFamily, User
from gallery.models.exhibits import Exhibit
from gallery.services import reports
from home.applications.services import mentoring as mentoring_service
from home.demo.seed.portal import Portal
from home.development.models import (
    ApprenticeshipCohort,
    ApprenticeshipIndexPage,
    ApprenticeshipPage,
    MentoringRound,
    MentoringSchemePage,
    NetworkPage,
    OpportunityIndexPage,
    OpportunityPage,
)
from home.pages.models import SectionPage, StandardPage


def seed(content: dict[str, Any], portal: Portal) -> None:
    section = SectionPage.objects.get(slug="development")
    mentoring(content, portal, section)
    apprenticeships(content, portal, section)
    opportunities(content, portal, section)
    network(content, portal, section)
    funding(content, portal, section)
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


def mentoring(content: dict[str, Any], portal: Portal, section: SectionPage) -> None:
    """The scheme, and a few forms that wait for the co-ordinator."""
    facts = content["mentoring"]
    page = MentoringSchemePage(
        title="Mentoring",
        slug="mentoring",
        standfirst=facts["lead"],
        length=facts["length"],
        steps=[("step", step) for step in facts["process"]],
        principles=[("principle", principle) for principle in facts["principles"]],
        mentors=[
            {
                "type": "mentor",
                "value": {
                    "profile": portal.technicians[mentor["technician"]],
                    "topics": mentor["topics"],
                    "places": mentor["places"],
                },
            }
            for mentor in facts["mentors"]
        ],
    )
    coming = facts["next_round"]
    page.rounds = [MentoringRound(name=coming["title"], closes=day(coming["closes"]), starts=day(coming["starts"]))]
    portal.add(page, section)
    carer = next(user for user in content["users"] if "curator" in user["roles"])
    User.objects.get(email=carer["email"]).groups.add(Group.objects.get(name="Co-ordinators"))
    for form in facts["applications"]:
        mentoring_service.apply(
            role=form["role"],
            name=form["name"],
            email=form["email"],
            department=Department.objects.get(slug=form["department"]),
            topics=form["topics"],
            hopes=form["hopes"],
            avoid="",
            now=timezone.now() - dt.timedelta(days=form["days_ago"]),
        )


def apprenticeships(content: dict[str, Any], portal: Portal, section: SectionPage) -> None:
    access = content["apprenticeship_access"]
    index = portal.add(
        ApprenticeshipIndexPage(
            title="Apprenticeships",
            slug="apprenticeships",
            standfirst="Paid from the first day, a college day a week, and somebody beside you who has done it.",
            welcome=access["text"].split(". ")[0] + ".",
            offers=[("offer", offer) for offer in access["offers"]],
        ),
        section,
    )
    team = {"words": "Come and look first, or ask anything.", "button": "Write to the team", "page": None}
    address = content["funding"]["button"]["address"]
    apply = {"type": "call_to_action", "value": {**team, "address": address}}
    slugs = {facts["id"]: facts["slug"] for facts in content["departments"]}
    for facts in content["apprenticeships"]:
        page = ApprenticeshipPage(
            title=facts["title"],
            slug=slugify(facts["title"]),
            summary=facts["summary"],
            level=facts["level"],
            length=facts["length"],
            vacancies=facts["vacancies"],
            applications_close=day(facts["applications_close"]),
            starts=day(facts["starts"]),
            leads_to=", ".join(facts["leads_to"]),
            story_id=portal.technicians[facts["story"]] if facts["story"] else None,
            body=[*paragraphs(facts["text"]), apply],
        )
        page.departments = Department.objects.filter(slug__in=[slugs[key] for key in facts["departments"]])
        page.role_families = RoleFamily.objects.filter(name__in=facts["role_families"])
        page.cohorts = [
            ApprenticeshipCohort(starts=day(one["starts"]), size=one["size"], college=one["college"])
            for one in facts["cohorts"]
        ]
        portal.add(page, index)


def funding(content: dict[str, Any], portal: Portal, section: SectionPage) -> None:
    """For people who work here already: who may use apprenticeship money, and whom to ask."""
    facts = content["funding"]
    body: list[dict[str, Any]] = []
    for heading, texts in facts["body"]:
        body += [{"type": "heading", "value": heading}, *paragraphs(texts)]
    body.append({"type": "call_to_action", "value": {**facts["button"], "page": None}})
    portal.add(
        StandardPage(title=facts["title"], slug="funding", standfirst=facts["standfirst"], body=body), section
    )


def network(content: dict[str, Any], portal: Portal, section: SectionPage) -> None:
    facts = content["network"]
    slugs = {each["id"]: each["slug"] for each in content["departments"]}
    in_department = {department.slug: department.pk for department in Department.objects.all()}
    portal.add(
        NetworkPage(
            title=facts["title"],
            slug="network",
            standfirst=facts["standfirst"],
            body=paragraphs(facts["what"]),
            meetings=paragraphs(facts["meetings"]),
            reps=[
                {
                    "type": "rep",
                    "value": {
                        "department": in_department[slugs[department]],
                        "profile": portal.technicians[technician],
                    },
                }
                for department, technician in facts["reps"]
            ],
        ),
        section,
    )
