"""What the admin screens for those who look after people have in common."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.menu import MenuItem

from cms.core.admin_screen import AdminScreen
from cms.people.models import User
from home.applications.permissions import looks_after_people


class PeopleScreen(AdminScreen):
    """For everybody else it does not exist."""

    header_icon = "group"
    user: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not looks_after_people(request.user) or not isinstance(request.user, User):
            raise Http404
        self.user = request.user
        return super().dispatch(request, *args, **kwargs)


class PeopleMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return looks_after_people(request.user)
