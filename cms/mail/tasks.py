"""The bell of the post."""

from django_tasks import task


@task()
def send_mail() -> None:
    from cms.mail.sending import send_due  # sending is what writing rings

    send_due()
