from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from cms.core.listing import Choice, make_pager, offer_choices, page_address, read_page_number
from cms.core.models import PAGE_CACHE_CONTROL
from cms.core.routed_page import PageMeta
from gallery.public.wall.page import PER_PAGE

from .queries import LONGEST, PHOTOGRAPHS, Found, find

PAGE_META = PageMeta("Search", "/search/", "Find the people, pages, events and photographs of this portal.")


@require_safe
@conditional_page
def search(request: HttpRequest) -> HttpResponse:
    """What the words in `q` find; `kind` narrows it. Without words, the empty box."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    kind = request.GET.get("kind", "")[:60]
    page = read_page_number(request.GET)
    found = find(words, kind=kind, start=(page - 1) * PER_PAGE)
    context = {
        "page_meta": PAGE_META,
        "words": words,
        "kind": kind,
        "found": found,
        "kinds": _choices(found.meant or words, kind, found),
        "pager": make_pager(
            page,
            size=PER_PAGE,
            shown=len(found.cards),
            more=found.has_more,
            address=lambda number: _address(found.meant or words, kind, number),
        ),
        "meant_address": _address(found.meant, "") if found.meant else None,
    }
    response = render(request, "search/search.html", context)
    response["Cache-Control"] = PAGE_CACHE_CONTROL
    return response


def _choices(words: str, kind: str, found: Found) -> list[Choice]:
    """Links that narrow the answer to one kind. Photographs are not counted to the end: “24+”."""
    offers = [
        (slug, name, f"{number}+" if slug == PHOTOGRAPHS and found.has_more else number)
        for slug, (name, number) in found.kinds.items()
    ]
    return offer_choices(
        [("", "Everything", None), *offers], chosen=kind, address=lambda slug: _address(words, slug)
    )


def _address(words: str, kind: str, page: int = 1) -> str:
    return page_address({"q": words, **({"kind": kind} if kind else {})}, page)
