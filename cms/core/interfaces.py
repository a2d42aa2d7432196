"""What stands on a page besides its own fields. Whoever lies above a page adds it: `@page_context(HomePage)`."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

Part = Callable[[Any, HttpRequest], dict[str, Any]]

_parts: dict[type[Page], list[Part]] = {}


def page_context(kind: type[Page]) -> Callable[[Part], Part]:
    """Its answer joins the template context of every page of this type. Register when the app starts."""

    def register(part: Part) -> Part:
        _parts.setdefault(kind, []).append(part)
        return part

    return register


def parts_for(page: Page, request: HttpRequest) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in _parts.get(type(page), ()):
        found |= part(page, request)
    return found
