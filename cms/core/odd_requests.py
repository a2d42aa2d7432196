"""Requests that no browser sends, and others do: answered like any other or refused, and never our error.

Paths with a NUL: `security`. Bodies: `cms.body_limits`. What forms and models hold: `text`. APIs are strict about
what may be asked and say themselves what they refuse.
"""

import traceback
from collections.abc import Callable
from urllib.parse import urlencode

from django.core.exceptions import BadRequest, TooManyFieldsSent
from django.db import DataError
from django.http import Http404, HttpRequest, QueryDict, UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils.datastructures import MultiValueDictKeyError

from .text import clean_deep

#: What SQLite's driver says of a number; PostgreSQL compares it, and finds nothing.
NUMBER_TOO_LARGE = "Python int too large to convert to SQLite INTEGER"
#: What PostgreSQL's driver says of a text, and Python of one that is no text.
NUL, HALVES = "NUL (0x00)", "surrogates not allowed"
#: Whoever reads what a form sent, in Django and in Wagtail's blocks: what fails there is the form's mistake.
READER = "value_from_datadict"
#: Fields of a form. Only the page editor takes more: Django's own limit, which knows no addresses.
MOST_FIELDS = 1_000


def refuse_many_fields(request: HttpRequest) -> None:
    try:
        sent = sum(len(values) for _, values in request.POST.lists())
    except UnreadablePostError:  # whoever sent it has gone
        return
    if sent > MOST_FIELDS:
        raise TooManyFieldsSent(f"A form of {sent} fields.")


class OddRequestMiddleware:
    """Forms are read as what our pages send, UTF-8, whatever they say they are, and refused where that cannot be
    done; queries are read without what no text of ours holds; and where a number is asked for that no row can have,
    there is nothing."""

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
        if _is_unreadable(exception):
            raise BadRequest("What was sent cannot be read.") from exception


def _is_unreadable(exception: Exception) -> bool:
    """A form without a field that its page sends, or with letters in one that no text of ours holds."""
    if isinstance(exception, MultiValueDictKeyError):
        return True
    if isinstance(exception, UnicodeEncodeError):
        return exception.reason == HALVES
    if isinstance(exception, DataError):
        return NUL in str(exception)
    return any(frame.f_code.co_name == READER for frame, _ in traceback.walk_tb(exception.__traceback__))
