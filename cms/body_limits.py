"""How much anybody may send to an address: the one table, and what holds every request to it.

Closed by default: an address that is not named here takes `DEFAULT`, and so does every address from somebody who is
not signed in. So much stays in memory; a temporary file is made only where somebody who is signed in sends pictures
or a long page. Django reads no further than a request says it is long, and nothing of one that does not say: to
compare that length before anything is read bounds what is read. `deploy/nginx.conf` repeats the table.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from cms.api.answers import problem
from cms.core.odd_requests import refuse_many_fields
from cms.core.uploads import take_files, take_no_files
from cms.images.formats import Limits

MEGABYTE = 1024 * 1024
DEFAULT = MEGABYTE
PAGE = 4 * MEGABYTE
#: One picture of the largest kind, and room for the words beside it.
LIBRARY_PICTURE = Limits().max_bytes + MEGABYTE

#: Names of addresses that take more.
LIMITS = {
    "wagtailadmin_pages:add": PAGE,
    "wagtailadmin_pages:edit": PAGE,
    "wagtailadmin_pages:preview_on_add": PAGE,
    "wagtailadmin_pages:preview_on_edit": PAGE,
    "wagtailimages:add": LIBRARY_PICTURE,
    "wagtailimages:add_multiple": LIBRARY_PICTURE,
    "wagtailimages:edit": LIBRARY_PICTURE,
    "wagtailimages_chooser:create": LIBRARY_PICTURE,
}
#: The entry form. It reads to the end, so that no word is lost to a picture that is too large, but keeps of the
#: pictures only what their edition allows (`gallery.desk.entry_form`), and none of somebody who is not signed in.
BOUNDED_BY_THE_VIEW = {"desk:enter", "desk:edit"}

TOO_LARGE = 413


class BodyLimitMiddleware:
    """Comes first. Of a large body no file is kept until the address and the sender are known: pages that say
    “not found” or “bad request” read the form as well, for its CSRF token."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _length(request) > DEFAULT:
            take_no_files(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponseBase | None:
        length = _length(request)
        if request.resolver_match is None:
            return None
        name = request.resolver_match.view_name
        if name in BOUNDED_BY_THE_VIEW:
            return None
        most = LIMITS.get(name, DEFAULT)
        if length > most:
            return too_large(request, most)
        if length > DEFAULT:
            if not request.user.is_authenticated:
                return too_large(request, DEFAULT, signed_out=True)
            take_files(request)
        if most != PAGE:
            refuse_many_fields(request)
        return None


def too_large(request: HttpRequest, most: int | None = None, *, signed_out: bool = False) -> HttpResponse:
    """Says so kindly, in the form of the address; without a number where a server in front has refused."""
    if most is not None and request.path.startswith("/api/"):
        detail = f"The most this address takes is {most // MEGABYTE} MB."
        response = problem(TOO_LARGE, detail, headers={"Cache-Control": "no-store"})
        response["Access-Control-Allow-Origin"] = "*"
        return response
    context = {"megabytes": (most or 0) // MEGABYTE, "signed_out": signed_out}
    response = render(request, "413.html", context, status=TOO_LARGE)
    response["Cache-Control"] = "no-store, private"
    return response


def _length(request: HttpRequest) -> int:
    """What the request says; without a number nothing of it is read."""
    said = request.META.get("CONTENT_LENGTH") or ""
    return int(said) if said.isascii() and said.isdecimal() else 0
