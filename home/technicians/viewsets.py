from wagtail.snippets.views.snippets import SnippetViewSet

from cms.core.admin_screen import PORTAL_MENU
from home.technicians.models import Facility


class FacilityViewSet(SnippetViewSet):
    model = Facility
    icon = "cogs"
    list_display = ["name", "department", "contact"]
    list_filter = ["department"]
    search_fields = ["name", "words"]
    menu_label = "Facilities"
    menu_order = 130
    menu_hook = PORTAL_MENU
