"""Walking a list page by page without losing or repeating anything, whatever comes and goes meanwhile.

A cursor names a place between two rows by the sort keys of one of them, so it needs no row to be still there.
"""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, DateTimeField, Expression, Field, IntegerField, Q, QuerySet

from cms.changes.models import EPOCH
from cms.core.text import clean

#: Longest cursor, in characters: a title of 90 four-byte letters, escaped, in base64.
MAX_LENGTH = 1600
MICROSECOND = dt.timedelta(microseconds=1)
MOMENT, NUMBER, WORDS = DateTimeField(), IntegerField(), CharField()


class BadCursor(ValueError):
    """Not one of ours, or made for another order."""


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
            if type(value) is str and len(value) <= 200 and value == clean(value):  # as every text that is stored
                return value
        elif type(value) is int and 0 <= value < (2**31 if self.field is NUMBER else 2**57):
            return EPOCH + value * MICROSECOND if self.field is MOMENT else value
        raise BadCursor


@dataclass(frozen=True)
class Order:
    name: str
    keys: tuple[Key, ...]
    #: Columns that are worked out, by name.
    computed: Mapping[str, Expression] = field(default_factory=dict, compare=False)

    def sort(self, found: QuerySet, *, back: bool) -> QuerySet:
        return found.annotate(**self.computed).order_by(*(key.ordering(back=back) for key in self.keys))

    def beyond(self, found: QuerySet, place: tuple[Any, ...], *, back: bool) -> QuerySet:
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
