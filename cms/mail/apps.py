from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "cms.mail"
    label = "mail"
    verbose_name = "Mail"

    def ready(self) -> None:
        from . import forgetting, sending  # noqa: F401  (they register themselves; need every model)
