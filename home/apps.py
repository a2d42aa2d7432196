from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Portal pages"

    def ready(self) -> None:
        from home import news  # noqa: F401  (registers itself; needs every model)
        from home.services import contributions, timetable  # noqa: F401  (registers itself; needs every model)
