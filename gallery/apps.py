from django.apps import AppConfig


class GalleryConfig(AppConfig):
    name = "gallery"
    verbose_name = "Photography exhibition"

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401
