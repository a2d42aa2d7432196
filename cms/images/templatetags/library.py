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
    middle = image.sources.best_jpeg(max_width=1024) if image else None
    if image is None or middle is None:
        return mark_safe("")
    avif, jpeg = image.sources.srcset("image/avif"), image.sources.srcset("image/jpeg")
    return format_html(
        '<picture><source type="image/avif" srcset="{}" sizes="{}"><img src="{}{}" srcset="{}" sizes="{}" '
        'width="{}" height="{}" alt="{}" dir="auto" loading="lazy" decoding="async"></picture>',
        *(avif, sizes, settings.MEDIA_URL, middle["key"], jpeg, sizes),
        *(image.width, image.height, image.alt_text if alt is None else alt),
    )
