"""The Operation screen: how the installation is, and a hand for what is stuck. For administrators."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from cms.core.admin_screen import AdminScreen
from cms.jobs import recovery
from cms.mail import sending
from cms.mail.models import Message

from .sections import all_sections


def administers(request: HttpRequest) -> bool:
    return request.user.is_active and request.user.is_superuser


def _job(key: str) -> Any:
    return DBTaskResult.objects.filter(pk=uuid.UUID(key))


def _mail(key: str) -> Any:
    return Message.objects.filter(pk=int(key[:18]))


#: What the buttons do, to how many.
DO: dict[str, Callable[[str], int]] = {
    "job-again": lambda key: recovery.try_again(_job(key)),
    "job-let-go": lambda key: recovery.let_go(_job(key)),
    "mail-again": lambda key: sending.try_again(_mail(key)),
    "mail-let-go": lambda key: sending.let_go(_mail(key)),
    "all-again": lambda key: (
        recovery.try_again(DBTaskResult.objects.all()) + sending.try_again(Message.objects.all())
    ),
}


class OperationView(AdminScreen):
    template_name = "operation/admin/operation.html"
    page_title = "Operation"
    header_icon = "cogs"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not administers(request):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = all_sections(timezone.now())
        buttons = sum(1 for one in found for line in one.lines if line.wrong and any(b.do for b in line.buttons))
        facts = {"sections": found, "wrong": sum(one.wrong for one in found), "offers_all": buttons > 1}
        return super().get_context_data(**kwargs) | facts

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        what, _, key = request.POST.get("do", "").partition(" ")
        try:
            number = DO[what](key)
        except (KeyError, ValueError) as problem:  # no button of ours sends that
            raise Http404 from problem
        if not number:
            messages.info(request, "That was settled in the meantime.")
        elif what.endswith("again"):
            messages.success(request, "It is being tried again. Please look here again in a minute.")
        else:
            messages.success(request, "Nobody tries that any more.")
        return redirect("operation:index")


class OperationMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return administers(request)


class OperationViewSet(ViewSet):
    icon = "cogs"
    menu_label = "Operation"
    menu_name = "operation"
    menu_order = 50
    menu_item_class = OperationMenuItem
    add_to_settings_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", OperationView.as_view(), name="index")]


operation_viewset = OperationViewSet("operation")
