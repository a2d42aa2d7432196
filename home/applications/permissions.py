"""Who may read what people sent us about themselves."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from cms.people.models import User

LOOKS_AFTER = "look_after_people"


def looks_after_people(user: User | AnonymousUser) -> bool:
    return user.is_authenticated and user.has_perm(f"applications.{LOOKS_AFTER}")


def co_ordinators() -> QuerySet[User]:
    """Those to be told by mail: named for it. Administrators can look, but are not written to."""
    named = Q(groups__permissions__codename=LOOKS_AFTER) | Q(user_permissions__codename=LOOKS_AFTER)
    return get_user_model().objects.filter(named, is_active=True).distinct()
