"""Registers; nothing else."""

from collections.abc import Iterable

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from . import leaving, roles
from .account_chooser import account_chooser
from .models import User
from .role_screens import roles_viewset
from .viewsets import DepartmentViewSet, RoleFamilyViewSet, TechnicianViewSet, profile_chooser

for viewset in (TechnicianViewSet, DepartmentViewSet, RoleFamilyViewSet):
    register_snippet(viewset)


@hooks.register("get_avatar_url")
def one_picture_for_everybody(user: object, size: int) -> str:
    """Accounts have no pictures. Whatever a row still says, its file is not asked for."""
    return versioned_static("wagtailadmin/images/default-user-avatar.png")


@hooks.register("register_admin_viewset")
def choose_profiles() -> ChooserViewSet:
    return profile_chooser


@hooks.register("register_admin_viewset")
def who_may_do_what() -> ViewSet:
    return roles_viewset


@hooks.register("register_admin_viewset")
def choose_accounts() -> ViewSet:
    return account_chooser


@hooks.register("register_permissions")
def to_appoint() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="people", codename="appoint")


@hooks.register("register_log_actions")
def role_actions(actions: LogActionRegistry) -> None:
    actions.register_action(roles.GIVEN)(roles.GivenFormatter)
    actions.register_action(roles.TAKEN)(roles.TakenFormatter)


@hooks.register("after_edit_user")
def shut_out_at_once(request: HttpRequest, user: User) -> None:
    leaving.end_sessions([] if user.is_active else [user])


@hooks.register("after_bulk_action")
def shut_out_many(request: HttpRequest, action_type: str, things: Iterable[object], action: object) -> None:
    if action_type == "set_active_state":
        leaving.end_sessions(
            User.objects.filter(pk__in=[one.pk for one in things if isinstance(one, User)], is_active=False)
        )
