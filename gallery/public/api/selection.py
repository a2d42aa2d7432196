"""Which exhibits are asked for, and how many there are without counting."""

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import CharField, DateTimeField, Model, QuerySet

from cms.api.cursors import Cursor, Order
from cms.changes.models import KindVersion
from cms.core.compiled_queries import CompiledQuery, Param
from cms.people.models import Department
from gallery.models.exhibitions import Category, ExhibitionPage
from gallery.models.exhibits import Exhibit, ExhibitLabel, ExhibitQuerySet

from .orders import ORDERS

Narrow = Callable[[ExhibitQuerySet, Any], ExhibitQuerySet]
MOMENT = DateTimeField()
TEXT = CharField()


def _called(model: type[Model], slug: object) -> QuerySet:
    """The key of the one with this slug, as a subquery of one value: the database looks it up first and can then
    read the exhibits along an index."""
    return model._default_manager.filter(slug=slug).order_by().values("pk")[:1]


def _labelled(found: ExhibitQuerySet, kind: ExhibitLabel.Kind, slug: object) -> ExhibitQuerySet:
    labels = ExhibitLabel.objects.filter(kind=kind, slug=slug).order_by().values("exhibit")
    return found.filter(pk__in=labels)


FILTERS: dict[str, Narrow] = {
    "exhibition": lambda found, slug: found.filter(exhibition_id=_called(ExhibitionPage, slug)),
    "category": lambda found, slug: found.filter(category_id=_called(Category, slug)),
    "department": lambda found, slug: found.filter(department_id=_called(Department, slug)),
    "photographer": lambda found, slug: found.filter(photographer_slug=slug),
    "award": lambda found, slug: _labelled(found, ExhibitLabel.Kind.AWARD, slug),
    "tag": lambda found, slug: _labelled(found, ExhibitLabel.Kind.TAG, slug),
    "licence": lambda found, code: found.filter(licence=code),
    "orientation": lambda found, orientation: found.filter(orientation=orientation),
    "hung_since": lambda found, moment: found.filter(hung_at__gte=moment),
    "updated_since": lambda found, moment: found.filter(updated_at__gte=moment),
    "q": lambda found, words: found.matching(words),
}
#: Exact totals are kept by each of these.
COUNTED = {"exhibition", "category", "department", "award"}


def select(filters: Mapping[str, object], *, now: object) -> ExhibitQuerySet:
    """What other sites may show at `now`, narrowed by every filter."""
    found = Exhibit.objects.shared(now)  # type: ignore[arg-type]
    for name, value in filters.items():
        found = FILTERS[name](found, value)
    return found


def total(filters: Mapping[str, object], version: KindVersion, *, now: dt.datetime) -> int | None:
    """The exact number where it is kept, otherwise None. Costs a query only while a timed change is due
    and not yet recorded."""
    if len(filters) > 1 or not COUNTED.issuperset(filters):
        return None
    if version.is_overdue(now):
        return select(filters, now=now).count()
    (key,) = [f"{name}:{value}" for name, value in filters.items()] or [""]
    return version.totals.get(key, 0)


# --- Reading


@dataclass(frozen=True)
class Page:
    documents: list[str]
    previous: Cursor | None
    next: Cursor | None


def page(filters: Mapping[str, object], cursor: Cursor, *, limit: int, now: dt.datetime) -> Page:
    """One query. `previous` and `next` are None at the ends of the list."""
    order, back = cursor.order, cursor.back
    came_from_before = cursor.place is not None
    read = _rows(filters, cursor, limit + 1, now)
    more, read = len(read) > limit, read[:limit]
    if back:
        read.reverse()
    if not read:
        # Everything on this side has gone since. The other side begins at the very end of the list.
        return Page(
            [],
            previous=Cursor(order, back=True) if came_from_before and not back else None,
            next=Cursor(order) if came_from_before and back else None,
        )
    documents = [row[0] for row in read]
    before = Cursor(order, back=True, place=read[0][1:])
    after = Cursor(order, place=read[-1][1:])
    if back:
        return Page(documents, before if more else None, after if came_from_before else None)
    return Page(documents, before if came_from_before else None, after if more else None)


def document(public_id: str, *, now: dt.datetime) -> str | None:
    """One exhibit's, if other sites may show it at `now`. One query."""
    rows = _document_query(connection.vendor).rows(public_id=public_id, now=now)
    return rows[0][0] if rows else None


def _rows(filters: Mapping[str, object], cursor: Cursor, limit: int, now: dt.datetime) -> list[tuple]:
    place = cursor.place
    if "q" in filters:
        # How words are matched depends on the words, so this one cannot be compiled beforehand.
        found = select(filters, now=now)
        return list(_page_queryset(found, cursor.order, place, back=cursor.back, limit=limit))
    query = _page_query(connection.vendor, cursor.order.name, cursor.back, place is not None, limit, tuple(filters))
    at = {f"key{number}": value for number, value in enumerate(place or ())}
    return list(query.rows(now=now, **filters, **at))


@functools.lru_cache(maxsize=256)
def _page_query(
    vendor: str, order: str, back: bool, placed: bool, limit: int, names: tuple[str, ...]
) -> CompiledQuery:
    fields = {"hung_since": MOMENT, "updated_since": MOMENT}
    found = select({name: Param(name, fields.get(name, TEXT)) for name in names}, now=Param("now", MOMENT))
    keys = ORDERS[order].keys
    place = tuple(Param(f"key{number}", key.field) for number, key in enumerate(keys)) if placed else None
    return CompiledQuery(_page_queryset(found, ORDERS[order], place, back=back, limit=limit))


@functools.lru_cache(maxsize=2)
def _document_query(vendor: str) -> CompiledQuery:
    found = select({}, now=Param("now", MOMENT)).filter(pk=Param("public_id", TEXT))
    return CompiledQuery(found.order_by().values_list("document"))


def _page_queryset(
    found: ExhibitQuerySet, order: Order, place: tuple[Any, ...] | None, *, back: bool, limit: int
) -> QuerySet:
    rows = order.sort(found, back=back)
    if place is not None:
        rows = order.beyond(rows, place, back=back)
    return rows.values_list("document", *(key.column for key in order.keys))[:limit]
