"""What belongs to a theme, wherever on the site it stands."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from wagtail.models import Page, PageQuerySet, get_page_models

from cms.core.listing import listed
from gallery.models.exhibits import Exhibit
from gallery.public.wall.page import cards
from home.models.event_page import EventPage
from home.models.theme import Theme

#: A theme page shows the newest; the rest is found from there.
STORIES = 6
EVENTS = 4
PHOTOGRAPHS = 6


def page_types_with_themes() -> list[type[Page]]:
    """Page types whose pages name the themes they serve, except events: articles, case studies, whatever comes."""
    found = []
    for model in get_page_models():
        field = next((one for one in model._meta.local_many_to_many if one.related_model is Theme), None)
        if field is not None and field.name == "themes" and model is not EventPage:
            found.append(model)
    return found


def stories(theme: Theme, now: dt.datetime) -> list[Page]:
    """Newest first. One query, and one more for each type among them."""
    named = Q()
    for model in page_types_with_themes():
        named |= Q(pk__in=model._default_manager.filter(themes=theme).values("pk"))
    if not named:
        return []
    pages: PageQuerySet = listed(Page.objects.filter(named), now)
    return list(pages.order_by("-first_published_at", "-pk").specific()[:STORIES])


def events(theme: Theme, now: dt.datetime) -> list[EventPage]:
    """What comes; if nothing does, what was last."""
    named = EventPage.objects.filter(themes=theme).defer("body", "programme").shown()
    return list(named.not_over(now)[:EVENTS]) or list(named.over(now)[:EVENTS])


def photographs(tag: str, now: dt.datetime) -> list[str]:
    """Cards of the newest photographs with this tag, ready for the page."""
    if not tag:
        return []
    found: QuerySet[Exhibit] = Exhibit.objects.on_wall(now).filter(labels__kind="tag", labels__slug=tag)
    stored = found.order_by("-hung_at", "public_id").values_list("card", flat=True)
    return cards(list(stored[:PHOTOGRAPHS]), eager=0)
