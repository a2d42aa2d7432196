from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.snippets.models import register_snippet

from .viewsets import PeopleViewSetGroup, profile_chooser

register_snippet(PeopleViewSetGroup)


@hooks.register("get_avatar_url")
def one_picture_for_everybody(user: object, size: int) -> str:
    """Accounts have no pictures. Whatever a row still says, its file is not asked for."""
    return versioned_static("wagtailadmin/images/default-user-avatar.png")


@hooks.register("register_admin_viewset")
def choose_profiles() -> ChooserViewSet:
    return profile_chooser
