from django.apps import AppConfig


class GalleryConfig(AppConfig):
    name = "gallery"
    verbose_name = "Photography exhibition"

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401  (registers itself; needs every model)
        from .public.wall import contexts  # noqa: F401  (registers itself; needs every model)
        from .services import maintenance, public_facts, reports, reviews  # noqa: F401  (registers itself; needs every model)
        from .viewsets import exhibits  # noqa: F401  (registers itself; needs every model)
