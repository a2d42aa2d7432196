"""Where the demo's pictures come from: shipped with it, or real ones from a folder."""

from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cms.images.formats import ACCEPTED_EXTENSIONS, AVIF
from cms.images.refusal import PhotoRefused
from gallery.models.masters import Master
from gallery.services.exhibit_fields import ILLUSTRATION

#: One file for each photograph of the content, by its slug, and one for each badge.
SHIPPED = Path(__file__).parents[1] / "pictures"
#: A turn to open a picture is waited for, each time, for a quarter of a minute.
MOST_TURNS_MISSED = 20

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


def patient(attach: Attach) -> Attach:
    """Tries again while nothing is wrong but that everybody else is opening pictures, too: a busy machine is no
    reason to begin anew with an empty database."""

    def attach_in_the_end(file: SimpleUploadedFile) -> Master:
        for _ in range(MOST_TURNS_MISSED):
            try:
                return attach(file)
            except PhotoRefused as refusal:
                if not refusal.is_passing:
                    raise
        return attach(file)

    return attach_in_the_end


def shipped_file(name: str) -> Path:
    return SHIPPED / f"{name}{AVIF.extension}"


class Illustrations:
    """The pictures that come with the demo."""

    note = "Illustration drawn by this project, not a photograph."
    tags = [ILLUSTRATION]

    def give(self, photo: dict[str, Any], attach: Attach) -> Master:
        file = shipped_file(photo["slug"])
        return attach(SimpleUploadedFile(file.name, file.read_bytes(), AVIF.mime))

    def least(self, photo: dict[str, Any]) -> int:
        """One of them is too small on purpose."""
        with Image.open(shipped_file(photo["slug"])) as image:
            return max(image.size)


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
