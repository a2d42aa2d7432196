"""What visitors told us is wrong: the list, one report with what can be done about it, and the panel."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet

from cms.core.admin_screen import AdminScreen
from cms.core.waiting import age_words
from cms.people.models import User
from gallery import permissions
from gallery.models.exhibits import Exhibit
from gallery.models.reports import Report
from gallery.services import hanging, reports

#: What the photographer reads when a moderator takes the picture down with one click.
TAKEN_DOWN_FOR_NOW = (
    "Somebody has told us that something is wrong with this photograph. We have taken it down while we look into "
    "it. It says nothing about you or your work, and we will write to you as soon as we know more."
)
#: Settled ones shown below those that wait.
SETTLED_SHOWN = 30


class ForReaders(AdminScreen):
    """Screens for those who look after photographs. For everybody else they do not exist."""

    header_icon = "warning"
    user: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.sees_entries(request.user) or not isinstance(request.user, User):
            raise Http404
        self.user = request.user
        return super().dispatch(request, *args, **kwargs)


def told(report: Report) -> dict[str, Any]:
    return {"report": report, "age": age_words(report.sent_at, timezone.now())}


class ReportListView(ForReaders):
    template_name = "gallery/admin/reports.html"
    page_title = "Visitors’ reports"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        settled = Report.objects.exclude(settled_at=None).order_by("-settled_at")[:SETTLED_SHOWN]
        waiting = [told(report) for report in Report.objects.waiting()]
        return super().get_context_data(**kwargs) | {"waiting": waiting, "settled": settled}


class ReportView(ForReaders):
    template_name = "gallery/admin/report.html"
    problem = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        report = get_object_or_404(Report, pk=kwargs["pk"])
        action, words = request.POST.get("action"), request.POST.get("words", "")[:2000]
        try:
            if action == "settle":
                reports.settle(report=report, by=self.user, answer=words, now=timezone.now())
                messages.success(request, "Settled. Thank you.")
                return redirect("reports:list")
            if action == "take-down":
                if not permissions.may_take_down(self.user):
                    raise Http404
                entry = reports.take_down(report=report, by=self.user, reason=words, now=timezone.now())
                messages.success(request, f"“{entry}” is off the wall, and its photographer has been told.")
                return redirect("reports:report", report.pk)
        except (reports.CannotSettle, hanging.CannotHang) as problem:
            self.problem = str(problem)
            return self.render_to_response(self.get_context_data(**kwargs), status=422)
        return HttpResponseBadRequest("There is no such action.")

    def get_page_title(self) -> str:
        return "What somebody told us"

    def above(self) -> list[dict[str, str]]:
        return [{"url": reverse("reports:list"), "label": ReportListView.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = get_object_or_404(Report, pk=kwargs["pk"])
        exhibit = Exhibit.objects.filter(pk=report.public_id).select_related("exhibition").first()
        return {
            **super().get_context_data(**kwargs),
            **told(report),
            "exhibit": exhibit,
            "picture": exhibit.sources.best_jpeg(max_width=640) if exhibit else None,
            "may_take_down": exhibit is not None and permissions.may_take_down(self.user),
            "reason": TAKEN_DOWN_FOR_NOW,
            "typed": self.request.POST.get("words", ""),
            "problem": self.problem,
        }


class ReportsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.sees_entries(request.user)


class ReportsViewSet(ViewSet):
    icon = "warning"
    menu_label = "Visitors’ reports"
    menu_name = "visitors-say"
    menu_order = 160
    menu_item_class = ReportsMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", ReportListView.as_view(), name="list"),
            path("<int:pk>/", ReportView.as_view(), name="report"),
        ]


reports_viewset = ReportsViewSet("reports", url_prefix="something-wrong")


class ReportsPanel(Component):
    """Those that wait, longest first. Nothing is shown while none does."""

    name = "reports"
    order = 90
    template_name = "gallery/admin/reports_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        waiting = Report.objects.waiting()
        return {"waiting": [told(report) for report in waiting[:5]], "count": waiting.count()}


def panels_for(user: permissions.Visitor) -> list[Component]:
    return [ReportsPanel()] if permissions.sees_entries(user) and Report.objects.waiting().exists() else []
