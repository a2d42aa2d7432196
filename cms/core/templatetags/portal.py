"""Template tags every part of the site uses. Loaded into every template."""

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cms.core import context, date_ranges, logs
from cms.core.waiting import PROMISE

register = template.Library()


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A decorative icon from the sprite; words beside it carry the meaning."""
    sprite = static("cms/icons/sprite.svg")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


@register.filter
def initials(name: str) -> str:
    """Of the first and the last name, to stand where somebody has shown no picture."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.simple_tag
def cached_include(name: str, **varying: object) -> SafeString:
    """A part that is the same on every page but for `varying`: rendered once, and kept as long as the site's
    settings and menu are. It sees those and nothing of the page or of its reader."""
    site = context.current()
    key = (name, *varying.values())
    if key not in site["cached_includes"]:
        site["cached_includes"][key] = render_to_string(name, site | varying)
    return site["cached_includes"][key]


@register.filter
def deadline(moment: dt.datetime) -> str:
    return date_ranges.deadline_in_words(moment)


@register.filter
def opening(moment: dt.datetime) -> str:
    return date_ranges.opening_in_words(moment)


@register.simple_tag
def promise() -> str:
    """How long we say that a reply takes, in words."""
    return PROMISE


@register.simple_tag
def request_id() -> str:
    """By which somebody can tell us what went wrong, and we find it in the logs. For pages that say that it did."""
    return logs.request_id.get()


#: Letters that could end the script element, or be read as markup, as JSON writes them.
IN_MARKUP = str.maketrans({"&": "\\u0026", "<": "\\u003c", ">": "\\u003e"})


@register.simple_tag
def json_ld(facts: Mapping | None) -> SafeString:
    """What machines may know of the page, as JSON-LD of schema.org. Nothing for no facts."""
    if not facts:
        return mark_safe("")
    text = json.dumps({"@context": "https://schema.org", **facts}, ensure_ascii=False).translate(IN_MARKUP)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
