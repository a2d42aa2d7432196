from django.apps import AppConfig


class ImagesConfig(AppConfig):
    name = "cms.images"
    label = "images"
    verbose_name = "Pictures"

    def ready(self) -> None:
        from cms.images import library, signal_handlers  # noqa: F401  (registers itself; needs every model)

        signal_handlers.register()
