"""What search engines are told: which addresses there are, with their pictures, and where not to look.

Read from the same rows as the pages themselves, at the moment it is asked for: what is taken down is out at once.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from cms.core.addresses import absolute_media_url, absolute_url
from cms.core.areas import CLOSED_TO_ROBOTS
from cms.core.listing import listed
from cms.core.models import PAGE_CACHE_CONTROL
from cms.core.shared_lists import tell_each
from cms.images.sources import Sources
from gallery.models.exhibits import Exhibit
from home.technicians.models import open_profiles

#: Addresses in one file. Readers take 50,000; a file this long is written in a blink.
PER_FILE = 2000


@dataclass(frozen=True)
class AddressKind:
    """One kind of address: its rows in a lasting order, and what is told of each row."""

    rows: Callable[[], QuerySet]
    told: Callable[[tuple], dict]


def _pages() -> QuerySet:
    return listed().filter(depth__gt=1).order_by("pk").values_list("url_path", "last_published_at")


def _page(row: tuple) -> dict:
    path, changed = row
    return {"address": f"/{path.split('/', 2)[2]}", "changed": changed}


def _people() -> QuerySet:
    """Nobody, as long as there is no page that shows them."""
    return open_profiles().order_by("pk").values_list("slug", "updated_at")


def _person(row: tuple) -> dict:
    slug, changed = row
    return {"address": f"/people/{slug}/", "changed": changed}


def _photographs() -> QuerySet:
    hanging = Exhibit.objects.on_wall(timezone.now())
    fields = ("exhibition__slug", "public_id", "slug", "updated_at", "is_shared", "sources")
    return hanging.order_by("hung_at", "public_id").values_list(*fields)


def _photograph(row: tuple) -> dict:
    """Its licence stands on its page. A picture other sites may not show is not offered to image search."""
    edition, public_id, slug, changed, is_shared, sources = row
    widest = Sources(sources).best_jpeg() if is_shared else None
    return {
        "address": f"/exhibitions/{edition}/{public_id}-{slug}/",
        "changed": changed,
        "picture": absolute_media_url(widest["key"]) if widest else None,
    }


KINDS = {
    "pages": AddressKind(_pages, _page),
    "people": AddressKind(_people, _person),
    "photographs": AddressKind(_photographs, _photograph),
}


@require_safe
@conditional_page
def index(request: HttpRequest) -> HttpResponse:
    """Every file there is. One count for each kind, and what Wagtail asks about private pages."""
    parts = [
        f"/sitemap-{name}-{part}.xml"
        for name, kind in KINDS.items()
        for part in range(1, math.ceil(kind.rows().count() / PER_FILE) + 1)
    ]
    return _answer(request, "search/sitemap_index.xml", {"parts": [absolute_url(part) for part in parts]})


@require_safe
@conditional_page
def addresses(request: HttpRequest, kind: str, part: int) -> HttpResponse:
    """One file of addresses. One query, two for pages."""
    if kind not in KINDS or not 0 < part < 10_000:
        raise Http404
    rows = list(KINDS[kind].rows()[(part - 1) * PER_FILE : part * PER_FILE])
    if not rows:
        raise Http404
    told = tell_each(rows, KINDS[kind].told)
    for one in told:
        one["address"] = absolute_url(one["address"])
    return _answer(request, "search/sitemap.xml", {"addresses": told})


@require_safe
@conditional_page
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read. Touches nothing."""
    closed = [f"Disallow: {area}" for area in CLOSED_TO_ROBOTS]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {absolute_url('/sitemap.xml')}", ""]
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = PAGE_CACHE_CONTROL
    return response


def _answer(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    response = render(request, template, context, content_type="application/xml; charset=utf-8")
    response["Cache-Control"] = PAGE_CACHE_CONTROL
    return response
