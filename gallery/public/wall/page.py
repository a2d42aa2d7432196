"""What an edition's wall shows for a given address: which cards, in which rooms, which filters, which page.

It costs the same queries whether there are three pictures or three thousand: the cards, the pictures that hold the
words looked for, and after something public has changed what is there (`wall_index`).
"""

from __future__ import annotations

import datetime as dt
import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any, cast

from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.template.loader import render_to_string

from cms.core.addresses import MEDIA
from cms.core.compiled_queries import CompiledQuery, Param
from cms.core.listing import Choice, make_pager, offer_choices, page_address, read_page_number
from cms.images.sources import Sources
from gallery.cards import fill_card
from gallery.models.exhibitions import ExhibitionPage
from gallery.models.exhibits import Exhibit, ExhibitLabel
from gallery.public.wall.index import FACETS, WallIndex, WallPicture, narrow_pictures, wall_index
from gallery.public.wall.justified_rows import lead_row, rows

PER_PAGE = 24
#: Cards loaded at once, whatever the screen. One: a telephone sees no more, and on a slow line the others would
#: take its place in the queue. Wider screens fetch the rest of the first row as soon as they know how wide it is.
EAGER_CARDS = 1
LONGEST_WORDS = 200
#: Choices a filter offers, the commonest first to be offered. The search on the wall finds the others.
MOST_CHOICES = {"department": 40, "photographer": 60, "award": 40, "tag": 24}
#: Ratios that stand in a row from 64rem and from 40rem, at the height that suits the screen (wall.css).
WIDE_ROW, MIDDLING_ROW = 4.2, 2.9
#: Pictures of an edition in the list of all editions.
FRIEZE = 5
#: Earlier photographs on the page of a call.
WINNERS = 4
WALL, NEWEST, TITLE = "wall", "newest", "title"
ORDERS = {WALL: "As hung", NEWEST: "Newest first", TITLE: "By title"}


@dataclass(frozen=True)
class WallQuery:
    """What an address asks of the wall. Strange values are kept: they find nothing, and can be taken away."""

    chosen: Mapping[str, str]
    words: str = ""
    order: str = WALL
    page: int = 1

    @classmethod
    def read(cls, params: Mapping[str, str]) -> WallQuery:
        order = params.get("order", "")
        return cls(
            chosen={facet: params[facet][:LONGEST_WORDS] for facet in FACETS if params.get(facet)},
            words=params.get("q", "")[:LONGEST_WORDS].strip(),
            order=order if order in ORDERS else WALL,
            page=read_page_number(params),
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chosen or self.words)

    @property
    def address(self) -> str:
        """The query of this page of the wall, `?` for the whole of it."""
        params = {"q": self.words} if self.words else {}
        params |= {facet: self.chosen[facet] for facet in FACETS if facet in self.chosen}
        if self.order != WALL:
            params["order"] = self.order
        return page_address(params, self.page)

    def with_choice(self, facet: str, slug: str | None) -> WallQuery:
        """The first page with another choice of `facet`, or none."""
        others = {name: value for name, value in self.chosen.items() if name != facet}
        return replace(self, chosen=others | ({facet: slug} if slug else {}), page=1)


def address(chosen: Mapping[str, str], page: int = 1) -> str:
    """The query of one page of the wall, `?` for the whole of it."""
    return WallQuery(chosen, page=page).address


