from django.db.models import QuerySet
from django.urls import URLPattern
from django.utils.functional import cached_property
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.users.views.users import IndexView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from cms.core.admin_screen import PORTAL_MENU

from .forms import PortalUserCreationForm, PortalUserEditForm, TechnicianForm
from .models import Department, Profile, RoleFamily, Technician, User


class UserIndexView(IndexView):
    #: Wagtail looks for first and last names, which nobody has here.
    search_fields = ["name", "email"]

    @cached_property
    def columns(self) -> list[Column]:
        columns = super().columns
        for column in columns:
            if column.name == "name":
                column.sort_key = "name"
            elif column.name == "email":
                column.label = "E-mail"
        return columns

    def order_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.ordering in ("name", "-name"):
            return queryset.order_by(self.ordering)
        return super().order_queryset(queryset)


class UserViewSet(WagtailUserViewSet):
    index_view_class = UserIndexView
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type:
        return PortalUserEditForm if for_update else PortalUserCreationForm


class DepartmentViewSet(SnippetViewSet):
    model = Department
    icon = "group"
    menu_label = "Departments"
    menu_order = 110
    menu_hook = PORTAL_MENU
    list_display = ["name", "faculty", "campus", "technician_count"]
    search_fields = ["name"]
    search_backend_name = None


class RoleFamilyViewSet(SnippetViewSet):
    model = RoleFamily
    icon = "tag"
    menu_label = "Kinds of work"
    menu_order = 120
    menu_hook = PORTAL_MENU
    list_display = ["name", "sort_order"]


class TechnicianViewSet(SnippetViewSet):
    model = Technician
    icon = "user"
    menu_label = "Technicians"
    menu_order = 100
    menu_hook = PORTAL_MENU
    list_display = ["name", "role", "department", "profile_public"]
    list_filter = ["department", "role_family", "profile_public"]
    search_fields = ["name", "role"]
    edit_handler = ObjectList(Technician.panels, base_form_class=TechnicianForm)


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
