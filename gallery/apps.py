from django.apps import AppConfig


class GalleryConfig(AppConfig):
    name = "gallery"
    verbose_name = "Photography exhibition"

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401
        from .public.wall import contexts  # noqa: F401
        from .services import maintenance, public_facts, reports, reviews  # noqa: F401
        from .viewsets import exhibits  # noqa: F401