def wall(exhibition: ExhibitionPage, params: Mapping[str, str], *, now: dt.datetime) -> dict[str, Any]:
    """Template context for one page of the wall. Unknown filters and pages show an empty wall."""
    query, index = WallQuery.read(params), wall_index(exhibition)
    pictures = index.on_wall(now)
    keys = _holding(exhibition, query.words) if query.words and pictures else None
    if query.is_narrowed:
        fitting, counts = narrow_pictures(pictures, query.chosen, keys)
    else:
        fitting, counts = pictures, None
    fitting = in_order(fitting, query.order)
    start = (query.page - 1) * PER_PAGE
    shown = fitting[start : start + PER_PAGE]
    is_as_hung = query.order == WALL and not query.is_narrowed
    rooms = _rooms(exhibition, fitting) if is_as_hung else []
    return {
        "query": query,
        "state": exhibition.state(now),
        "now": now,
        "takes_entries": exhibition.takes_entries(now),
        "parts": _parts(shown, rooms, start, leads=is_as_hung, index=index, pictures=pictures, now=now),
        "rooms": rooms,
        "total": len(fitting),
        "everything": len(pictures),
        "taken_away": _taken_away(query, index),
        "panel": _panel(query, index, pictures, counts) if pictures else "",
        "canonical_query": query.address.removesuffix("?"),
        "pager": make_pager(
            query.page,
            size=PER_PAGE,
            shown=len(shown),
            more=len(fitting) > start + PER_PAGE,
            total=len(fitting),
            address=lambda number: replace(query, page=number).address,
        ),
    }


def in_order(pictures: list[WallPicture], order: str) -> list[WallPicture]:
    """`pictures` come in wall order, which settles ties."""
    if order == NEWEST:
        return sorted(pictures, key=lambda picture: picture.hung_at, reverse=True)
    if order == TITLE:
        return sorted(pictures, key=lambda picture: picture.title.casefold())
    return pictures


def _holding(exhibition: ExhibitionPage, words: str) -> set[str]:
    return set(exhibition.exhibits.matching(words).values_list("pk", flat=True))


# --- Rooms. They never change the order of the wall: a room begins at a place and ends where the next begins.


def _rooms(exhibition: ExhibitionPage, pictures: list[WallPicture]) -> list[dict]:
    """The edition's rooms with pictures in them. `begins` counts pictures from the start of the wall."""
    rooms = []
    for block in sorted(exhibition.rooms, key=lambda block: block.value["from_place"]):
        begins = bisect_left(pictures, block.value["from_place"], key=lambda picture: picture.place)
        rooms.append({"title": block.value["title"], "words": block.value["words"], "begins": begins})
    ends = [room["begins"] for room in rooms[1:]] + [len(pictures)]
    rooms = [room | {"count": end - room["begins"]} for room, end in zip(rooms, ends, strict=False)]
    rooms = [room for room in rooms if room["count"]]
    for number, room in enumerate(rooms, start=1):
        page = room["begins"] // PER_PAGE + 1
        room |= {
            "id": f"room-{number}",
            "address": f"{WallQuery({}, page=page).address if page > 1 else ''}#room-{number}",
        }
    return rooms


def room_of(exhibit: Exhibit) -> str:
    """The title of the room it hangs in, empty where there is none."""
    begun = [room.value for room in exhibit.exhibition.rooms if room.value["from_place"] <= exhibit.wall_order]
    return max(begun, key=lambda room: room["from_place"])["title"] if begun else ""


