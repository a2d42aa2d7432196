"""Everything under `/api/`: the gallery's own API, and Wagtail's for clients that speak Wagtail.

Wagtail's `images` and `documents` are not here: they hand out originals.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, include, path, resolve
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.api.answers import open_to_all, problem
from gallery.public.api import urls as gallery
from gallery.public.v2 import ExhibitsAPIViewSet
from home.site_api.pages import PagesAPIViewSet
from home.site_api.people import PeopleAPIViewSet

router = WagtailAPIRouter("wagtailapi")
router.register_endpoint("pages", PagesAPIViewSet)
router.register_endpoint("exhibits", ExhibitsAPIViewSet)
router.register_endpoint("people", PeopleAPIViewSet)


def missing(request: HttpRequest, rest: str) -> HttpResponseBase:
    """An address we do not have, or one that only wants its last stroke."""
    if not rest.endswith("/"):
        try:
            known = resolve(f"{request.path}/").func is not missing_view
        except Resolver404:
            known = False
        if known:
            query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
            return HttpResponseRedirect(f"{request.path}/{query}", preserve_request=True)
    return problem(404, "There is nothing at this address. The list of addresses is at /api/gallery/v1/docs/.")


missing_view = open_to_all(missing)

urlpatterns = [
    path("gallery/v1/", include(gallery, namespace="gallery-v1")),
    path("v2/", include((decorate_urlpatterns(router.get_urlpatterns(), open_to_all), "wagtailapi"))),
    path("<path:rest>", missing_view),
]
