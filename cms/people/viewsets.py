from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from .forms import PortalUserCreationForm, PortalUserEditForm
from .models import Department, RoleFamily, Technician


class UserViewSet(WagtailUserViewSet):
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


class PeopleViewSetGroup(SnippetViewSetGroup):
    items = (TechnicianViewSet, DepartmentViewSet, RoleFamilyViewSet)
    menu_label = "Technicians"
    menu_icon = "group"
    menu_order = 300
