from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    name = "cms.people"
    label = "people"
    verbose_name = "People"

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401  (registers itself; needs every model)


class PortalUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user screens, with one name instead of a first and a last."""

    user_viewset = "cms.people.viewsets.UserViewSet"
