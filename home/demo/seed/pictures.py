"""Where the demo's pictures come from: drawn by this project, or real ones from a folder."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.core.files.uploadedfile import SimpleUploadedFile

from cms.images.formats import ACCEPTED_EXTENSIONS
from cms.images.refusal import PhotoRefused
from gallery.models.masters import Master
from gallery.services.exhibit_fields import ILLUSTRATION
from home.demo.seed.drawing import DRAWN_EDGE, drawn

Attach = Callable[[SimpleUploadedFile], Master]


class Pictures(Protocol):
    """Hands one picture to `attach`. `note` is added to the words on how it was made, `tags` to its tags.
    `least` is the long edge, in pixels, that the edition has to let through for it; None: its own rule holds."""

    note: str
    tags: list[str]

    def give(self, photo: dict[str, Any], attach: Attach) -> Master: ...

    def least(self, photo: dict[str, Any]) -> int | None: ...


class NoPhotographs(Exception):
    """The folder holds no photograph that the exhibition takes. The message says so."""


# --- Drawn


class Drawings:
    """Illustrations, drawn ahead by other processes while this one hangs the last. Use as `with drawings(…)`."""

    note = "Illustration drawn by this project, not a photograph."
    tags = [ILLUSTRATION]

    def __init__(self, drawn: dict[str, Future[bytes]], long_edge: int) -> None:
        self.drawn, self.long_edge = drawn, long_edge

    def give(self, photo: dict[str, Any], attach: Attach) -> Master:
        data = self.drawn.pop(photo["id"]).result()
        return attach(SimpleUploadedFile(f"{photo['slug']}.jpg", data, "image/jpeg"))

    def least(self, photo: dict[str, Any]) -> int:
        """One photo is too small on purpose, and tests draw all of them small."""
        return min(self.long_edge, max(photo["width_px"], photo["height_px"]))


@contextmanager
def drawings(photos: list[dict[str, Any]], *, long_edge: int = DRAWN_EDGE) -> Iterator[Drawings]:
    """Starts drawing every photo, in order, on all cores: drawing costs more than what services do meanwhile."""
    spawn = multiprocessing.get_context("spawn")  # a fork would share the database connection
    pool = ProcessPoolExecutor(os.cpu_count() or 1, mp_context=spawn)
    try:
        yield Drawings({photo["id"]: pool.submit(drawn, photo, long_edge) for photo in photos}, long_edge)
    finally:
        pool.shutdown(cancel_futures=True)


# --- From a folder


class Folder:
    """Real photographs, one after the other and round again. Those refused are named once, with the reason."""

    note = "A photograph from a folder stands in here; the words describe another picture."
    tags = ["stand-in"]

    def __init__(self, path: Path, say: Callable[[str], None]) -> None:
        self.path, self.say = path, say
        names = sorted(file for file in path.iterdir() if file.suffix.lower() in ACCEPTED_EXTENSIONS)
        self.waiting = deque(names)

    def give(self, photo: dict[str, Any], attach: Attach) -> Master:
        while self.waiting:
            file = self.waiting[0]
            try:
                master = attach(SimpleUploadedFile(file.name, file.read_bytes()))
            except PhotoRefused as refusal:
                self.say(f"  {file.name} was left out: {refusal}")
                self.waiting.popleft()
            else:
                self.waiting.rotate(-1)
                return master
        raise NoPhotographs(f"There is no photograph in {self.path} that the exhibition takes.")

    def least(self, photo: dict[str, Any]) -> None:
        return None
