"""Files of photographs that were taken down are gone, as their pages are."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from cms.core import views
from cms.core.security import MISSING_CACHE_CONTROL
from gallery.public.views import is_gone


def public_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A public file, as `cms.core.views` sends it; where there is none, 410 if its photograph was ever shown. nginx
    asks here for what it does not have."""
    try:
        return views.public_file(request, name)
    except Http404:
        folder, _, rest = name.partition("/")
        if folder != "exhibits" or not is_gone(rest.partition("/")[0], now=timezone.now()):
            raise
    return HttpResponse(
        "This photograph is no longer shown.",
        status=410,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": MISSING_CACHE_CONTROL, "Access-Control-Allow-Origin": "*"},
    )
