"""Lists that many follow: calendars, feeds, sitemaps. One row that cannot be told never keeps the others away."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

log = logging.getLogger(__name__)

Row = TypeVar("Row")
Told = TypeVar("Told")


def tell_each(rows: Iterable[Row], tell: Callable[[Row], Told]) -> list[Told]:
    """What `tell` makes of each row. A row it fails on is left out, and logged for somebody to mend."""
    told = []
    for row in rows:
        try:
            told.append(tell(row))
        except Exception:
            log.exception("Left out of a list, because it cannot be told: %r", row)
    return told
