from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "home.contributions"
    label = "contributions"
    verbose_name = "Contributions"

    def ready(self) -> None:
        from home.contributions import services  # noqa: F401  (registers itself; needs every model)
