"""Who may do what, for those who say so: everybody with a role, and one person's roles."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from cms.core.admin_screen import PORTAL_MENU, AdminScreen

from . import roles
from .models import User

#: Whoever searches for more should type more.
SHOWN = 100


class RolesScreen(AdminScreen):
    """For everybody else it does not exist."""

    header_icon = "group"
    user: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not roles.may_appoint(request.user) or not isinstance(request.user, User):
            raise Http404
        self.user = request.user
        return super().dispatch(request, *args, **kwargs)


def held(person: User, given: dict[tuple[int, str], roles.Given]) -> list[dict[str, Any]]:
    """Each role, whether this person has it, and who gave it when."""
    has = {group.name for group in person.groups.all()}
    return [
        {"role": role, "has": role.group in has, "given": given.get((person.pk, role.group))}
        for role in roles.ROLES
    ]


class RolesView(RolesScreen):
    template_name = "people/admin/roles.html"
    page_title = "Who may do what"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "")[:100]
        found = roles.people_found(words)
        given = roles.given_to(found[:SHOWN])
        return super().get_context_data(**kwargs) | {
            "words": words,
            "roles": roles.ROLES,
            "people": [{"person": person, "roles": held(person, given)} for person in found[:SHOWN]],
            "more": len(found) - SHOWN,
        }


class PersonView(RolesScreen):
    template_name = "people/admin/person_roles.html"

    @property
    def person(self) -> User:
        return get_object_or_404(User.objects.filter(is_active=True, awaits_proof=False), pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = self.person
        try:
            given, taken = roles.appoint(person=person, roles=request.POST.getlist("roles"), by=self.user)
        except roles.CannotAppoint as problem:
            messages.error(request, str(problem))
            return self.render_to_response(self.get_context_data(**kwargs), status=422)
        changes = [
            *(f"{role.name}: given" for role in given),
            *(f"{role.name}: taken back" for role in taken),
        ]
        messages.success(
            request, f"{person}. {'. '.join(changes)}." if changes else f"Nothing changed for {person}."
        )
        return redirect("roles:list")

    def get_page_title(self) -> str:
        return str(self.person)

    def above(self) -> list[dict[str, str]]:
        return [{"url": reverse("roles:list"), "label": RolesView.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.person
        return super().get_context_data(**kwargs) | {
            "person": person,
            "roles": held(person, roles.given_to([person])),
            "is_me": person.pk == self.user.pk,
        }


class RolesViewSet(ViewSet):
    icon = "group"
    menu_label = "Who may do what"
    menu_name = "who-may-do-what"
    menu_order = 10
    menu_hook = PORTAL_MENU

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", RolesView.as_view(), name="list"),
            path("<int:pk>/", PersonView.as_view(), name="person"),
        ]


roles_viewset = RolesViewSet("roles", url_prefix="who-may-do-what")
