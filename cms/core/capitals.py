"""Addresses typed with capitals, off a poster or by a telephone: they lead to the one that is written small."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from .addresses import quote_path
from .areas import AREAS, Area

#: Names in addresses that are slugs. Ids are not: a capital makes another one of them.
SLUGS = {"edition", "path", "slug"}


class CapitalsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        if (
            request.method not in ("GET", "HEAD")
            or request.path == request.path.lower()
            or not set(kwargs) <= SLUGS
        ):
            return None
        area, _, rest = request.path[1:].partition("/")
        if AREAS.get(area, Area.PAGES) is not Area.PAGES:
            return None
        if AREAS.get(area.lower(), Area.PAGES) is Area.PAGES:
            rest = rest.lower()
        path = f"/{area.lower()}/{rest}"
        if path == request.path or get_redirect(request, Redirect.normalise_path(request.path)):
            return None
        query = request.META["QUERY_STRING"]
        return HttpResponsePermanentRedirect(quote_path(path) + (f"?{query}" if query else ""))
