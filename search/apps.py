from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401  (registers itself; needs every model)
