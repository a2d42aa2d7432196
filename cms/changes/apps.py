from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "cms.changes"
    label = "changes"
    verbose_name = "Public changes"

    def ready(self) -> None:
        from . import purging  # noqa: F401  (registers itself; needs every model)
