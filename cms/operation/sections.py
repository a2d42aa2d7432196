"""What the Operation screen shows, a section each, by whoever knows it. What is wrong in one of them stands on the
admin's first page, too, in the daily mail and in `/metrics`."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Button:
    """Posts `do` to the screen, or to another `address`."""

    label: str
    do: str = ""
    address: str = ""
    #: For those who hear the label without the line it stands in.
    about: str = ""


@dataclass(frozen=True)
class Line:
    """One thing, in words for an administrator. No e-mail address stands in it."""

    words: str
    detail: str = ""
    wrong: bool = False
    url: str = ""
    buttons: tuple[Button, ...] = ()


class Section(NamedTuple):
    heading: str
    lines: list[Line]

    @property
    def wrong(self) -> int:
        return sum(line.wrong for line in self.lines)


Look = Callable[[dt.datetime], list[Line]]
_looks: dict[str, tuple[int, Look]] = {}


def section(heading: str, order: int) -> Callable[[Look], Look]:
    """The function says what there is at a moment; sections stand in their `order`."""

    def register(look: Look) -> Look:
        _looks[heading] = (order, look)
        return look

    return register


def all_sections(now: dt.datetime) -> list[Section]:
    """One that cannot be looked up says so, and hides none of the others."""
    found = []
    for heading, (_, look) in sorted(_looks.items(), key=lambda item: item[1][0]):
        try:
            found.append(Section(heading, look(now)))
        except Exception:
            log.exception("Operation: %s could not be looked up.", heading)
            found.append(Section(heading, [Line("This could not be looked up. The log says why.", wrong=True)]))
    return found


def what_is_wrong(now: dt.datetime) -> dict[str, int]:
    """How many things need a hand, by heading; only where there are any."""
    return {one.heading: one.wrong for one in all_sections(now) if one.wrong}
