"""What every page of our own in the admin begins with."""

from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

#: The menu of what the whole portal has: lists, settings, people. A viewset names it as its `menu_hook`.
PORTAL_MENU = "register_portal_menu_item"


class AdminScreen(WagtailAdminTemplateMixin, TemplateView):
    """Wagtail heads a page with the last step of its trail, so the trail ends in the page's own title."""

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, *self.above(), {"url": "", "label": self.get_page_title()}]

    def above(self) -> list[dict[str, str]]:
        """Steps between the dashboard and this page: `url` and `label`."""
        return []
