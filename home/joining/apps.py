from django.apps import AppConfig


class JoiningConfig(AppConfig):
    name = "home.joining"
    label = "joining"
    verbose_name = "Joining"

    def ready(self) -> None:
        from cms.core.rounds import register
        from home.joining.services import mentoring

        register("mentoring forms forgotten", mentoring.forget_closed)
