"""A picture's ready-made public files: which of them to show, and where they are."""

from collections.abc import Iterable
from math import inf
from typing import Any, Protocol, TypedDict

from django.conf import settings

from cms.core.addresses import absolute_media_url
from cms.images import formats

#: Messengers shrink what is wider, in pixels, and show no picture beside a link that is heavier, in bytes.
SHARE_WIDTH, SHARE_BYTES = 1600, 600_000


class Source(TypedDict):
    """One file. Sizes are upright pixels; `key` is its name in public storage."""

    type: str
    width: int
    height: int
    key: str
    bytes: int


class Sources(list[Source]):
    """Every file of one picture, as stored; none while they are being made."""

    @property
    def keys(self) -> list[str]:
        return [source["key"] for source in self]

    def of_type(self, mime: str, *, max_width: float = inf, max_bytes: float = inf) -> list[Source]:
        """Files of one format within both limits, narrowest first. When all are too wide or too heavy the narrowest
        stays, so that a picture is never missing for its size."""
        files = sorted((source for source in self if source["type"] == mime), key=lambda source: source["width"])
        return [file for file in files if file["width"] <= max_width and file["bytes"] <= max_bytes] or files[:1]

    def best_jpeg(self, *, max_width: float = inf, max_bytes: float = inf) -> Source | None:
        """The widest JPEG that `of_type` finds within both limits; None only when there is no JPEG."""
        return next(reversed(self.of_type(formats.JPEG.mime, max_width=max_width, max_bytes=max_bytes)), None)

    def srcset(self, mime: str, *, max_width: float = inf, base: str = "") -> str:
        """For our own pages, without the host. `base` stands where the address of public files would."""
        files = self.of_type(mime, max_width=max_width)
        return ", ".join(f"{base or settings.MEDIA_URL}{file['key']} {file['width']}w" for file in files)

    def as_api(self, base: str = "") -> list[dict[str, Any]]:
        """As other sites read them, with complete addresses, or with `base` before each key."""
        base = base or absolute_media_url("")
        return [
            {
                "type": source["type"],
                "width": source["width"],
                "height": source["height"],
                "url": base + source["key"],
                "bytes": source["bytes"],
            }
            for source in self
        ]

    def share_card(self, alt: str) -> dict[str, Any] | None:
        """What messengers show beside a link: `url` (complete), `width`, `height`, `alt`. None without any JPEG."""
        file = self.best_jpeg(max_width=SHARE_WIDTH, max_bytes=SHARE_BYTES)
        if file is None:
            return None
        return {
            "url": absolute_media_url(file["key"]),
            "width": file["width"],
            "height": file["height"],
            "alt": alt,
        }


class PublicPicture(Protocol):
    """What a photograph on the wall and a picture of the library have in common. Sizes are those of the whole."""

    sources: Sources
    width: int
    height: int
    colour: str
    alt_text: str
    is_shared: bool

    @property
    def credit_line(self) -> str: ...

    def get_licence(self) -> Any:
        """Has a `label` and a `url`, which is empty when all rights are kept."""


def share_card(pictures: Iterable[PublicPicture | None]) -> dict[str, Any] | None:
    """The `Sources.share_card` of the first that other sites may show and whose files are made."""
    cards = (one.sources.share_card(one.alt_text) for one in pictures if one is not None and one.is_shared)
    return next(filter(None, cards), None)
