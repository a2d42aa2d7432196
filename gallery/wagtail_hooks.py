"""Registers; nothing else."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from gallery.enums import Decision
from gallery.models.entries import Entry
from gallery.viewsets.categories import CategoryViewSet
from gallery.viewsets.coverage import CoverageMenuItem, CoverageView
from gallery.viewsets.dashboard import panels_for
from gallery.viewsets.editions import keep_entries, keep_walls_standing
from gallery.viewsets.entries import EntryViewSet
from gallery.viewsets.exhibits import exhibit_chooser
from gallery.viewsets.next_edition import NextEditionView
from gallery.viewsets.policies import EntryPolicy
from gallery.viewsets.reports import panels_for as report_panels_for
from gallery.viewsets.reports import reports_viewset

register_permission_policy(Entry, EntryPolicy(Entry))
register_snippet(EntryViewSet)
register_snippet(CategoryViewSet)


@hooks.register("register_admin_viewset")
def exhibit_chooser_viewset() -> ViewSet:
    return exhibit_chooser


@hooks.register("register_admin_viewset")
def visitors_reports_viewset() -> ViewSet:
    return reports_viewset


@hooks.register("register_log_actions")
def decisions(actions: LogActionRegistry) -> None:
    for decision in Decision:
        actions.register_action(f"gallery.{decision.value}", decision.label, decision.label)


@hooks.register("construct_homepage_panels")
def photographs_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.extend([*panels_for(request.user), *report_panels_for(request.user)])


@hooks.register("insert_global_admin_css")
def admin_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("cms/css/admin.css"))


@hooks.register("before_unpublish_page")
def walls_stand(request: HttpRequest, page: Page) -> HttpResponse | None:
    return keep_walls_standing(request, [page])


@hooks.register("before_delete_page")
def entries_stay(request: HttpRequest, page: Page) -> HttpResponse | None:
    return keep_entries(request, [page])


@hooks.register("before_bulk_action")
def walls_stand_in_bulk(
    request: HttpRequest, action_type: str, objects: Sequence[object], action: object
) -> HttpResponse | None:
    keep = {"unpublish": keep_walls_standing, "delete": keep_entries}.get(action_type)
    pages = [page for page in objects if isinstance(page, Page)]
    return keep(request, pages) if keep else None


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("reports/coverage/", CoverageView.as_view(), name="coverage"),
        path("exhibitions/new/", NextEditionView.as_view(), name="next_edition"),
    ]


@hooks.register("register_reports_menu_item")
def coverage_menu_item() -> MenuItem:
    return CoverageMenuItem("Who is seen", reverse_lazy("coverage"), icon_name="group", order=110)
