from django.apps import AppConfig


class ImagesConfig(AppConfig):
    name = "cms.images"
    label = "images"
    verbose_name = "Pictures"

    def ready(self) -> None:
        from cms.images import library, signal_handlers  # noqa: F401

        signal_handlers.register()
