"""Professional registration: who grants what, thirteen registers, and the pages that lead to them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.text import slugify

from home.demo.seed.portal import Portal
from home.registration.models import (
    LicensingAuthority,
    ProfessionalBody,
    RegisterFinderPage,
    RegisterPage,
    RegistrationHubPage,
)

#: The photograph on the hub.
PICTURE = "p01"


def seed(content: dict[str, Any], portal: Portal) -> None:
    facts = content["registration"]
    granted_by = authorities(facts)
    hub = portal.add(hub_page(facts, portal))
    finder = portal.add(
        RegisterFinderPage(
            title="Which register fits me?",
            slug="which",
            standfirst="Five plain questions, about two minutes. Nothing is kept, and nobody sees your answers.",
        ),
        under=hub,
    )
    registers = {
        title["postnominal"]: portal.add(register(title, facts, granted_by, portal), under=hub)
        for title in facts["titles"]
    }
    for body in facts["bodies"]:
        professional_body(body, granted_by, registers)
    hub.refresh_from_db()
    steps = facts["support"]["steps"]
    hub.steps = blocks(
        "step", [{"words": words, "page": finder.pk if words == steps[0] else None} for words in steps]
    )
    hub.testimonials = blocks(
        "testimonial",
        [
            {
                "person": portal.technicians[one["technician"]],
                "words": one["words"],
                "register": registers[one["register"]].pk,
                "agreed_on": one["agreed_on"],
            }
            for one in facts["testimonials"]
        ],
    )
    hub.save_revision(user=portal.editor).publish(user=portal.editor)


def blocks(kind: str, values: list[Any]) -> list[dict[str, Any]]:
    """As they are stored: people and pages by their keys."""
    return [{"type": kind, "value": value} for value in values]


def authorities(facts: dict[str, Any]) -> dict[str, LicensingAuthority]:
    return {
        one["id"]: LicensingAuthority.objects.create(
            name=one["name"], slug=slugify(one["name"]), kind=one["kind"], url=one["url"], sort_order=place
        )
        for place, one in enumerate(facts["authorities"], start=1)
    }


def hub_page(facts: dict[str, Any], portal: Portal) -> RegistrationHubPage:
    support = facts["support"]
    return RegistrationHubPage(
        title="Professional registration",
        slug="registration",
        show_in_menus=True,
        standfirst=support["intro"],
        we_pay=facts["we_pay"],
        mentors=blocks(
            "mentor",
            [
                {"person": portal.technicians[one["technician"]], "helps_with": one["helps_with"]}
                for one in facts["mentors"]
            ],
        ),
        offers=blocks("offer", support["what_we_offer"][1:]),
        how_long=support["how_long"],
        picture=picture(PICTURE, portal),
        questions=blocks("question", [{"question": asked, "answer": answer} for asked, answer in support["faq"]]),
    )


def register(
    title: dict[str, Any], facts: dict[str, Any], granted_by: dict[str, LicensingAuthority], portal: Portal
) -> RegisterPage:
    letters = title["postnominal"]
    return RegisterPage(
        title=letters,
        slug=slugify(letters),
        seo_title=f"{letters}, {title['name']}",
        full_name=title["name"],
        also_written=title["also_written"],
        authority=granted_by[title["authority"]],
        level=title["level"],
        standing=title["rung"],
        works=title["works"],
        asks_no_papers=title["no_papers"],
        for_whom=title["for_whom"],
        routes=blocks(
            "route",
            [
                {"name": name, "words": words, "by_experience": by_experience}
                for name, words, by_experience in title["routes"]
            ],
        ),
        evidence=blocks("item", title["evidence"]),
        fees=blocks(
            "fee",
            [
                {"what": what, "amount": amount, "year": year, "source": source, "we_pay": we_pay}
                for what, amount, year, source, we_pay in title["fees"]
            ],
        ),
        fees_note=title["cost_note"],
        official_url=title.get("official_url", ""),
        last_checked=dt.date.fromisoformat(title["last_checked"]),
        examples=blocks(
            "example",
            [
                {"area": one["area"], "person": portal.technicians[one["technician"]], "words": one["text"]}
                for one in facts["examples"]
                if one["register"] == letters
            ],
        ),
        picture=picture(title.get("picture", ""), portal),
    )


def picture(photo: str, portal: Portal) -> list[dict[str, Any]]:
    """Nothing for a photograph that does not hang."""
    return blocks("exhibit", [portal.exhibits[photo]] if photo in portal.exhibits else [])


def professional_body(
    facts: dict[str, Any], granted_by: dict[str, LicensingAuthority], registers: dict[str, RegisterPage]
) -> None:
    body = ProfessionalBody.objects.create(
        name=facts["name"],
        short=facts["short"],
        slug=slugify(facts["short"]),
        who=facts["who"],
        url=facts["url"],
        checked_on=dt.date.fromisoformat(facts["checked_on"]),
        partner_since=facts.get("partner_since"),
        partner_scope=facts.get("partner_scope", ""),
    )
    body.licensed_by.set(granted_by[one] for one in facts["licensed_by"])
    body.only_for.set(registers[letters] for letters in facts.get("only_for", []))
