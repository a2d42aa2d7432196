from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "home.news"
    label = "news"
    verbose_name = "News"

    def ready(self) -> None:
        from home.news import front  # noqa: F401  (registers itself; needs every model)
