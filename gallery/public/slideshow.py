"""The screen in a foyer: an edition's photographs one after another, and all it needs to go on by itself.

The page works without scripts, a photograph at a time. The script keeps it going: it reads the list every
45 seconds, keeps what is listed for when the network fails, and forgets what is not.
"""

import functools
import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import segno
from csp.decorators import csp_update
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from cms.core.listing import read_page_number
from cms.core.models import PAGE_CACHE_CONTROL
from gallery.models.exhibitions import ExhibitionPage
from gallery.models.exhibits import Exhibit, ExhibitQuerySet

#: More than a day of pictures at a minute each. A screen keeps all of them on its disk.
MOST = 300
#: Wider than this, and the words stand below the picture.
WIDE = 1.9
#: The list is asked for as it is now: it is what takes a photograph off a running screen.
LIST_CACHE_CONTROL = "public, max-age=0, must-revalidate"
WORKER = "cms/js/slideshow-worker.js"
PARTS = ("cms/js/slideshow.js", "cms/css/slideshow.css", "cms/css/base.css")

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Read only, never sent twice for nothing. Its script may fetch pictures from where they are stored."""
    view = require_safe(conditional_page(view))
    if settings.MEDIA_URL.startswith("http"):
        view = csp_update({"connect-src": ["/".join(settings.MEDIA_URL.split("/")[:3])]})(view)
    return view


@public
def slideshow(request: HttpRequest, edition: str) -> HttpResponse:
    """One photograph of the wall, `n` counted from 1, and the way to the next. Three queries."""
    page = _edition(edition)
    hanging = _hanging(page)
    total = min(hanging.count(), MOST)
    number = read_page_number(request.GET, "n", last=total)
    shown = hanging[number - 1] if total else None
    if shown is not None:
        shown.exhibition = page
    context = {
        "page": page,
        "exhibit": shown,
        "is_wide": shown is not None and shown.width > WIDE * shown.height,
        "number": number,
        "total": total,
        "previous": number - 1 if number > 1 else total,
        "next": number + 1 if number < total else 1,
        **_machinery(page),
    }
    return _kept_briefly(render(request, "gallery/slideshow.html", context))


@public
def offline(request: HttpRequest, edition: str) -> HttpResponse:
    """The same page without a photograph: what a screen keeps, so that nothing withdrawn is ever in it."""
    page = _edition(edition)
    return _kept_briefly(
        render(request, "gallery/slideshow.html", {"page": page, "is_offline": True, **_machinery(page)})
    )


@public
def photographs(request: HttpRequest, edition: str) -> HttpResponse:
    """What hangs now, in the order of the wall. Two queries."""
    page = _edition(edition)
    response = JsonResponse(
        {
            "version": version(),
            "edition": {"title": page.title, "url": page.address},
            "seconds": page.slideshow_seconds,
            "from": _clock_time(page.slideshow_from),
            "to": _clock_time(page.slideshow_to),
            "zone": settings.TIME_ZONE,
            "items": [_item(page, exhibit) for exhibit in _hanging(page)[:MOST]],
        },
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
    )
    response["Cache-Control"] = LIST_CACHE_CONTROL
    return response


@public
def code(request: HttpRequest, edition: str, public_id: str) -> HttpResponse:
    """The QR code of a photograph's page. One query; drawn once in each process."""
    found = Exhibit.objects.on_wall().filter(pk=public_id, exhibition__slug=edition)
    slug = found.values_list("slug", flat=True).first()
    if slug is None:
        raise Http404
    drawn = qr_code(f"{settings.BASE_URL}/exhibitions/{edition}/{public_id}-{slug}/")
    return _kept_briefly(HttpResponse(drawn, content_type="image/svg+xml"))


@public
def worker(request: HttpRequest, edition: str) -> HttpResponse:
    """The service worker. Its address decides what it may touch: this slideshow and nothing else."""
    return _kept_briefly(HttpResponse(_source(WORKER), content_type="text/javascript"))


@functools.lru_cache(maxsize=1024)
def qr_code(address: str) -> bytes:
    """Black on white with the four modules of quiet zone that readers ask for."""
    drawing = io.BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(drawing, kind="svg", border=4, omitsize=True, light="#fff", xmldecl=False, svgclass=None, nl=False)
    return drawing.getvalue()


@functools.lru_cache(maxsize=1)
def version() -> str:
    """Which release of the page this is. A screen that has been on for months loads itself anew for another."""
    digest = hashlib.blake2b(digest_size=6)
    for name in (*PARTS, WORKER):
        digest.update(_source(name))
    return digest.hexdigest()


def _source(name: str) -> bytes:
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(name)
    return Path(path).read_bytes()


def _edition(slug: str) -> ExhibitionPage:
    page = ExhibitionPage.objects.open_to_all().filter(slug=slug).first()
    if page is None:
        raise Http404
    return page


def _hanging(page: ExhibitionPage) -> ExhibitQuerySet:
    exhibits = Exhibit.objects.on_wall(timezone.now()).filter(exhibition=page.pk)
    return exhibits.select_related("department").defer("document", "card", "search_text").in_wall_order()


def _item(page: ExhibitionPage, exhibit: Exhibit) -> dict:
    folder = f"{page.address}slideshow"
    return {
        "id": exhibit.public_id,
        "url": f"{page.address}{exhibit.public_id}-{exhibit.slug}/",
        "title": exhibit.title,
        "maker": exhibit.photographer_name or exhibit.photographer_role or exhibit.credit,
        "role": exhibit.photographer_role if exhibit.photographer_name else "",
        "department": exhibit.department.name,
        "caption": exhibit.caption,
        "credit": exhibit.credit,
        "alt": exhibit.alt_text,
        "width": exhibit.width,
        "height": exhibit.height,
        # JPEG, because browsers in cheap screens are old, and what is kept must be what is shown.
        "pictures": [[s["width"], settings.MEDIA_URL + s["key"]] for s in exhibit.sources.of_type("image/jpeg")],
        "qr": f"{folder}/{exhibit.public_id}.svg",
        "until": exhibit.expires_at,
    }


def _machinery(page: ExhibitionPage) -> dict:
    return {"version": version(), "folder": f"{page.address}slideshow/"}


def _clock_time(time) -> str | None:
    return f"{time:%H:%M}" if time is not None else None


def _kept_briefly(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = PAGE_CACHE_CONTROL
    return response
