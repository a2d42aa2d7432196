"""Addresses typed with capitals, off a poster or by a telephone: they lead to the one that is written small."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from .addresses import quote_path
from .areas import AREAS, Area

#: Parts of addresses that are the same in capitals. Ids and keys are not, nor names of files.
SLUGS = {"edition", "ending", "kind", "path", "slug"}


class CapitalsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path
        if request.method not in ("GET", "HEAD") or path == path.lower() or "\0" in path:
            return self.get_response(request)
        small = _write_small(path)
        if small == path or get_redirect(request, Redirect.normalise_path(path)):
            return self.get_response(request)
        query = request.META["QUERY_STRING"]
        answer = HttpResponsePermanentRedirect(quote_path(small) + (f"?{query}" if query else ""))
        if AREAS.get(_area(small)) is Area.PUBLIC:
            answer["Access-Control-Allow-Origin"] = "*"
        return answer


def _write_small(path: str) -> str:
    """All of it where nothing in it but slugs and numbers may vary, else only the name of its area."""
    try:
        parts = resolve(path.lower()).kwargs
        if all(name in SLUGS or isinstance(value, int | UUID) for name, value in parts.items()):
            return path.lower()
    except Resolver404:
        pass
    area = _area(path)
    return path.replace(area, area.lower(), 1) if area.lower() in AREAS else path


def _area(path: str) -> str:
    return path[1:].partition("/")[0]
