from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    name = "cms.people"
    label = "people"
    verbose_name = "People"


class PortalUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user screens, with one name instead of a first and a last."""

    user_viewset = "cms.people.viewsets.UserViewSet"
