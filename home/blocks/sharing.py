"""The picture that stands beside a link to a page."""

from typing import Any

from cms.images.sources import share_card


def share_picture(body: Any) -> dict[str, Any] | None:
    """The card of the first photograph or library picture of a body that has one."""
    return share_card(
        child.value["image"] if child.block_type == "picture" else child.value
        for child in body
        if child.block_type in ("exhibit", "picture")
    )
