"""The timer: what is looked after every half minute, each part by whoever knows it, in a written order."""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import NamedTuple, TypeVar

from django.utils import timezone

from cms.core.logs import request_id
from cms.core.outages import in_a_line, is_outage

from .clock import is_trusted

log = logging.getLogger(__name__)

#: Does what is due at a moment and says how much of it there was.
Look = TypeVar("Look", bound=Callable[[dt.datetime], int])


class Turn(IntEnum):
    """Taking down comes first: what is behind it may take a while."""

    TAKE_DOWN = 1
    PUBLISH = 2
    REPAIR = 3
    TELL = 4
    FORGET = 5


class Round(NamedTuple):
    turn: Turn
    look: Callable[[dt.datetime], int]
    by_date: bool


_rounds: dict[str, Round] = {}


def every_round(name: str, turn: Turn, *, by_date: bool = True) -> Callable[[Look], Look]:
    """The function is called in each round of the timer, among those of its `turn` in the order they were named.

    Without `by_date` it does nothing that a wrong clock could spoil, and does not wait for a right one.
    """

    def register(look: Look) -> Look:
        _rounds[name] = Round(turn, look, by_date)
        return look

    return register


def tend(*, now: dt.datetime | None = None) -> dict[str, int]:
    """Does everything that is due and says how much of each. Safe to run as often as you like, and twice at once.

    Each part is told the time when its turn comes, unless `now` is given, which is believed.
    """
    done = {}
    trusted = now is not None or is_trusted(timezone.now())
    for name, (_, look, by_date) in sorted(_rounds.items(), key=lambda item: item[1].turn):
        if by_date and not trusted:
            continue
        done[name] = 0
        request_id.set(f"timer, {name}")
        with unless_it_fails(name):
            done[name] = look(now or timezone.now())
    request_id.set("-")
    return done


@contextmanager
def unless_it_fails(what: str) -> Iterator[None]:
    """One thing that cannot be done must not keep the others from being done. The next round tries it again."""
    try:
        yield
    except Exception as problem:
        trace = not is_outage(problem)
        log.error("Tending: %s failed; the next round tries again. %s", what, in_a_line(problem), exc_info=trace)
