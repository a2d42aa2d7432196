from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class PictureBlock(blocks.StructBlock):
    """A picture of the editors' library. Its description and credit come with it."""

    image = ImageChooserBlock(help_text="Its description and credit come from the library.")
    caption = blocks.CharBlock(max_length=300, required=False)

    def get_api_representation(self, value: dict, context: dict | None = None) -> dict[str, Any] | None:
        image = value["image"]
        return None if image is None else {**image.as_api(), "caption": value["caption"]}

    class Meta:
        icon = "image"
        label = "Picture from the library"
        template = "blocks/picture.html"