def _parts(
    shown: list[WallPicture],
    rooms: list[dict],
    start: int,
    *,
    leads: bool,
    index: WallIndex,
    pictures: list[WallPicture],
    now: dt.datetime,
) -> list[dict]:
    """One page's cards, in the rooms they hang in; with `leads`, each room begins with a great one.
    One query, which asks again whether each may be shown, and brings the picture to share along when it is not
    known yet."""
    if not shown:
        return []
    keys = {f"key_{place}": shown[place].key if place < len(shown) else "" for place in range(PER_PAGE)}
    stored, shared = {}, ("share", _first_shared(pictures))
    asked_key = "" if shared in index.memory else shared[1]
    for key, card, document in _cards_of().rows(now=now, shared=asked_key, **keys):
        stored[key] = card
        if document:
            index.remember(shared, _picture_in(document))
    hanging = [(start + place, picture) for place, picture in enumerate(shown) if picture.key in stored]
    eager = [picture.key for _, picture in hanging[:EAGER_CARDS]]
    parts = []
    for room_number, group in groupby(hanging, lambda one: _room_at(rooms, one[0])):
        places, grouped = zip(*group, strict=True)
        room = rooms[room_number] if room_number is not None else None
        begins = places[0] == (room["begins"] if room else 0)
        ratios = tuple(picture.ratio for picture in grouped)
        first, width = led = lead_row(ratios) if leads and begins else (0, 0.0)
        styles = [_row_style(led, led)] * first + _rows(ratios[first:])
        filled = [
            fill_card(
                stored[picture.key],
                row=style,
                lead=_lead_sizes(picture.ratio, width) if number < first else "",
                eager=picture.key in eager,
            )
            for number, (picture, style) in enumerate(zip(grouped, styles, strict=True))
        ]
        parts.append(
            {
                "room": room,
                "id": room["id"] if room else "",
                "continued": room is not None and not begins,
                "lead": "".join(filled[:first]),
                "lead_is_one": first == 1,
                "lead_ratio": round(width, 3),
                "cards": "".join(filled[first:]),
            }
        )
    return parts


@cache
def _cards_of() -> CompiledQuery:
    exhibits = Exhibit.objects.on_wall(cast("Any", Param("now", DateTimeField())))
    wanted = [Param(f"key_{place}", CharField()) for place in range(PER_PAGE)]
    shared = Param("shared", CharField())
    # Not by exhibition as well: asked for both, SQLite reads the whole edition to find the two dozen.
    found = exhibits.filter(pk__in=[*wanted, shared])
    document = Case(When(pk=shared, is_shared=True, then=F("document")), default=Value("", TextField()))
    return CompiledQuery(found.annotate(shared=document).values_list("pk", "card", "shared"))


def _rows(ratios: tuple[float, ...]) -> list[str]:
    """For every card the style that tells it its row, on wide screens and on middling ones. Rounded up, so that no
    row is too full."""
    laid = zip(rows(ratios, WIDE_ROW), rows(ratios, MIDDLING_ROW), strict=True)
    return [_row_style(wide, middling) for wide, middling in laid]


def _row_style(wide: tuple[int, float], middling: tuple[int, float]) -> str:
    (n, w), (m, k) = wide, middling
    return f"--n:{n};--in:{w + 0.0005:.3f};--m:{m};--im:{k + 0.0005:.3f};"


def _lead_sizes(ratio: float, width: float) -> str:
    """How wide a picture in the lead row comes out (wall.css). `width`: the ratios of the row together."""
    return f"(min-width: 40rem) calc(min(94vw, 86vh * {width:.3f}) * {ratio / width:.3f}), "


def _room_at(rooms: list[dict], place: int) -> int | None:
    begun = [number for number, room in enumerate(rooms) if room["begins"] <= place]
    return begun[-1] if begun else None


# --- Filters


def _taken_away(query: WallQuery, index: WallIndex) -> list[dict]:
    """What the wall is narrowed by, each with the address without it."""
    told = [
        {
            "facet": FACETS[facet],
            "name": index.names[facet].get(slug, slug),
            "address": query.with_choice(facet, None).address,
        }
        for facet, slug in query.chosen.items()
    ]
    if query.words:
        told.insert(0, {"facet": "Words", "name": query.words, "address": replace(query, words="", page=1).address})
    return told


def _panel(
    query: WallQuery, index: WallIndex, pictures: list[WallPicture], counts: dict[str, Counter[str]] | None
) -> str:
    """The markup of the filters. It is the same on every page of the wall, so it is remembered."""
    first = replace(query, page=1)
    key = ("panel", first.address, len(pictures))
    if key not in index.memory or query.words:
        if counts is None:
            counts = narrow_pictures(pictures, {})[1]
        context = {
            "query": first,
            "facets": [
                {"name": label, "facet": facet, "choices": choices(first, index, facet, counts[facet])}
                for facet, label in FACETS.items()
            ],
            "orders": offer_choices(
                [(order, name, None) for order, name in ORDERS.items()],
                chosen=query.order,
                address=lambda order: replace(first, order=order).address,
            ),
        }
        markup = render_to_string("gallery/wall_panel.html", context)
        if query.words:  # there is no end of words
            return markup
        index.remember(key, markup)
    return index.memory[key]


