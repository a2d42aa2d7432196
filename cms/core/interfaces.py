"""How what stands low shows what stands high: whoever lies above registers it here when the app starts.

`@page_context(HomePage)` adds to a page's template context, `@block_data(LatestNewsBlock)` gives a block what it
shows, in templates and APIs alike.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.blocks import Block
from wagtail.models import Page

Part = Callable[[Any, HttpRequest], dict[str, Any]]
#: Takes the block's value.
Data = Callable[[Any], dict[str, Any]]

_parts: dict[type[Page], list[Part]] = {}
_data: dict[type[Block], Data] = {}


def page_context(kind: type[Page]) -> Callable[[Part], Part]:
    """Its answer joins the template context of every page of this type. Names the page gives itself win."""

    def register(part: Part) -> Part:
        _parts.setdefault(kind, []).append(part)
        return part

    return register


def parts_for(page: Page, request: HttpRequest) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in _parts.get(type(page), ()):
        found |= part(page, request)
    return found


def block_data(kind: type[Block]) -> Callable[[Data], Data]:
    """Its answer is what blocks of this class show. One function a class: two would disagree."""

    def register(data: Data) -> Data:
        if kind in _data:
            raise ValueError(f"{kind.__name__} has its data already")
        _data[kind] = data
        return data

    return register


def data_for(block: Block, value: Any) -> dict[str, Any]:
    """Raises KeyError when nobody has registered any: a block without its feature should be seen, not be empty."""
    return _data[type(block)](value)
