"""Wagtail asks here what somebody may do with entries."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from cms.people.models import User
from gallery import permissions
from gallery.models.entries import Entry
from gallery.models.reviews import EntryReviewTask


class EntryPolicy(BasePermissionPolicy):
    """Staff may look. Nobody may add, change, publish, copy or delete, administrators included: what happens to an
    entry is decided in `services` and nowhere else."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return action == "view" and permissions.sees_entries(user)

    def user_has_permission_for_instance(self, user: User, action: str, instance: Entry) -> bool:
        return action == "view" and permissions.may_see_as_staff(user, instance)

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet[Entry]:
        return permissions.entries_shown_to(user) if "view" in actions else Entry.objects.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        users = get_user_model().objects.filter(is_active=True)
        if "view" not in actions:
            return users.none()
        steps = EntryReviewTask.objects.filter(active=True).values("groups")
        hangs = Q(groups__permissions__codename="hang_entry") | Q(user_permissions__codename="hang_entry")
        return users.filter(Q(is_superuser=True) | Q(groups__in=steps) | hangs).distinct()
