"""Puts the wall on an edition's page, and the editions on the list of them."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from cms.core.interfaces import page_context
from gallery.cards import fill_card
from gallery.models.exhibitions import ExhibitionIndexPage, ExhibitionPage
from gallery.public.wall.page import earlier_winners, share_picture, shown_editions, wall


@page_context(ExhibitionPage)
def hanging(page: ExhibitionPage, request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    shown = wall(page, request.GET, now=now)
    if not shown["query"].words:  # a search is nothing to share
        page.share_picture = share_picture(page, now=now)
    if not shown["everything"]:
        winners = earlier_winners(page, now=now)
        shown["winner"] = winners[0] if winners else None
        shown["winners"] = [fill_card(exhibit.card) for exhibit in winners[1:]]
    return shown


@page_context(ExhibitionIndexPage)
def editions(page: ExhibitionIndexPage, request: HttpRequest) -> dict[str, Any]:
    found = ExhibitionPage.objects.child_of(page).live().public().order_by("-on_show_from")
    return {"editions": shown_editions(found, now=timezone.now())}
