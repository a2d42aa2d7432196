"""Sends the mail we owe. A mail that fails is tried again, later each time, and never lost."""

import datetime as dt
import logging
from email.utils import format_datetime

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cms.mail.models import Message

log = logging.getLogger(__name__)

#: After this many tries a mail waits for somebody to look at the mail server.
MOST_TRIES = 12


def send_due(*, now: dt.datetime | None = None) -> int:
    """Sends every mail that is due and returns how many went out."""
    now = now or timezone.now()
    sent = 0
    due = Message.objects.unsent().filter(Q(next_try_at=None) | Q(next_try_at__lte=now), tries__lt=MOST_TRIES)
    for message_id in list(due.values_list("pk", flat=True)):
        sent += _send(message_id, now)
    return sent


def send_due_at(now: dt.datetime) -> int:
    return send_due(now=now)


def _send(message_id: int, now: dt.datetime) -> bool:
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(pk=message_id, sent_at=None).first()
        if message is None:
            return False
        try:
            written = {"Date": format_datetime(message.created_at)}  # not when the mail server came back
            EmailMessage(subject=message.subject, body=message.body, to=[message.to], headers=written).send()
        except Exception as problem:  # whatever it is, the mails behind it still go out
            message.tries += 1
            message.next_try_at = now + dt.timedelta(minutes=2**message.tries)
            log.warning("Mail %s did not go out (try %s): %s", message.pk, message.tries, problem)
        else:
            message.sent_at = now
        message.save(update_fields=["tries", "next_try_at", "sent_at"])
        return message.sent_at is not None
