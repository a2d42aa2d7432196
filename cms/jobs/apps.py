from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "cms.jobs"
    label = "jobs"
    verbose_name = "Work no visitor waits for"

    def ready(self) -> None:
        from . import checks, heartbeat, pruning, recovery  # noqa: F401  (register themselves; need every model)
