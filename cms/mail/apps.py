from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "cms.mail"
    label = "mail"
    verbose_name = "Mail"

    def ready(self) -> None:
        from cms.core.rounds import register
        from cms.mail import sending

        register("mails", sending.send_due_at)
