from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from cms.core.models import PAGE_CACHE_CONTROL
from gallery.public.wall.page import PER_PAGE
from home.models.routed_page import Face

from .queries import LONGEST, Found, find

FACE = Face("Search", "/search/", "Find the people, pages, events and photographs of this portal.")


@require_safe
@conditional_page
def search(request: HttpRequest) -> HttpResponse:
    """What the words in `q` find; `kind` narrows it. Without words, the empty box."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    kind = request.GET.get("kind", "").replace("\x00", "")[:60]
    asked = request.GET.get("page", "")
    number = max(1, min(int(asked), 1_000)) if asked.isdecimal() else 1
    found = find(words, kind=kind, start=(number - 1) * PER_PAGE)
    context = {
        "face": FACE,
        "words": words,
        "kind": kind,
        "found": found,
        "kinds": _choices(words, kind, found),
        "page_number": number,
        "next_page": _address(words, kind, number + 1) if found.has_more else None,
        "previous_page": _address(words, kind, number - 1) if number > 1 else None,
        "meant_address": _address(found.meant, "", 1) if found.meant else None,
    }
    response = render(request, "search/search.html", context)
    response["Cache-Control"] = PAGE_CACHE_CONTROL
    return response


def _choices(words: str, kind: str, found: Found) -> list[dict]:
    """Links that narrow the answer to one kind. Photographs are not counted to the end: “24+”."""
    everything = [("", ("Everything", 0))]
    return [
        {
            "name": name,
            "count": f"{number}{'+' if slug == 'photographs' and found.has_more else ''}" if number else "",
            "address": _address(words, slug, 1),
            "chosen": slug == kind,
        }
        for slug, (name, number) in [*everything, *found.kinds.items()]
    ]


def _address(words: str, kind: str, page: int) -> str:
    more = {name: value for name, value in (("kind", kind), ("page", page if page > 1 else "")) if value}
    return "?" + urlencode({"q": words, **more})
