"""How templates show an exhibit's picture and its dates."""

import datetime as dt

from django import template
from django.conf import settings

from gallery.models.exhibits import Exhibit

register = template.Library()


@register.simple_tag
def srcset(exhibit: Exhibit, mime: str, media: str = "", widest: int = 2400) -> str:
    """Every derivative of one format up to `widest` pixels."""
    return exhibit.sources.srcset(mime, max_width=widest, base=media)


@register.simple_tag
def source_url(exhibit: Exhibit, mime: str, media: str = "", widest: int = 2400) -> str:
    """Address of the widest derivative of one format up to `widest` pixels; empty when there is none."""
    fitting = exhibit.sources.of_type(mime, max_width=widest)
    return (media or settings.MEDIA_URL) + fitting[-1]["key"] if fitting else ""


@register.filter
def spoken_date(written: str) -> str:
    """`2026-03-14` as "14 March 2026", `2026-03` as "March 2026", anything else as it is."""
    for form, spoken in (("%Y-%m-%d", "{0.day} {0:%B} {0.year}"), ("%Y-%m", "{0:%B} {0.year}")):
        try:
            return spoken.format(dt.datetime.strptime(written, form))  # noqa: DTZ007
        except ValueError:
            continue
    return written
