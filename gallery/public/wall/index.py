"""What hangs on the wall of an edition, remembered until an exhibit changes.

To count and to narrow, a page of the wall must know of every picture there in which category it is, by whom, with
which awards. One query reads that. Each process remembers it until its version does, which is whenever an
exhibit changes, and for a minute at most: the order of categories, for one, changes without.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from cms.changes.models import KindVersion
from cms.core.process_cache import ProcessCache
from gallery.enums import EXHIBIT, Orientation
from gallery.models.exhibitions import ExhibitionPage

#: Answers remembered with each edition.
MOST_REMEMBERED = 32
#: What a wall can be narrowed by, in the order shown, and how it is called.
FACETS = {
    "category": "Category",
    "department": "Department",
    "photographer": "Photographer",
    "award": "Award",
    "orientation": "Shape",
    "tag": "Tag",
}
_COLUMNS = (
    *("public_id", "title", "hung_at", "expires_at", "wall_order", "is_shared", "width", "height", "orientation"),
    *("category__slug", "category__name", "category__sort_order", "department__slug", "department__name"),
    *("photographer_slug", "photographer_name", "labels__kind", "labels__slug", "labels__name"),
)


class WallPicture(NamedTuple):
    key: str
    title: str
    hung_at: dt.datetime
    expires_at: dt.datetime | None
    place: int
    shared: bool
    #: Width over height.
    ratio: float
    #: Slugs by facet. Most hold one, tags and awards any number.
    marks: Mapping[str, list[str]]

    def is_on_wall(self, now: dt.datetime) -> bool:
        return self.expires_at is None or self.expires_at > now


@dataclass
class WallIndex:
    #: In wall order, those whose time is over among them.
    pictures: list[WallPicture]
    #: Of each facet, names by slug, in the order shown.
    names: dict[str, dict[str, str]]
    #: What was worked out from it, such as a share picture. Forgotten with it.
    memory: dict = field(default_factory=dict)

    #: When the first of them leaves.
    first_expiry: dt.datetime | None = None

    def on_wall(self, now: dt.datetime) -> list[WallPicture]:
        if self.first_expiry is None or now < self.first_expiry:
            return self.pictures
        return [picture for picture in self.pictures if picture.is_on_wall(now)]

    def remember(self, key: object, value: object) -> None:
        if len(self.memory) >= MOST_REMEMBERED:
            self.memory.clear()
        self.memory[key] = value


#: By edition, each of the version of what is public.
CACHE: ProcessCache[WallIndex] = ProcessCache()


def wall_index(exhibition: ExhibitionPage) -> WallIndex:
    """What hangs in `exhibition`. One query for its version, unless that came with the page; one more
    after a change."""
    version = getattr(exhibition, "wall_version", None)
    if version is None:
        version = KindVersion.objects.filter(kind=EXHIBIT).values_list("number", flat=True).first() or 0
    return CACHE.get(lambda: _read(exhibition), key=exhibition.pk, version=version)


def _read(exhibition: ExhibitionPage) -> WallIndex:
    """One row a label, so the pictures come out of runs of rows."""
    found: dict[str, WallPicture] = {}
    order: dict[str, int] = {}
    names: dict[str, dict[str, str]] = {facet: {} for facet in FACETS}
    names["orientation"] = {shape.value: shape.label for shape in Orientation}
    rows = exhibition.exhibits.order_by("wall_order", "public_id", "labels__id").values_list(*_COLUMNS)
    for key, title, hung_at, expires_at, place, shared, width, height, *rest in rows.iterator(chunk_size=2000):
        orientation, category, category_name, sort_order, department, department_name, maker, maker_name, *label = (
            rest
        )
        picture = found.get(key)
        if picture is None:
            marks: dict[str, list[str]] = {
                "category": [category],
                "department": [department],
                "photographer": [maker] if maker else [],
                "award": [],
                "orientation": [orientation],
                "tag": [],
            }
            found[key] = picture = WallPicture(
                key, title, hung_at, expires_at, place, shared, width / height, marks
            )
            names["category"][category], order[category] = category_name, sort_order
            names["department"][department] = department_name
            if maker:
                names["photographer"][maker] = maker_name
        kind, slug, name = label
        if kind is not None:
            picture.marks[kind].append(slug)
            names[kind][slug] = name
    for facet in ("department", "photographer", "award", "tag"):
        names[facet] = dict(sorted(names[facet].items(), key=lambda item: item[1].casefold()))
    names["category"] = dict(sorted(names["category"].items(), key=lambda item: (order[item[0]], item[1])))
    pictures = list(found.values())
    first_expiry = min((one.expires_at for one in pictures if one.expires_at), default=None)
    return WallIndex(pictures, names, first_expiry=first_expiry)


def narrow_pictures(
    pictures: Iterable[WallPicture], chosen: Mapping[str, str], keys: set[str] | None = None
) -> tuple[list[WallPicture], dict[str, Counter[str]]]:
    """The pictures that are all of `chosen`, and among `keys` if there are some; and for every facet how many
    each of its choices would show beside the other facets' choices."""
    fitting: list[WallPicture] = []
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for picture in pictures:
        if keys is not None and picture.key not in keys:
            continue
        misfits = [facet for facet, slug in chosen.items() if slug not in picture.marks[facet]]
        if not misfits:
            fitting.append(picture)
            for facet, slugs in picture.marks.items():
                counts[facet].update(slugs)
        elif len(misfits) == 1:
            counts[misfits[0]].update(picture.marks[misfits[0]])
    return fitting, counts
