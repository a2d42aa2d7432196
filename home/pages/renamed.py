"""Old addresses lead to the new ones. Wagtail leads from that of a page that was renamed or moved; what was
printed, subscribed to or built upon below it (poster codes, foyer screens, feeds, calendars, API) follows here, and
so does every address that names an edition, a category or a department by what it was called before."""

import re
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.core.addresses import path_of, quote_path
from cms.core.areas import is_private
from cms.core.former_slugs import slug_now

#: Addresses that name a page by its slug, and where that page stands.
NAMED = [
    (re.compile(r"(?P<before>/feeds/exhibition/)(?P<slug>[^/.]+)(?P<after>\.\w+)"), "/exhibitions"),
    (re.compile(r"(?P<before>/api/gallery/v1/exhibitions/)(?P<slug>[^/]+)(?P<after>/)"), "/exhibitions"),
    (re.compile(r"(?P<before>/events/)(?P<slug>[^/.]+)(?P<after>\.ics)"), "/events"),
]
#: Addresses that name something else by its slug.
CALLED = re.compile(r"/(?:feeds/)?(?P<kind>category|department)s?/(?P<slug>[^/.]+)[/.].*")
#: Questions that do.
KINDS = {"category", "department", "exhibition"}
#: Wagtail's question of what stands at an address.
FIND, AT = "/api/v2/pages/find/", "html_path"
#: Other sites' pages may follow there, too.
OPEN_TO_ALL = ("/api/", "/feeds/")
#: So deep nothing of ours goes.
DEEPEST = 6


class RenamedMiddleware:
    """Asks only after everything else has said 404: one query for each step of the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        if new := _with_new_names(request):
            return _redirect(request.path, new)
        response = self.get_response(request)
        if response.status_code != 404:
            return response
        query = request.META["QUERY_STRING"]
        for old, before, after in _guesses(request.path):
            if page := _moved(request, old):
                path = path_of(page)
                return _redirect((before + path.rstrip("/").rpartition("/")[2] if before else path) + after, query)
        called = CALLED.fullmatch(request.path)
        if called and (now := slug_now(called["kind"], called["slug"])):
            return _redirect(request.path[: called.start("slug")] + now + request.path[called.end("slug") :], query)
        if request.path == FIND and (page := _moved(request, Redirect.normalise_path(request.GET.get(AT, "")))):
            asked = request.GET.copy()
            asked[AT] = path_of(page)
            return _redirect(FIND, asked.urlencode(safe="/"))
        return response


def _with_new_names(request: HttpRequest) -> str:
    """The query with names of today, if it holds an older one."""
    if is_private(request.path):
        return ""
    new = {kind: now for kind in KINDS & set(request.GET) if (now := slug_now(kind, request.GET[kind]))}
    if not new:
        return ""
    asked = request.GET.copy()
    for kind, now in new.items():
        asked[kind] = now
    return asked.urlencode()


def _moved(request: HttpRequest, old: str) -> Page | None:
    """The page that stood there, if it can be seen."""
    found = get_redirect(request, Redirect.normalise_path(old))
    page = found.redirect_page if found is not None else None
    return page if page is not None and page.live else None


def _redirect(path: str, query: str) -> HttpResponsePermanentRedirect:
    answer = HttpResponsePermanentRedirect(quote_path(path) + (f"?{query}" if query else ""))
    if path.startswith(OPEN_TO_ALL):
        answer["Access-Control-Allow-Origin"] = "*"
    return answer


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
