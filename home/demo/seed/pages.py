"""Whose site it is, and the pages of the portal."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html
from wagtail.models import Page, Site

from cms.core.models import PortalSettings
from cms.people.models import User
from home.pages.models import AccessibilityPage, HomePage, StandardPage


@transaction.atomic
def seed(content: dict[str, Any], *, exhibits: dict[str, str], editor: User) -> None:
    """`exhibits` maps the content's photo ids to public ids. Pages marked as drafts are kept unpublished."""
    home = HomePage.objects.get()
    home.title = content["institution"]["portal_name"]
    home.headline = content["home"]["headline"]
    home.lead = content["home"]["lead"]
    home.needs = needs(content["home"]["needs"], home)
    home.save_revision(user=editor).publish(user=editor)
    for facts in content["pages"]:
        page = StandardPage(
            title=facts["title"],
            slug=facts["slug"],
            standfirst=facts["standfirst"],
            search_description=facts["standfirst"],
            show_in_menus=facts.get("in_menu", False),
            live=False,
            owner=editor,
            body=body(facts, exhibits),
        )
        home.add_child(instance=page)
        revision = page.save_revision(user=editor)
        if not facts.get("draft"):
            revision.publish(user=editor)
    statement(content["accessibility"], home, editor)
    in_menu_order(content["home"]["menu"], home)


def statement(facts: dict[str, Any], home: HomePage, editor: User) -> None:
    page = AccessibilityPage(
        title=facts["title"],
        slug="accessibility",
        prepared_on=facts["prepared_on"],
        barriers=[{"type": "barrier", "value": barrier} for barrier in facts["barriers"]],
        review_by=timezone.localdate() + dt.timedelta(days=365),
        live=False,
        owner=editor,
    )
    home.add_child(instance=page)
    page.save_revision(user=editor).publish(user=editor)


def needs(wanted: list[dict[str, str]], home: HomePage) -> list[dict[str, Any]]:
    """Those whose page is there."""
    keys = {page.url_path: page.pk for page in home.get_descendants()}
    addresses = [(need["words"], home.url_path + need["page"].lstrip("/")) for need in wanted]
    return [
        {"type": "need", "value": {"words": words, "page": keys[address]}}
        for words, address in addresses
        if address in keys
    ]


def in_menu_order(slugs: list[str], home: HomePage) -> None:
    for slug in slugs:
        for page in Page.objects.child_of(home).filter(slug=slug):
            page.move(Page.objects.get(pk=home.pk), pos="last-child")


def body(facts: dict[str, Any], exhibits: dict[str, str]) -> list[dict[str, Any]]:
    blocks = [{"type": "paragraph", "value": format_html("<p>{}</p>", words)} for words in facts["body"]]
    blocks += [{"type": "exhibit", "value": exhibits[photo]} for photo in facts.get("exhibits", [])]
    return blocks


def portal_settings(content: dict[str, Any]) -> None:
    """Before the first photograph is hung: the institution stands in every credit."""
    institution = content["institution"]
    portal = PortalSettings.for_site(Site.objects.get(is_default_site=True))
    portal.institution = institution["name"]
    portal.short_name = institution["short_name"]
    portal.strapline = institution["strapline"]
    portal.contact_name = next(user["name"] for user in content["users"] if "curator" in user["roles"])
    portal.contact_email = institution["contact_email"]
    portal.contact_note = institution["contact_note"]
    portal.sign_up_domains = institution["domain_for_demo"]
    portal.links = [{"type": "link", "value": link} for link in institution["links"]]
    portal.save()
