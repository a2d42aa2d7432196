from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "cms.jobs"
    label = "jobs"
    verbose_name = "Work no visitor waits for"

    def ready(self) -> None:
        from . import checks, pruning  # noqa: F401  (registers itself; needs every model)
