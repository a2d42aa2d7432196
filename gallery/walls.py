"""What an edition's wall shows for a given address: which cards, which filters, which page.

Reads only through the page's own exhibits, so it costs two queries whether there is one picture or three thousand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.apps import apps
from django.db.models import Count, OuterRef, Subquery

from cms.core.addresses import fill_local

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from gallery.models.exhibitions import ExhibitionPage

PER_PAGE = 24
#: Cards loaded at once, whatever the screen: the first row.
EAGER_CARDS = 3
#: What a wall can be narrowed by, in the order shown, with the order of its choices.
FILTERS = {"category": ("category__sort_order", "category__name"), "department": ("department__name",)}


def cards(stored: list[str], *, eager: int = EAGER_CARDS) -> list[str]:
    """Stored cards, ready for our own pages. The first `eager` pictures load at once, the rest when near."""
    filled = [fill_local(card) for card in stored]
    return [_at_once(card) if place < eager else card for place, card in enumerate(filled)]


def _at_once(card: str) -> str:
    """Browsers measure lazy pictures themselves (`auto`), but take `auto` on others for the whole screen."""
    return card.replace('loading="lazy"', 'fetchpriority="high"', 1).replace('sizes="auto, ', 'sizes="')


def wall(exhibition: ExhibitionPage, params: Mapping[str, str], *, now: dt.datetime) -> dict:
    """Template context for one page of the wall. Two queries. Unknown filters and pages show an empty wall."""
    on_wall = exhibition.exhibits.on_wall(now)
    chosen = {name: params[name] for name in FILTERS if params.get(name)}
    counts = list(
        on_wall.order_by(*(column for columns in FILTERS.values() for column in columns))
        .values(*(f"{name}__{field}" for name in FILTERS for field in ("slug", "name")))
        .annotate(count=Count("pk"))
    )
    number = int(params["page"]) if params.get("page", "").isdecimal() else 1
    number = max(1, min(number, 10_000))
    start = (number - 1) * PER_PAGE
    shown = on_wall.filter(**{f"{name}__slug": slug for name, slug in chosen.items()}).in_wall_order()
    stored = list(shown.values_list("card", flat=True)[start : start + PER_PAGE + 1])
    return {
        "state": exhibition.state(now),
        "now": now,
        "takes_entries": exhibition.takes_entries(now),
        "cards": cards(stored[:PER_PAGE]),
        "total": sum(row["count"] for row in counts if _matches(row, chosen)),
        "everything": sum(row["count"] for row in counts),
        "filters": {name: _choices(counts, name, chosen) for name in FILTERS},
        "chosen": chosen,
        "page_number": number,
        "canonical_query": address(chosen, number).removesuffix("?"),
        "next_page": address(chosen, number + 1) if len(stored) > PER_PAGE else None,
        "previous_page": address(chosen, number - 1) if number > 1 else None,
    }


def address(chosen: Mapping[str, str], page: int = 1) -> str:
    """The query of one page of the wall, `?` for the whole of it."""
    return "?" + urlencode({**chosen, **({"page": page} if page > 1 else {})})


def _matches(row: Mapping, chosen: Mapping[str, str]) -> bool:
    return all(row[f"{name}__slug"] == slug for name, slug in chosen.items())


def _choices(counts: list[dict], name: str, chosen: Mapping[str, str]) -> list[dict]:
    """The choices of one filter, each with its link and how many pictures it would show beside the other filter."""
    others = {other: slug for other, slug in chosen.items() if other != name}
    found: dict[str, dict] = {}
    for row in counts:
        if _matches(row, others):
            slug = row[f"{name}__slug"]
            choice = found.setdefault(
                slug,
                {
                    "slug": slug,
                    "name": row[f"{name}__name"],
                    "count": 0,
                    "address": address({**others, name: slug}),
                    "chosen": chosen.get(name) == slug,
                },
            )
            choice["count"] += row["count"]
    every = {
        "slug": "",
        "name": "All",
        "count": sum(choice["count"] for choice in found.values()),
        "address": address(others),
        "chosen": name not in chosen,
    }
    by_name = sorted(found.values(), key=lambda choice: choice["name"]) if name == "department" else found.values()
    return [every, *by_name]


def shown_editions(editions: QuerySet[ExhibitionPage], *, now: dt.datetime) -> list[dict]:
    """Each edition with its `state`, how many photographs hang, and the first of them as `cover`. Two queries."""
    exhibits = apps.get_model("gallery", "Exhibit").objects
    hanging = exhibits.on_wall(now).filter(exhibition=OuterRef("pk"))
    listed = list(
        editions.annotate(
            cover_id=Subquery(hanging.in_wall_order().values("pk")[:1]),
            photographs=Subquery(
                hanging.order_by().values("exhibition").annotate(count=Count("pk")).values("count")
            ),
        )
    )
    pictures = exhibits.defer("document", "card", "search_text").select_related("exhibition")
    found = pictures.in_bulk([edition.cover_id for edition in listed if edition.cover_id])
    return [
        {
            "page": edition,
            "state": edition.state(now),
            "takes_entries": edition.takes_entries(now),
            "photographs": edition.photographs or 0,
            "cover": found.get(edition.cover_id),
        }
        for edition in listed
    ]
