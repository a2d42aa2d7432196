"""Reports for editors."""

from typing import Any

from django.urls import path
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder

from cms.core.admin_screen import AdminScreen
from cms.core.review_dates import due


class ToCheckView(AdminScreen):
    """Pages and records whose “check again by” day has come, each with a link to where it is changed."""

    page_title = "To check again"
    header_icon = "calendar-check"
    template_name = "core/reports/to_check.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        finder = AdminURLFinder(self.request.user)
        rows = [(one, finder.get_edit_url(one.what)) for one in due(timezone.localdate())]
        return super().get_context_data(**kwargs) | {"rows": [row for row in rows if row[1]]}


urlpatterns = [path("reports/to-check/", ToCheckView.as_view(), name="to_check")]
