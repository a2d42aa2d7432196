"""Sends the mail we owe. A mail that fails is tried again, later each time, for five days."""

import datetime as dt
from email.utils import format_datetime
from functools import partial
from smtplib import SMTPConnectError, SMTPException, SMTPServerDisconnected

from django.core.mail import EmailMessage
from django.utils import timezone

from cms.jobs.periodic import Turn, every_round
from cms.jobs.retries import try_each
from cms.mail.jobs import SEND
from cms.mail.models import Message

#: Five days of them, as long as mail servers try among themselves. Then a mail waits for somebody to look.
MOST_TRIES = 125


@SEND.handler
def send_due(*, now: dt.datetime | None = None) -> int:
    """Sends every mail that is due and returns how many went out."""
    now = now or timezone.now()
    owed = Message.objects.unsent().filter(tries__lt=MOST_TRIES)
    return try_each(owed, partial(_send, now=now), now=now, gives_up_at=_is_out_of_reach)


@every_round("mails", Turn.TELL)
def send_left_behind(now: dt.datetime) -> int:
    return send_due(now=now)


def _send(message: Message, *, now: dt.datetime) -> None:
    written = {"Date": format_datetime(message.created_at)}  # not when the mail server came back
    EmailMessage(subject=message.subject, body=message.body, to=[message.to], headers=written).send()
    Message.objects.filter(pk=message.pk).mark_sent(now)


def _is_out_of_reach(problem: Exception) -> bool:
    """The mail server does not answer, so the mails behind would wait for it as well. A refusal is an answer."""
    if isinstance(problem, SMTPException):
        return isinstance(problem, SMTPServerDisconnected | SMTPConnectError)
    return isinstance(problem, OSError)
