from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.registration.models import LicensingAuthority, ProfessionalBody


class ProfessionalBodyViewSet(SnippetViewSet):
    model = ProfessionalBody
    icon = "group"
    list_display = ["name", "short", "who", "partner_since", "checked_on"]
    list_filter = ["licensed_by"]
    search_fields = ["name", "short"]


class LicensingAuthorityViewSet(SnippetViewSet):
    model = LicensingAuthority
    icon = "key"
    list_display = ["name", "kind", "sort_order"]


class RegistrationViewSetGroup(SnippetViewSetGroup):
    items = (ProfessionalBodyViewSet, LicensingAuthorityViewSet)
    menu_label = "Registration"
    menu_icon = "clipboard-list"
    menu_order = 310
