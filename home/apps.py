from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Portal pages"

    def ready(self) -> None:
        from cms.core.rounds import register
        from home.services import timetable

        register("pages by timetable", timetable.publish_due)
