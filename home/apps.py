from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Portal pages"

    def ready(self) -> None:
        from cms.core.rounds import register
        from home.services import contributions, timetable

        register("pages by timetable", timetable.publish_due)
        register("editors reminded", contributions.nudge_overdue)
