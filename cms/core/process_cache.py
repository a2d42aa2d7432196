"""What each process remembers for a while, so that it need not ask the database again."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakSet

Value = TypeVar("Value")

_caches: WeakSet[ProcessCache] = WeakSet()


class ProcessCache(Generic[Value]):
    """At most `most` values, each for `seconds` from when its making began. Threads need no lock: two may make the
    same value at once, and one that was being made while it was forgotten is kept, stale for `seconds` at most."""

    def __init__(self, *, seconds: float = 60.0, most: int = 32) -> None:
        self._seconds = seconds
        self._most = most
        self._entries: dict[Hashable, tuple[Hashable, float, Value]] = {}
        _caches.add(self)

    def get(self, make: Callable[[], Value], *, key: Hashable = None, version: Hashable = None) -> Value:
        """The value at `key`, made afresh when there is none, when it is too old or of another `version`."""
        now = time.monotonic()
        known = self._entries.get(key)
        if known is not None and known[0] == version and now <= known[1]:
            return known[2]
        value = make()
        if len(self._entries) >= self._most and key not in self._entries:
            self._entries.clear()
        self._entries[key] = (version, now + self._seconds, value)
        return value

    def forget(self, **signal: object) -> None:
        """Makes everything afresh when it is next asked for. Takes what signals send, to be connected to them."""
        self._entries.clear()


def forget_everything() -> None:
    """Empties every cache of this process."""
    for cache in _caches:
        cache.forget()
