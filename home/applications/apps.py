from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "home.applications"
    label = "applications"
    verbose_name = "Applications"

    def ready(self) -> None:
        from cms.operation.deletions import promise  # (needs every model)
        from home.applications.models import Interest, MentoringApplication, NetworkMember  # (needs every app)
        from home.applications.services import mentoring  # noqa: F401  (registers itself; needs every model)

        for model in (Interest, MentoringApplication, NetworkMember):
            promise(model)
