from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class QuoteBlock(blocks.StructBlock):
    """What somebody said, who they are, and their face if they like."""

    text = blocks.TextBlock(max_length=600, help_text="Without quotation marks.")
    speaker = blocks.CharBlock(max_length=120)
    post = blocks.CharBlock(max_length=160, required=False, help_text="Their job, if it helps the reader.")
    portrait = ImageChooserBlock(required=False, help_text="Its description comes from the library.")

    def get_api_representation(self, value: dict, context: dict | None = None) -> dict[str, Any]:
        portrait = value["portrait"]
        words = {name: value[name] for name in ("text", "speaker", "post")}
        return {**words, "portrait": portrait.as_api() if portrait else None}

    class Meta:
        icon = "openquote"
        template = "blocks/quote.html"
