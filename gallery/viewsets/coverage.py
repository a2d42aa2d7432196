from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from wagtail.admin.menu import MenuItem

from cms.core.admin_screen import AdminScreen
from gallery.services import coverage


def may_look(user: Any) -> bool:
    """Whoever keeps the list of technicians, or may look at it to invite people."""
    return user.has_perm("people.view_technician") or user.has_perm("people.change_technician")


class CoverageMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_look(request.user)


class CoverageView(AdminScreen):
    """Which kinds of work and which departments nobody sees yet, and whom to invite."""

    page_title = "Who is seen"
    header_icon = "group"
    template_name = "gallery/admin/coverage.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_look(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sender = str(self.request.user)
        parts = [("Kinds of work", coverage.by_role_family()), ("Departments", coverage.by_department())]
        return super().get_context_data(**kwargs) | {
            "parts": [(title, [self.row(one, sender) for one in found]) for title, found in parts],
        }

    @staticmethod
    def row(one: coverage.Coverage, sender: str) -> dict[str, Any]:
        return {
            "coverage": one,
            "invited": [
                (technician, coverage.invitation([technician], sender=sender)) for technician in one.to_invite
            ],
            "all": coverage.invitation(one.to_invite, sender=sender) if len(one.to_invite) > 1 else "",
        }
