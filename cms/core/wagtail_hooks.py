"""Registers; nothing else but a stand-in for the document library, which the portal does not have although every
page of Wagtail's admin looks up where its API is."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from . import reports
from .deleting import keep_what_is_needed
from .page_links import OpenPageLinkHandler


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


@hooks.register("register_rich_text_features", order=100)  # after Wagtail's, whose place it takes
def links_to_open_pages(features: FeatureRegistry) -> None:
    features.register_link_type(OpenPageLinkHandler)


@hooks.register("insert_editor_js")
def paste_tables() -> str:
    return format_html('<script type="module" src="{}"></script>', static("cms/js/paste.js"))


@hooks.register("before_delete_page")
def page_is_needed(request: HttpRequest, page: Page) -> HttpResponse | None:
    return keep_what_is_needed(request, [page])


@hooks.register("before_bulk_action")
def one_of_many_is_needed(
    request: HttpRequest, action_type: str, things: Iterable[Model], action: object
) -> HttpResponse | None:
    return keep_what_is_needed(request, things) if action_type == "delete" else None


@hooks.register("before_delete_snippet")
def snippet_is_needed(request: HttpRequest, snippets: Iterable[Model]) -> HttpResponse | None:
    return keep_what_is_needed(request, snippets)


@hooks.register("register_admin_urls")
def report_addresses() -> list:
    return [path("", include(reports.urlpatterns))]


@hooks.register("register_reports_menu_item")
def to_check() -> MenuItem:
    return MenuItem("To check again", reverse("to_check"), icon_name="calendar-check", order=100)
