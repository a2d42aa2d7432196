"""Registers; nothing else."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from gallery.enums import Decision
from gallery.models.entries import Entry
from gallery.viewsets.categories import CategoryViewSet
from gallery.viewsets.dashboard import panels_for
from gallery.viewsets.entries import EntryViewSet
from gallery.viewsets.exhibits import exhibit_chooser
from gallery.viewsets.policies import EntryPolicy

register_permission_policy(Entry, EntryPolicy(Entry))
register_snippet(EntryViewSet)
register_snippet(CategoryViewSet)


@hooks.register("register_admin_viewset")
def exhibit_chooser_viewset() -> ViewSet:
    return exhibit_chooser


@hooks.register("register_log_actions")
def decisions(actions: LogActionRegistry) -> None:
    for decision in Decision:
        actions.register_action(f"gallery.{decision.value}", decision.label, decision.label)


@hooks.register("construct_homepage_panels")
def photographs_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.extend(panels_for(request.user))


@hooks.register("insert_global_admin_css")
def admin_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("cms/css/admin.css"))