def choices(query: WallQuery, index: WallIndex, facet: str, counts: Counter[str]) -> list[Choice]:
    """The choices of one filter, each with its link and how many pictures it would show beside the others."""
    chosen = query.chosen.get(facet, "")
    offered = {slug for slug, _ in counts.most_common(MOST_CHOICES.get(facet))} | {chosen}
    return offer_choices(
        [
            (slug, name, counts[slug])
            for slug, name in index.names[facet].items()
            if slug in offered and (counts[slug] or slug == chosen)
        ],
        chosen=chosen,
        address=lambda slug: query.with_choice(facet, slug).address,
    )


# --- An edition as others see it


def share_picture(exhibition: ExhibitionPage, *, now: dt.datetime) -> dict | None:
    """The first picture on the wall that other sites may show: `url` (complete), `width`, `height`, `alt`.
    One query after a change, none when a page of the wall has asked already."""
    index = wall_index(exhibition)
    key = _first_shared(index.on_wall(now))
    if key and ("share", key) not in index.memory:
        document = exhibition.exhibits.shared(now).filter(pk=key).values_list("document", flat=True).first()
        index.remember(("share", key), _picture_in(document) if document else None)
    return index.memory[("share", key)] if key else None


def _first_shared(pictures: list[WallPicture]) -> str:
    return next((picture.key for picture in pictures if picture.shared), "")


def _picture_in(document: str) -> dict | None:
    """The share card of what a stored document tells of."""
    facts = json.loads(document)
    files: list[Any] = [{**file, "key": file["url"].removeprefix(MEDIA)} for file in facts["image"]["sources"]]
    return Sources(files).share_card(facts["alt"])


def earlier_winners(exhibition: ExhibitionPage, *, now: dt.datetime) -> list[Exhibit]:
    """Awarded photographs of the editions before, the last edition's first: they say what is wanted. One query."""
    awarded = ExhibitLabel.objects.filter(exhibit=OuterRef("pk"), kind=ExhibitLabel.Kind.AWARD)
    won = Exhibit.objects.on_wall(now).exclude(exhibition=exhibition)
    found = won.annotate(award=Subquery(awarded.values("name")[:1])).filter(award__isnull=False)
    found = found.select_related("exhibition").defer("document", "search_text")
    return list(found.order_by("-exhibition__on_show_from", "wall_order", "pk")[:WINNERS])


def shown_editions(editions: QuerySet[ExhibitionPage], *, now: dt.datetime) -> list[dict]:
    """Each edition with its `state`, how many photographs hang, and the first of them as `frieze`. Two queries."""
    exhibits = Exhibit.objects
    hanging = exhibits.on_wall(now).filter(exhibition=OuterRef("pk"))
    first = {
        f"picture_{place}": Subquery(hanging.in_wall_order().values("pk")[place : place + 1])
        for place in range(FRIEZE)
    }
    listed = list(
        editions.annotate(
            **first,
            photographs=Subquery(
                hanging.order_by().values("exhibition").annotate(count=Count("pk")).values("count")
            ),
        )
    )
    keys = {edition.pk: [key for name in first if (key := getattr(edition, name))] for edition in listed}
    pictures = exhibits.defer("document", "card", "search_text").select_related("exhibition")
    found = pictures.in_bulk([key for listed_keys in keys.values() for key in listed_keys])
    return [
        {
            "page": edition,
            "state": edition.state(now),
            "takes_entries": edition.takes_entries(now),
            "photographs": edition.photographs or 0,
            "frieze": [found[key] for key in keys[edition.pk] if key in found],
        }
        for edition in listed
    ]
