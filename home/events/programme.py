"""A festival's sessions, sorted and put into days and tracks."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any


@dataclass(frozen=True)
class Track:
    slug: str
    name: str
    count: int


class Programme:
    """`sessions` are stream children: `.id` stays the same for ever, `.value` is a `Session` of `home.blocks`."""

    def __init__(self, stream: Iterable[Any]) -> None:
        self.sessions = sorted(stream, key=lambda child: (child.value.starts, child.value.ends))

    def __bool__(self) -> bool:
        return bool(self.sessions)

    @cached_property
    def tracks(self) -> dict[str, Track]:
        """By slug, in the order in which they first come up."""
        names: dict[str, list[str]] = {}
        for child in self.sessions:
            if child.value.track_slug:
                names.setdefault(child.value.track_slug, []).append(child.value["track"])
        return {slug: Track(slug, found[0], len(found)) for slug, found in names.items()}

    def on_track(self, track: str) -> list[Any]:
        """All of them for no track."""
        return [child for child in self.sessions if not track or child.value.track_slug == track]

    def by_day(self, track: str = "") -> list[tuple[dt.date, list[Any]]]:
        days = groupby(self.on_track(track), key=lambda child: child.value["day"])
        return [(day, list(children)) for day, children in days]
