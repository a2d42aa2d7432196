from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from cms.core.models import PAGE_CACHE_CONTROL
from gallery.walls import PER_PAGE

from .queries import LONGEST, find


@require_safe
@conditional_page
def search(request: HttpRequest) -> HttpResponse:
    """What the words in `q` find. Without words, the empty box."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    asked = request.GET.get("page", "")
    number = max(1, min(int(asked), 1_000)) if asked.isdecimal() else 1
    found = find(words, start=(number - 1) * PER_PAGE)
    context = {
        "words": words,
        "found": found,
        "page_number": number,
        "next_page": _address(words, number + 1) if found.has_more else None,
        "previous_page": _address(words, number - 1) if number > 1 else None,
    }
    response = render(request, "search/search.html", context)
    response["Cache-Control"] = PAGE_CACHE_CONTROL
    return response


def _address(words: str, page: int) -> str:
    return "?" + urlencode({"q": words, **({"page": page} if page > 1 else {})})
