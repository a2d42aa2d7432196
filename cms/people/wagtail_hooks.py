from wagtail import hooks
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.snippets.models import register_snippet

from .viewsets import PeopleViewSetGroup, profile_chooser

register_snippet(PeopleViewSetGroup)


@hooks.register("register_admin_viewset")
def choose_profiles() -> ChooserViewSet:
    return profile_chooser
