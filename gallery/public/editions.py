"""The page of an edition, found in one query. Everything else about it is Wagtail's."""

from functools import cache

from django.db.models import SlugField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from cms.core.compiled_queries import CompiledQuery, Param
from cms.core.models import PAGE_CACHE_CONTROL
from cms.core.routed_page import PageMeta
from gallery.models.exhibitions import ExhibitionPage


@conditional_page
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    """Tells Wagtail which page it is before it looks for it, which takes eight queries. Hooks run as for any page.

    One that is not there, not live or not for everybody is left to Wagtail, with its redirects and its locks."""
    page = at_door(slug)
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
    return serve(request, f"exhibitions/{slug}/")


@require_safe
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """What one may enter, by when, how it is decided, and what there is to win: the edition's, for as long as its
    page is there."""
    page = at_door(slug)
    if page is None:
        raise Http404
    now = timezone.now()
    address = f"{page.address}rules/"
    introduction = f"What you can enter for {page.title}, by when, how we decide, and what there is to win."
    context = {
        "edition": page,
        "page": PageMeta(f"Rules: {page.title}", address, introduction),
        "categories": page.categories.all(),
        "takes_entries": page.takes_entries(now),
    }
    response = render(request, "gallery/rules.html", context)
    response["Cache-Control"] = PAGE_CACHE_CONTROL
    return response


def at_door(slug: str) -> ExhibitionPage | None:
    """The edition, if it is live and for everybody, with its wall's version. One query."""
    names, prepared = _at_door()
    for *values, number in prepared.rows(slug=slug):
        page = ExhibitionPage.from_db("default", names, values)
        page.wall_version = number or 0
        return page
    return None


@cache
def _at_door() -> tuple[list[str], CompiledQuery]:
    names = [field.attname for field in ExhibitionPage._meta.concrete_fields]
    found = ExhibitionPage.objects.at_door(Param("slug", SlugField())).order_by()
    return names, CompiledQuery(found.values_list(*names, "wall_version"))
