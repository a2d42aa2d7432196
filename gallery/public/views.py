"""The page of one photograph, and the page that stands where one has been."""

import datetime as dt

from django.conf import settings
from django.db.models import Count, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from cms.core.models import PAGE_CACHE_CONTROL
from gallery.enums import GONE_KINDS
from gallery.models.changes import Change
from gallery.models.exhibits import Exhibit, ExhibitQuerySet
from gallery.templatetags.pictures import source_url
from gallery.walls import PER_PAGE, address


@require_safe
@conditional_page
def exhibit(request: HttpRequest, edition: str, public_id: str, slug: str) -> HttpResponse:
    """One photograph. Its one address is answered; others with the same id lead there. Three queries."""
    now = timezone.now()
    shown = (
        Exhibit.objects.filter(pk=public_id, exhibition__live=True)
        .select_related("exhibition", "category", "department")
        .prefetch_related("labels")
        .defer("document", "card", "search_text")
        .first()
    )
    if shown is None:
        change = Change.objects.latest_for(public_id)
        if change is None or change.kind not in GONE_KINDS:
            raise Http404
        return gone(request, edition)
    if shown.expires_at is not None and shown.expires_at <= now:
        return gone(request, edition)
    if request.path != shown.path:
        response: HttpResponse = HttpResponsePermanentRedirect(shown.path)
    else:
        labels = shown.labels.all()
        context = {
            "exhibit": shown,
            "awards": [label for label in labels if label.kind == "award"],
            "tags": [label for label in labels if label.kind == "tag"],
            "sizes": f"min(100vw, calc((100vh - 11rem) * {shown.width / shown.height:.3f}))",
            "structured_data": structured_data(shown),
            **beside(shown, now=now),
        }
        response = render(request, "gallery/exhibit.html", context)
    response["Cache-Control"] = PAGE_CACHE_CONTROL
    return response


def gone(request: HttpRequest, edition: str) -> HttpResponse:
    """Says that a photograph is no longer shown: never which, who took it away, or why."""
    response = render(request, "gallery/gone.html", {"edition": edition, "reportable": ""}, status=410)
    response["Cache-Control"] = PAGE_CACHE_CONTROL
    return response


def beside(shown: Exhibit, *, now: dt.datetime) -> dict:
    """`previous` and `next` on the wall (None at its ends), and `back`, the wall's own page with the picture on
    it. One query; nothing of it is stored, so hanging or taking down a neighbour makes no page untrue."""
    wall = Exhibit.objects.on_wall(now).filter(exhibition=shown.exhibition_id)
    here, key = shown.wall_order, shown.pk
    earlier = wall.filter(Q(wall_order__lt=here) | Q(wall_order=here, pk__lt=key))
    later = wall.filter(Q(wall_order__gt=here) | Q(wall_order=here, pk__gt=key))
    found = (
        Exhibit.objects.filter(
            Q(pk=_first_key(earlier.order_by("-wall_order", "-pk"))) | Q(pk=_first_key(later.in_wall_order()))
        )
        .annotate(
            before=Subquery(earlier.order_by().values("exhibition").annotate(count=Count("pk")).values("count"))
        )
        .only("public_id", "slug", "title", "wall_order", "exhibition_id")
        .in_wall_order()
    )
    neighbours = {}
    place = 0
    for neighbour in found:
        neighbour.exhibition = shown.exhibition
        side = "previous" if (neighbour.wall_order, neighbour.pk) < (here, key) else "next"
        neighbours[side] = neighbour
        place = neighbour.before or 0  # type: ignore[attr-defined]
    query = address({}, place // PER_PAGE + 1).removesuffix("?")
    back = f"/exhibitions/{shown.exhibition.slug}/{query}#{shown.pk}"
    return {"previous": neighbours.get("previous"), "next": neighbours.get("next"), "back": back}


def _first_key(exhibits: ExhibitQuerySet) -> Subquery:
    return Subquery(exhibits.values("pk")[:1])


def structured_data(shown: Exhibit) -> dict | None:
    """JSON-LD for image search: the picture with its credit and licence. None when other sites may not show it."""
    picture = source_url(shown, "image/jpeg")
    if not shown.is_shared or not picture:
        return None
    page = settings.BASE_URL + shown.path
    licence = shown.get_licence()
    facts = {
        "@type": "ImageObject",
        "@id": page,
        "name": shown.title,
        "caption": shown.caption,
        "description": shown.alt_text,
        "contentUrl": picture if picture.startswith("http") else settings.BASE_URL + picture,
        "creditText": shown.credit,
        "copyrightNotice": shown.credit,
        "license": licence.url or page,
        "acquireLicensePage": page,
        "datePublished": f"{shown.hung_at:%Y-%m-%d}",
    }
    if shown.photographer_name:
        facts["creator"] = {"@type": "Person", "name": shown.photographer_name}
    return facts
