"""An article's lead picture: a photograph from the wall or from the library, fetched for many at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rest_framework.fields import Field

from cms.images.models import PortalImage
from cms.images.sources import PublicPicture
from gallery.models.exhibits import Exhibit


class ReadOnly(Field):
    """One property of a page, as it is."""

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(read_only=True, source="*", **options)
        self.name = name

    def to_representation(self, page: Any) -> Any:
        return getattr(page, self.name)

    def __deepcopy__(self, memo: dict) -> ReadOnly:
        return ReadOnly(self.name)


@dataclass(frozen=True)
class LeadPicture:
    """A photograph speaks for itself; a picture of the library may have a caption."""

    picture: PublicPicture
    caption: str = ""

    @property
    def exhibit(self) -> Exhibit | None:
        return self.picture if isinstance(self.picture, Exhibit) else None

    @property
    def focus(self) -> str:
        """Where the eye should land when it is cropped, as CSS."""
        return f"{self.exhibit.focal_x:.0%} {self.exhibit.focal_y:.0%}" if self.exhibit else "50% 40%"


def read_leads(stored: Iterable[Sequence[Any]]) -> list[LeadPicture | None]:
    """One for each stored stream, in their order. One query for photographs and one for library pictures, where
    there are any."""
    wanted = [_first(raw) for raw in stored]
    found = {kind: _in_bulk(kind, wanted) for kind in ("exhibit", "picture")}
    pictures = [(found.get(kind, {}).get(key), caption) for kind, key, caption in wanted]
    return [LeadPicture(picture, caption) if picture else None for picture, caption in pictures]


def _first(raw: Sequence[Any]) -> tuple[str, Any, str]:
    """Kind, key and caption of the only block; empty when there is none."""
    if not raw:
        return "", None, ""
    block = raw[0]
    if block["type"] == "picture":
        value = block["value"] or {}
        return "picture", value.get("image"), value.get("caption") or ""
    return block["type"], block["value"], ""


def _in_bulk(kind: str, wanted: list[tuple[str, Any, str]]) -> dict:
    keys = {key for of, key, _ in wanted if of == kind and key}
    if not keys:
        return {}
    if kind == "picture":
        return PortalImage.objects.in_bulk(keys)
    shown = Exhibit.objects.on_wall().select_related("exhibition").defer("document", "card", "search_text")
    return shown.in_bulk(keys)
