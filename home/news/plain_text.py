"""The words of a page without its markup. What describes a picture is not among them."""

from collections.abc import Iterable
from typing import Any

from home.blocks.call_to_action import CallToActionBlock


def plain_text(blocks: Iterable[tuple[str, Any]]) -> str:
    """Paragraphs apart by an empty line. Each pair is a block's type and its bound block, or a string."""
    parts = (value if isinstance(value, str) else words_of(kind, value) for kind, value in blocks)
    return "\n\n".join(part for part in parts if part)


def words_of(kind: str, block: Any) -> str:
    """What one block says to somebody who only reads."""
    value = block.value
    if kind == "heading":
        return str(value)
    if kind == "paragraph":
        return block.block.get_api_representation(value)["text"]
    if kind == "quote":
        speaker = ", ".join(part for part in (value["speaker"], value["post"]) if part)
        return f"“{value['text']}”\n{speaker}"
    if kind == "call_to_action":
        told = CallToActionBlock().get_api_representation(value)
        return f"{told['words']}\n{told['button']}: {told['url']}" if told else ""
    if kind == "media":
        told = block.block.get_api_representation(value)
        return f"{told['title']}: {told['url']}\n{told['transcript']['text']}".strip() if told else ""
    return ""
