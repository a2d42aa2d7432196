from django.apps import AppConfig


class JoiningConfig(AppConfig):
    name = "home.joining"
    label = "joining"
    verbose_name = "Joining"

    def ready(self) -> None:
        from home.joining.services import mentoring  # noqa: F401  (registers itself; needs every model)
