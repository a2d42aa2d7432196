"""The portal has no document library, but every page of Wagtail's admin looks up where the library's API is."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from wagtail import hooks


def nothing_here(request: HttpRequest) -> HttpResponse:
    raise Http404


class NoDocuments:
    """In place of the endpoint of `wagtail.documents`, which we do not install: it serves files to anybody."""

    class model:  # noqa: N801
        """Stands for no model at all."""

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", nothing_here, name="listing")]


@hooks.register("construct_admin_api")
def no_documents(router: Any) -> None:
    router.register_endpoint("documents", NoDocuments)
