"""What an edition's wall shows for a given address: which cards, which filters, which page.

Reads only through the page's own exhibits, so it costs two queries whether there is one picture or three thousand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.models import Count

from cms.core.addresses import fill_local

if TYPE_CHECKING:
    from gallery.models.exhibitions import ExhibitionPage

PER_PAGE = 24
#: Cards loaded at once, whatever the screen: the first row.
EAGER_CARDS = 3


def cards(stored: list[str], *, eager: int = EAGER_CARDS) -> list[str]:
    """Stored cards, ready for our own pages. The first `eager` pictures load at once, the rest when near."""
    filled = [fill_local(card) for card in stored]
    return [
        card.replace('loading="lazy"', 'fetchpriority="high"', 1) if place < eager else card
        for place, card in enumerate(filled)
    ]


def wall(exhibition: ExhibitionPage, params: Mapping[str, str], *, now: dt.datetime) -> dict:
    """Template context for one page of the wall. Two queries. Unknown categories and pages show an empty wall."""
    on_wall = exhibition.exhibits.on_wall(now)
    facets = list(
        on_wall.order_by("category__sort_order", "category__name")
        .values("category__slug", "category__name")
        .annotate(count=Count("pk"))
    )
    chosen = params.get("category", "")
    shown = on_wall.filter(category__slug=chosen) if chosen else on_wall
    total = sum(facet["count"] for facet in facets if not chosen or facet["category__slug"] == chosen)
    number = int(params["page"]) if params.get("page", "").isdecimal() else 1
    number = max(1, min(number, 10_000))
    start = (number - 1) * PER_PAGE
    stored = list(shown.in_wall_order().values_list("card", flat=True)[start : start + PER_PAGE + 1])
    return {
        "state": exhibition.state(now),
        "now": now,
        "takes_entries": exhibition.takes_entries(now),
        "cards": cards(stored[:PER_PAGE]),
        "total": total,
        "everything": sum(facet["count"] for facet in facets),
        "facets": [
            {"slug": facet["category__slug"], "name": facet["category__name"], "count": facet["count"]}
            for facet in facets
        ],
        "chosen": chosen,
        "page_number": number,
        "next_page": number + 1 if len(stored) > PER_PAGE else None,
        "previous_page": number - 1 if number > 1 else None,
    }
