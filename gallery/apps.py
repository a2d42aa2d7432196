from django.apps import AppConfig


class GalleryConfig(AppConfig):
    name = "gallery"
    verbose_name = "Photography exhibition"

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401  (registers itself; needs every model)
        from .public.wall import contexts  # noqa: F401  (registers itself; needs every model)
        from .services import (  # noqa: F401  (they register themselves; need every model)
            maintenance,
            public_facts,
            rehanging,
            replaying,
            reports,
            reviews,
        )
        from .viewsets import exhibits, operation  # noqa: F401  (registers itself; needs every model)
