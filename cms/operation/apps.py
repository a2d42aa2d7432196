from django.apps import AppConfig


class OperationConfig(AppConfig):
    name = "cms.operation"
    label = "operation"
    verbose_name = "Operation"

    def ready(self) -> None:
        from . import daily_mail, deletions, guard, platform, public_files  # noqa: F401  (they register themselves; need every model)
