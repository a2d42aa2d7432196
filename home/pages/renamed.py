"""Addresses below a page that was renamed or moved. Wagtail leads from its old address to the new one; what was
printed, subscribed to or built upon below it (poster codes, foyer screens, feeds, calendars, API) follows here."""

import re
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from cms.core.addresses import path_of, quote_path

#: Addresses that name a page by its slug, and where that page stands.
NAMED = [
    (re.compile(r"(?P<before>/feeds/exhibition/)(?P<slug>[^/.]+)(?P<after>\.\w+)"), "/exhibitions"),
    (re.compile(r"(?P<before>/api/gallery/v1/exhibitions/)(?P<slug>[^/]+)(?P<after>/)"), "/exhibitions"),
    (re.compile(r"(?P<before>/events/)(?P<slug>[^/.]+)(?P<after>\.ics)"), "/events"),
]
#: So deep nothing of ours goes.
DEEPEST = 6


class RenamedMiddleware:
    """Asks only after everything else has said 404: one query for each step of the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        for old, before, after in _guesses(request.path):
            found = get_redirect(request, Redirect.normalise_path(old))
            if found is not None and found.redirect_page is not None and found.redirect_page.live:
                page = path_of(found.redirect_page)
                path = (before + page.rstrip("/").rpartition("/")[2] if before else page) + after
                query = f"?{request.META['QUERY_STRING']}" if request.META["QUERY_STRING"] else ""
                answer = HttpResponsePermanentRedirect(quote_path(path) + query)
                if allowed := response.headers.get("Access-Control-Allow-Origin"):
                    answer["Access-Control-Allow-Origin"] = allowed
                return answer
        return response


def _guesses(path: str) -> Iterator[tuple[str, str, str]]:
    """Old addresses of pages that this could hang on, what stands before its slug where it is only named, and what
    follows."""
    for pattern, home in NAMED:
        if match := pattern.fullmatch(path):
            before, slug, after = match.groups()
            yield f"{home}/{slug}", before, after
    steps = path.strip("/").split("/")[:DEEPEST]
    for number in range(len(steps) - 1, 0, -1):
        old = "/" + "/".join(steps[:number])
        yield old, "", path.removeprefix(f"{old}/")
