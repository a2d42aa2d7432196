"""Contributors in the admin: what they see of others' pages, and what editors see of theirs."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import GroupPagePermission, Page, PageQuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.core.waiting import PROMISE
from gallery.permissions import Visitor
from home.contributions import services as contributions

#: How many are named on the dashboard.
SHOWN = 8


def only_contributes(user: Visitor) -> bool:
    """May publish nothing anywhere."""
    if user.is_superuser:
        return False
    published = GroupPagePermission.objects.filter(group__user=user.pk, permission__codename="publish_page")
    return not published.exists()


def shown_pages(pages: PageQuerySet, user: Visitor) -> PageQuerySet:
    """Without other people's unpublished pages, titles included, for those who only contribute."""
    return pages.filter(Q(live=True) | Q(owner=user)) if only_contributes(user) else pages


class PortalPagePolicy(PagePermissionPolicy):
    """Wagtail's own; those who only contribute find no unpublished page of somebody else, titles included."""

    def explorable_instances(self, user: Visitor) -> PageQuerySet:
        return shown_pages(super().explorable_instances(user), user)


def thank(request: HttpRequest, page: Page) -> None:
    """After something was sent in: how long it usually takes."""
    if "action-submit" in request.POST and only_contributes(request.user):
        messages.info(
            request,
            f"Thank you. An editor reads it before it appears; we usually reply within {PROMISE}.",
        )


def waiting_for(user: Visitor) -> list[contributions.Waiting]:
    """What this person may decide, the longest waiting first."""
    groups = None if user.is_superuser else user.groups.all()
    return contributions.waiting(now=timezone.now(), groups=groups)


class ContributionsPanel(Component):
    """Contributions that wait for whoever looks, the longest waiting first."""

    name = "contributions"
    order = 110
    template_name = "contributions/admin/panel.html"

    def __init__(self, user: Visitor) -> None:
        self.user = user

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        found = waiting_for(self.user)
        return {
            "waiting": found[:SHOWN],
            "number": len(found),
            "late": sum(one.overdue for one in found),
        }


def arrange_panels(panels: list[Component], user: Visitor) -> None:
    """Ours takes the place of Wagtail's own list, which does not say what is overdue."""
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    if not only_contributes(user):
        panels.append(ContributionsPanel(user))
