"""Walking a list page by page without losing or repeating anything, whatever is hung or taken down meanwhile.

A cursor names a place between two exhibits by the sort keys of one of them, so it needs no row to be still there.
"""

import base64
import binascii
import datetime as dt
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import CharField, DateTimeField, Field, IntegerField, Q
from django.db.models.functions import Lower

from gallery.models.exhibits import ExhibitQuerySet

#: Longest cursor, in characters: a title of 90 four-byte letters, escaped, in base64.
MAX_LENGTH = 1600
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)
MOMENT, NUMBER, WORDS = DateTimeField(), IntegerField(), CharField()


class BadCursor(ValueError):
    """Not one of ours, or made for another order."""


class OrderName(StrEnum):
    WALL = "wall"
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"


@dataclass(frozen=True)
class Key:
    """One column of an order. In a cursor a moment is microseconds since 1970."""

    column: str
    field: Field
    falling: bool = False

    def ordering(self, *, back: bool) -> str:
        return f"-{self.column}" if self.falling != back else self.column

    def beyond(self, *, back: bool) -> str:
        return f"{self.column}__lt" if self.falling != back else f"{self.column}__gt"

    def pack(self, value: Any) -> int | str:
        return (value - EPOCH) // MICROSECOND if self.field is MOMENT else value

    def unpack(self, value: object) -> Any:
        if self.field is WORDS:
            if type(value) is str and len(value) <= 200 and "\x00" not in value:
                return value
        elif type(value) is int and 0 <= value < (2**31 if self.field is NUMBER else 2**57):
            return EPOCH + value * MICROSECOND if self.field is MOMENT else value
        raise BadCursor


ID = Key("public_id", WORDS)


@dataclass(frozen=True)
class Order:
    name: str
    keys: tuple[Key, ...]

    def sort(self, found: ExhibitQuerySet, *, back: bool) -> ExhibitQuerySet:
        if self.name == "title":
            found = found.annotate(title_key=Lower("title"))
        return found.order_by(*(key.ordering(back=back) for key in self.keys))

    def beyond(self, found: ExhibitQuerySet, place: tuple[Any, ...], *, back: bool) -> ExhibitQuerySet:
        """What comes strictly after `place`, or strictly before it going back.

        The first column is bounded once more on its own, so that an index can begin there.
        """
        first = self.keys[0]
        condition = Q()
        level: dict[str, Any] = {}
        for key, value in zip(self.keys, place, strict=True):
            condition |= Q(**level, **{key.beyond(back=back): value})
            level[key.column] = value
        return found.filter(condition, **{f"{first.beyond(back=back)}e": place[0]})


WALL = Order("wall", (Key("wall_order", NUMBER), ID))
#: Without an edition: the newest edition's wall, then the one before.
WALLS = Order(
    "walls",
    (
        Key("exhibition__on_show_from", MOMENT, falling=True),
        Key("exhibition_id", NUMBER, falling=True),
        Key("wall_order", NUMBER),
        ID,
    ),
)
NEWEST = Order("newest", (Key("hung_at", MOMENT, falling=True), ID))
OLDEST = Order("oldest", (Key("hung_at", MOMENT), ID))
TITLE = Order("title", (Key("title_key", WORDS), ID))
ORDERS = {order.name: order for order in (WALL, WALLS, NEWEST, OLDEST, TITLE)}


def order_named(name: OrderName | None, *, in_one_exhibition: bool) -> Order:
    if name is None:
        name = OrderName.WALL if in_one_exhibition else OrderName.NEWEST
    if name is OrderName.WALL:
        return WALL if in_one_exhibition else WALLS
    return ORDERS[name]


@dataclass(frozen=True)
class Cursor:
    """A place and a direction. Without a place: from the start, or going back from the end."""

    order: Order
    back: bool = False
    place: tuple[Any, ...] | None = None

    def __str__(self) -> str:
        values = [key.pack(value) for key, value in zip(self.order.keys, self.place or (), strict=False)]
        text = json.dumps([self.order.name, int(self.back), *values], separators=(",", ":"), ensure_ascii=False)
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str, order: Order) -> "Cursor":
        try:
            raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            name, back, *values = json.loads(raw)
        except (binascii.Error, ValueError, TypeError, RecursionError):
            raise BadCursor from None
        if name != order.name or back not in (0, 1) or len(values) not in (0, len(order.keys)):
            raise BadCursor
        place = tuple(key.unpack(value) for key, value in zip(order.keys, values, strict=False))
        cursor = cls(order, bool(back), place or None)
        if str(cursor) != text:
            raise BadCursor
        return cursor
