from django.urls import URLPattern
from wagtail.admin.panels import ObjectList
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from .forms import PortalUserCreationForm, PortalUserEditForm, TechnicianForm
from .models import Department, Profile, RoleFamily, Technician


class UserViewSet(WagtailUserViewSet):
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type:
        return PortalUserEditForm if for_update else PortalUserCreationForm


class DepartmentViewSet(SnippetViewSet):
    model = Department
    icon = "group"
    list_display = ["name", "faculty", "campus", "technician_count"]
    search_fields = ["name"]
    search_backend_name = None


class RoleFamilyViewSet(SnippetViewSet):
    model = RoleFamily
    icon = "tag"
    list_display = ["name", "sort_order"]


class TechnicianViewSet(SnippetViewSet):
    model = Technician
    icon = "user"
    list_display = ["name", "role", "department", "profile_public"]
    list_filter = ["department", "role_family", "profile_public"]
    search_fields = ["name", "role"]
    edit_handler = ObjectList(Technician.panels, base_form_class=TechnicianForm)


class PeopleViewSetGroup(SnippetViewSetGroup):
    items = (TechnicianViewSet, DepartmentViewSet, RoleFamilyViewSet)
    menu_label = "Technicians"
    menu_icon = "group"
    menu_order = 300


class ProfileChooserViewSet(ChooserViewSet):
    """Only people who show their profile: nobody else can be put on a page."""

    model = Profile
    icon = "user"
    choose_one_text = "Choose a technician"
    choose_another_text = "Choose somebody else"
    per_page = 20

    def get_urlpatterns(self) -> list[URLPattern]:
        """Without “create”: a profile is made by its technician's tick."""
        return [route for route in super().get_urlpatterns() if route.name != "create"]


profile_chooser = ProfileChooserViewSet("profile_chooser", url_prefix="profiles/choose")
