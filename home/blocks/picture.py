from typing import Any

from django.conf import settings
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from cms.images.models import PortalImage


def complete(key: str) -> str:
    """Address of a public file, with scheme and host."""
    base = settings.MEDIA_URL if settings.MEDIA_URL.startswith("http") else settings.BASE_URL + settings.MEDIA_URL
    return base + key


def picture_facts(image: PortalImage) -> dict[str, Any]:
    """A picture of the editors' library for other sites: size, description, credit, and every file."""
    facts = image.picture
    facts["sources"] = [
        {name: source[name] for name in ("type", "width", "height", "bytes")} | {"url": complete(source["key"])}
        for source in facts["sources"]
    ]
    return facts


class PictureBlock(blocks.StructBlock):
    """A picture of the editors' library. Its description and credit come with it."""

    image = ImageChooserBlock(help_text="Its description and credit come from the library.")
    caption = blocks.CharBlock(max_length=300, required=False)

    def get_api_representation(self, value: dict, context: dict | None = None) -> dict[str, Any] | None:
        image = value["image"]
        return None if image is None else {**picture_facts(image), "caption": value["caption"]}

    class Meta:
        icon = "image"
        label = "Picture from the library"
        template = "home/blocks/picture.html"
