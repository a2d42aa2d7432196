"""The picture that stands beside a link to a page."""

from typing import Any

from home.blocks.picture import complete

#: Messengers shrink anything larger themselves, and some refuse it.
WIDEST = 1600


def share_picture(body: Any) -> dict[str, Any] | None:
    """The first photograph or library picture of a body: `url` (complete), `width`, `height`, `alt`. Photographs
    that other sites may not show are passed over."""
    for child in body:
        found = None
        if child.block_type == "exhibit" and child.value is not None and child.value.is_shared:
            found, alt = child.value.sources, child.value.alt_text
        elif child.block_type == "picture" and child.value["image"] is not None:
            found, alt = child.value["image"].sources, child.value["image"].alt_text
        jpegs = [source for source in found or [] if source["type"] == "image/jpeg"]
        if jpegs:
            fitting = [source for source in jpegs if source["width"] <= WIDEST] or jpegs
            best = max(fitting, key=lambda source: source["width"])
            return {"url": complete(best["key"]), "width": best["width"], "height": best["height"], "alt": alt}
    return None
