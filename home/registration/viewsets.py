from wagtail.snippets.views.snippets import SnippetViewSet

from cms.core.admin_screen import PORTAL_MENU
from home.registration.models import LicensingAuthority, ProfessionalBody


class ProfessionalBodyViewSet(SnippetViewSet):
    model = ProfessionalBody
    icon = "group"
    menu_label = "Professional bodies"
    menu_order = 400
    menu_hook = PORTAL_MENU
    list_display = ["name", "short", "who", "partner_since", "checked_on"]
    list_filter = ["licensed_by"]
    search_fields = ["name", "short"]


class LicensingAuthorityViewSet(SnippetViewSet):
    model = LicensingAuthority
    icon = "key"
    menu_label = "Licensing authorities"
    menu_order = 410
    menu_hook = PORTAL_MENU
    list_display = ["name", "kind", "sort_order"]
