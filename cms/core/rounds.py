"""What the timer looks after besides photographs. Each part names its rounds when it starts."""

import datetime as dt
from collections.abc import Callable

#: Does what is due at a moment and says how much of it there was.
Look = Callable[[dt.datetime], int]

_rounds: dict[str, Look] = {}


def register(name: str, look: Look) -> None:
    _rounds[name] = look


def registered() -> dict[str, Look]:
    return dict(_rounds)
