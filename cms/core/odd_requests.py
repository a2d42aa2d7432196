"""Requests that no browser sends, and others do: answered like any other, and never our error.

Paths with a NUL: `security`. Bodies: `cms.body_limits`. What forms and models hold: `text`. APIs are strict about
what may be asked and say themselves what they refuse.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase

from .text import clean_deep

#: What SQLite's driver says of a number; PostgreSQL compares it, and finds nothing.
NUMBER_TOO_LARGE = "Python int too large to convert to SQLite INTEGER"


class OddRequestMiddleware:
    """Forms are read as what our pages send, UTF-8, whatever they say they are; queries without what no text of
    ours holds; and where a number is asked for that no row can have, there is nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.encoding is not None:
            request.encoding = "utf-8"
        if not request.path.startswith("/api/"):
            asked = dict(request.GET.lists())
            if (cleaned := clean_deep(asked)) != asked:
                request.GET = QueryDict(urlencode(cleaned, doseq=True))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, OverflowError) and str(exception) == NUMBER_TOO_LARGE:
            raise Http404 from exception
