from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "home.pages"
    label = "home"
    verbose_name = "Portal pages"

    def ready(self) -> None:
        from home.pages import timetable  # noqa: F401  (registers itself; needs every model)
