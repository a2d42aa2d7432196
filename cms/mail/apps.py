from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "cms.mail"
    label = "mail"
    verbose_name = "Mail"

    def ready(self) -> None:
        from . import sending  # noqa: F401  (registers itself; needs every model)
