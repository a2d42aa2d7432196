"""How templates show a picture of the editors' library."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cms.images.models import PortalImage

register = template.Library()


@register.simple_tag
def library_picture(image: PortalImage | None, sizes: str, alt: str | None = None) -> SafeString:
    """A `picture` element from the ready-made ladder. Nothing while that is being made: no request encodes.

    `alt` stands in for the picture's own description where words beside it say the same; then it is empty."""
    if image is None or not image.sources:
        return mark_safe("")
    of = {kind: [s for s in image.sources if s["type"] == kind] for kind in ("image/avif", "image/jpeg")}
    sets = {
        kind: ", ".join(f"{settings.MEDIA_URL}{source['key']} {source['width']}w" for source in found)
        for kind, found in of.items()
    }
    middle = next((s for s in of["image/jpeg"] if s["width"] <= 1024), of["image/jpeg"][-1])
    return format_html(
        '<picture><source type="image/avif" srcset="{}" sizes="{}"><img src="{}{}" srcset="{}" sizes="{}" '
        'width="{}" height="{}" alt="{}" loading="lazy" decoding="async"></picture>',
        *(sets["image/avif"], sizes, settings.MEDIA_URL, middle["key"], sets["image/jpeg"], sizes),
        *(image.width, image.height, image.alt_text if alt is None else alt),
    )
