"""An article's lead picture: a photograph from the wall or from the library, fetched for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from rest_framework.fields import Field

from cms.images.models import PortalImage
from gallery.models.exhibits import Exhibit
from home.blocks.picture import complete

if TYPE_CHECKING:
    from home.models import ArticlePage

    Article = TypeVar("Article", bound=ArticlePage)

#: Widest copy in share cards and feeds, in pixels.
SHARED_WIDTH = 1600


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
class Lead:
    """Exactly one of `exhibit` and `image`."""

    exhibit: Exhibit | None = None
    image: PortalImage | None = None
    caption: str = ""

    @property
    def width(self) -> int:
        return (self.exhibit or self.image).width  # type: ignore[union-attr]

    @property
    def height(self) -> int:
        return (self.exhibit or self.image).height  # type: ignore[union-attr]

    @property
    def colour(self) -> str:
        return (self.exhibit or self.image).colour  # type: ignore[union-attr]

    @property
    def focus(self) -> str:
        """Where the eye should land when it is cropped, as CSS."""
        if self.exhibit:
            return f"{self.exhibit.focal_x:.0%} {self.exhibit.focal_y:.0%}"
        return "50% 40%"

    @property
    def credit(self) -> str:
        return self.exhibit.credit if self.exhibit else self.image.credit_line  # type: ignore[union-attr]

    @property
    def shared(self) -> dict[str, Any] | None:
        """For messengers and feeds: `url`, `width`, `height`, `bytes`, `alt`, `credit`, `licence`, `licence_url`.
        None when other sites may not show it."""
        if self.exhibit and not self.exhibit.is_shared:
            return None
        kept = self.exhibit or self.image
        jpegs = sorted((s for s in kept.sources if s["type"] == "image/jpeg"), key=lambda s: s["width"])  # type: ignore[union-attr]
        if not jpegs:
            return None
        fitting = [source for source in jpegs if source["width"] <= SHARED_WIDTH] or jpegs[:1]
        source = fitting[-1]
        return {
            "url": complete(source["key"]),
            "width": source["width"],
            "height": source["height"],
            "bytes": source["bytes"],
            "alt": kept.alt_text,  # type: ignore[union-attr]
            "credit": self.credit,
            **self._licence(),
        }

    def _licence(self) -> dict[str, str]:
        if self.exhibit:
            licence = self.exhibit.get_licence()
            return {"licence": licence.label, "licence_url": licence.url}
        credit = self.image.embedded_credit()  # type: ignore[union-attr]
        return {"licence": credit.usage_terms, "licence_url": credit.licence_url}


def fill(articles: list[Article]) -> list[Article]:
    """Gives each its `lead`. One query for photographs and one for library pictures, where there are any."""
    wanted = [(article, _first(article.lead_picture.raw_data)) for article in articles]
    exhibits = _in_bulk("exhibit", wanted)
    images = _in_bulk("picture", wanted)
    for article, (kind, key, caption) in wanted:
        lead = None
        if kind == "exhibit" and key in exhibits:
            lead = Lead(exhibit=exhibits[key])
        elif kind == "picture" and key in images:
            lead = Lead(image=images[key], caption=caption)
        article._lead = lead
    return articles


def _first(raw: Sequence[Any]) -> tuple[str, Any, str]:
    """Kind, key and caption of the only block; empty when there is none."""
    if not raw:
        return "", None, ""
    block = raw[0]
    if block["type"] == "picture":
        value = block["value"] or {}
        return "picture", value.get("image"), value.get("caption") or ""
    return block["type"], block["value"], ""


def _in_bulk(kind: str, wanted: list[tuple[Any, tuple[str, Any, str]]]) -> dict:
    keys = {key for _, (of, key, _) in wanted if of == kind and key}
    if not keys:
        return {}
    if kind == "picture":
        return PortalImage.objects.in_bulk(keys)
    shown = Exhibit.objects.on_wall().select_related("exhibition").defer("document", "card", "search_text")
    return shown.in_bulk(keys)
