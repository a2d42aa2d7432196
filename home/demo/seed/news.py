"""Articles: news, features, voices, press releases. One more waits under an embargo, and one for an editor."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.html import format_html

from cms.people.models import Department, Profile, User
from home.demo.content import moment
from home.demo.seed.portal import Portal
from home.news.models import ArticlePage, NewsIndexPage
from home.topics.models import Theme

#: Kind and place by the content's tier.
PLACES = {
    "feature": ("feature", "feature"),
    "voice": ("first-person", "voices"),
    "news": ("news", "news"),
    "press_release": ("press-release", "news"),
    "sector_response": ("feature", "responses"),
    "resource": ("guide", "resources"),
}


def seed(content: dict[str, Any], portal: Portal) -> None:
    index = NewsIndexPage.objects.get()
    index.standfirst = content["news_page"]["standfirst"]
    index.search_description = index.standfirst
    index.save_revision(user=portal.editor).publish(user=portal.editor)
    slugs = {facts["id"]: facts["slug"] for facts in content["departments"]}
    emails = {facts["username"]: facts["email"] for facts in content["users"]}
    of_technician = {facts["id"]: slugs[facts["department"]] for facts in content["technicians"]}
    for facts in sorted(content["news"], key=lambda facts: facts["date"]):
        page = article(facts, content, portal, of_technician)
        published = moment(facts["date"])
        if "sent_in_by" in facts:
            send_in(page, index, User.objects.get(email=emails[facts["sent_in_by"]]))
        elif page.embargo_until:
            hold_back(page, index, portal)
        else:
            portal.add(page, under=index)
            ArticlePage.objects.filter(pk=page.pk).update(first_published_at=published, last_published_at=published)


def article(
    facts: dict[str, Any], content: dict[str, Any], portal: Portal, of_technician: dict[str, str]
) -> ArticlePage:
    kind, tier = PLACES[facts["tier"]]
    names = {technician["id"]: technician["name"] for technician in content["technicians"]}
    author = portal.technicians[facts["author"]]
    shown = Profile.objects.filter(pk=author).exists()
    shared = [portal.exhibits[photo] for photo in facts["photos"] if photo in portal.exhibits]
    page = ArticlePage(
        title=facts["title"],
        slug=facts["slug"],
        search_description=facts["standfirst"],
        standfirst=facts["standfirst"],
        kind=facts.get("kind", kind),
        tier=tier,
        date=facts["date"],
        author_id=author if shown else None,
        byline="" if shown else names[facts["author"]],
        lead_picture=[{"type": "exhibit", "value": shared[0]}] if shared else [],
        body=body(facts, shared[1:]),
        exclusive=facts["tier"] == "feature",
        notes_for_editors=facts.get("notes_for_editors", ""),
        press_contact=facts.get("press_contact", ""),
    )
    if "embargo_days" in facts:
        page.embargo_until = embargo(facts["embargo_days"])
    page.tags.add(*facts["tags"])
    page.departments.set(Department.objects.filter(slug=of_technician[facts["author"]]))
    page.themes.set(Theme.objects.filter(slug__in=facts.get("themes", [])))
    return page


def body(facts: dict[str, Any], exhibits: list[str]) -> list[dict[str, Any]]:
    """Pictures stand after the first paragraph, a quotation after the second."""
    blocks = [{"type": "paragraph", "value": str(format_html("<p>{}</p>", words))} for words in facts["body"]]
    if facts.get("quote"):
        blocks.insert(min(2, len(blocks)), {"type": "quote", "value": facts["quote"]})
    blocks[1:1] = [{"type": "exhibit", "value": key} for key in exhibits]
    return blocks


def embargo(days: int) -> dt.datetime:
    """One minute past midnight, so many days from now."""
    day = timezone.localdate() + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(0, 1)))


def hold_back(page: ArticlePage, index: NewsIndexPage, portal: Portal) -> None:
    """Published by the editor, and waiting for its minute."""
    page.owner, page.live = portal.editor, False
    page.clean()
    index.add_child(instance=page)
    page.save_revision(user=portal.editor).publish(user=portal.editor)


def send_in(page: ArticlePage, index: NewsIndexPage, writer: User) -> None:
    """A contributor's, waiting for an editor."""
    page.owner, page.live = writer, False
    index.add_child(instance=page)
    page.save_revision(user=writer)
    workflow = page.get_workflow()
    workflow.start(page, writer)
