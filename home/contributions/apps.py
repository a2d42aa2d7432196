from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "home.contributions"
    label = "contributions"
    verbose_name = "Contributions"

    def ready(self) -> None:
        from home.contributions import unpublished  # needs every model; services register themselves

        unpublished.hide_unpublished_titles()
