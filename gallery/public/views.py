"""The page of one photograph, and the page that stands where one has been."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cache

from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    SlugField,
    Subquery,
    prefetch_related_objects,
)
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from cms.changes.models import GONE, Change
from cms.core.compiled_queries import CompiledQuery, Param
from cms.core.context import portal
from cms.core.models import PAGE_CACHE_CONTROL
from cms.images.sources import share_card
from cms.people.models import Profile
from gallery.cards import fill_card
from gallery.enums import EXHIBIT
from gallery.models.exhibits import Exhibit, ExhibitQuerySet
from gallery.public.sharing import downloads, structured_data
from gallery.public.wall.page import PER_PAGE, address, room_of

#: How many others by the same maker, and from the same department, a page shows.
FEW = 4


@require_safe
@conditional_page
def exhibit(request: HttpRequest, edition: str, public_id: str, slug: str) -> HttpResponse:
    """One photograph. Its one address is answered; others with the same id lead there. Three queries."""
    now = timezone.now()
    shown = next(iter(_by_key().objects(now=now, key=public_id)), None)
    if shown is None:
        if not is_gone(public_id, now=now):
            raise Http404
        return gone(request, edition)
    if request.path != shown.path:
        response: HttpResponse = HttpResponsePermanentRedirect(shown.path)
    else:
        prefetch_related_objects([shown], "labels")
        labels = shown.labels.all()
        profile = f"/people/{shown.photographer_slug}/" if shown.has_profile else ""
        institution = portal(request)["portal"].institution
        context = {
            "exhibit": shown,
            "profile": profile,
            "room": room_of(shown),
            "awards": [label for label in labels if label.kind == "award"],
            "tags": [label for label in labels if label.kind == "tag"],
            "sizes": f"min(100vw, calc((100vh - 16rem) * {shown.width / shown.height:.3f}))",
            "downloads": downloads(shown),
            "share_picture": share_card([shown]),
            "structured_data": structured_data(shown, institution=institution, profile=profile),
            **around(shown, now=now),
        }
        response = render(request, "gallery/exhibit.html", context)
    response["Cache-Control"] = PAGE_CACHE_CONTROL
    return response


@cache
def _by_key() -> CompiledQuery:
    found = Exhibit.objects.on_wall(Param("now", DateTimeField())).filter(pk=Param("key", CharField()))
    return CompiledQuery(
        found.annotate(has_profile=Exists(Profile.objects.filter(pk=OuterRef("photographer_slug"))))
        .select_related("exhibition", "category", "department")
        .defer("document", "card", "search_text")
    )


def is_gone(public_id: str, *, now: dt.datetime) -> bool:
    """It was shown, and no longer is."""
    if Exhibit.objects.filter(pk=public_id, expires_at__lte=now).exists():
        return True
    change = Change.objects.latest_for(EXHIBIT, public_id)
    return change is not None and change.how in GONE


def gone(request: HttpRequest, edition: str) -> HttpResponse:
    """Says that a photograph is no longer shown: never which, who took it away, or why."""
    told = {"edition": edition, "reportable": ""}  # the way to report it would repeat its address, title and all
    response = render(request, "gallery/gone.html", told, status=410)
    response["Cache-Control"] = PAGE_CACHE_CONTROL
    return response


def around(shown: Exhibit, *, now: dt.datetime) -> dict:
    """`previous` and `next` on the wall (None at its ends), `back`, the wall's own page with the picture on it,
    and the cards of a few others `by_maker` and `from_department`, newest first. One query; nothing of it is
    stored, so hanging or taking down a neighbour makes no page untrue."""
    found = _around(with_maker=bool(shown.photographer_slug)).objects(
        now=now,
        key=shown.pk,
        here=shown.wall_order,
        exhibition=shown.exhibition_id,
        department=shown.department_id,
        maker=shown.photographer_slug,
    )
    place = (found[0].before or 0) if found else 0
    query = address({}, place // PER_PAGE + 1).removesuffix("?")
    maker = shown.photographer_slug
    by_maker = [other for other in found if maker and other.photographer_slug == maker][:FEW]
    return {
        **_neighbours(shown, found),
        "back": f"/exhibitions/{shown.exhibition.slug}/{query}#{shown.pk}",
        "by_maker": _cards(by_maker),
        "from_department": _cards(
            [other for other in found if other.department_id == shown.department_id and other not in by_maker][:FEW]
        ),
    }


@cache
def _around(*, with_maker: bool) -> CompiledQuery:
    now, key, here = Param("now", DateTimeField()), Param("key", CharField()), Param("here", IntegerField())
    everywhere = Exhibit.objects.on_wall(now).exclude(pk=key)
    wall = Exhibit.objects.on_wall(now).filter(exhibition=Param("exhibition", IntegerField()))
    earlier = wall.filter(Q(wall_order__lt=here) | Q(wall_order=here, pk__lt=key))
    later = wall.filter(Q(wall_order__gt=here) | Q(wall_order=here, pk__gt=key))
    others = everywhere.filter(department=Param("department", IntegerField())).order_by("-hung_at", "public_id")
    wanted = [*_keys(earlier.order_by("-wall_order", "-pk"), 1), *_keys(later.in_wall_order(), 1)]
    if with_maker:
        maker = Param("maker", SlugField())
        wanted += _keys(everywhere.filter(photographer_slug=maker).order_by("-hung_at", "public_id"), FEW)
        others = others.exclude(photographer_slug=maker)
    wanted += _keys(others, FEW)
    before = earlier.order_by().values("exhibition").annotate(count=Count("pk")).values("count")
    return CompiledQuery(
        Exhibit.objects.filter(pk__in=wanted)
        .annotate(before=Subquery(before))
        .defer("document", "search_text", "sources", "caption", "long_description")
        .order_by("-hung_at", "public_id")
    )


def _neighbours(shown: Exhibit, found: Iterable[Exhibit]) -> dict[str, Exhibit | None]:
    """The nearest of `found` on the same wall, on either side."""
    wall = sorted(
        (other for other in found if other.exhibition_id == shown.exhibition_id),
        key=lambda other: (other.wall_order, other.pk),
    )
    for other in wall:
        other.exhibition = shown.exhibition
    here = shown.wall_order, shown.pk
    return {
        "previous": next((other for other in reversed(wall) if (other.wall_order, other.pk) < here), None),
        "next": next((other for other in wall if (other.wall_order, other.pk) > here), None),
    }


def _keys(exhibits: ExhibitQuerySet, number: int) -> list[Subquery]:
    """The first keys one by one: an index answers each, where a list of lists would be joined row by row."""
    return [Subquery(exhibits.values("pk")[place : place + 1]) for place in range(number)]


def _cards(exhibits: Sequence[Exhibit]) -> list[str]:
    return [fill_card(exhibit.card) for exhibit in exhibits]
