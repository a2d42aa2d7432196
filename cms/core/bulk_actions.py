"""What Wagtail's bulk actions say of things that somebody may not act on."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Model
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import Page
from wagtail.permissions import policy_registry

ANY = ("view", "change", "delete", "publish", "add")


def may_see(user: AbstractBaseUser | AnonymousUser, one: Model) -> bool:
    """As the list would, from which the action begins."""
    if isinstance(one, Page):
        return policy_registry.get_by_type(Page).explorable_instances(user).filter(pk=one.pk).exists()
    return policy_registry.get_by_type(type(one)).user_has_any_permission_for_instance(user, ANY, one)


def name_only_what_is_seen() -> None:
    """An action on “all” takes the whole table, and lists by name what it must leave alone. Here it lists of that
    only what the same person could see anyway."""
    sort_out = BulkAction.get_actionable_objects

    def get_actionable_objects(self: Any) -> tuple[list[Model], dict[str, Any]]:
        objects, left_alone = sort_out(self)
        named = left_alone["items_with_no_access"]
        return objects, {
            **left_alone,
            "items_with_no_access": [one for one in named if may_see(self.request.user, one)],
        }

    BulkAction.get_actionable_objects = get_actionable_objects
