"""Sends the mail we owe. A mail that fails is tried again, later each time, for five days.

What is refused for good, or has been tried for so long, waits for somebody to look: until then nobody tries it.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import format_datetime
from functools import partial
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from cms.core.logs import mask
from cms.jobs.periodic import Turn, every_round
from cms.jobs.retries import try_each
from cms.mail.jobs import SEND
from cms.mail.models import Message, MessageQuerySet

#: Five days of them, as long as mail servers try among themselves.
MOST_TRIES = 125
#: Answers of a mail server that another try does not change (RFC 5321, 4.2.1).
FOR_GOOD = range(500, 600)
#: “I am closing the connection.”
CLOSING = 421


@SEND.handler
def send_due(*, now: dt.datetime | None = None) -> int:
    """Sends every mail that is due and returns how many went out, all over one connection."""
    now = now or timezone.now()
    if not Message.objects.owed().due(now).exists():
        return 0
    with _line() as line:
        return try_each(
            Message.objects.owed(), partial(_send, line=line, now=now), now=now, gives_up_at=_is_out_of_reach
        )


@every_round("mails", Turn.TELL)
def send_left_behind(now: dt.datetime) -> int:
    return send_due(now=now)


def try_again(messages: MessageQuerySet) -> int:
    """Somebody has put right what was wrong. Returns how many mails are tried again, from the start."""
    tried = messages.stuck().update(tries=0, next_try_at=None, given_up_at=None)
    SEND.ring()
    return tried


def let_go(messages: MessageQuerySet) -> int:
    """Deletes mails that are stuck, address, text and all. Returns how many."""
    return messages.stuck().delete()[0]


@contextmanager
def _line() -> Iterator[BaseEmailBackend]:
    """To the mail server. Opened by the first mail, so that a failure is counted as that mail's."""
    line = get_connection()
    try:
        yield line
    finally:
        with suppress(OSError):  # which a server's refusals are, too
            line.close()


def _send(message: Message, *, line: BaseEmailBackend, now: dt.datetime) -> None:
    written = {"Date": format_datetime(message.created_at)}  # not when the mail server came back
    mail = EmailMessage(message.subject, message.body, to=[message.to], headers=written, connection=line)
    try:
        line.open()  # nothing, if it is open: then it stays so for the next
        mail.send()
    except Exception as problem:
        ends = _is_refused_for_good(problem) or message.tries >= MOST_TRIES
        Message.objects.filter(pk=message.pk).update(
            problem=_what_was_said(problem), given_up_at=now if ends else None
        )
        raise
    Message.objects.filter(pk=message.pk).mark_sent(now)


def _answers(problem: Exception) -> list[tuple[int, bytes | str]]:
    """What the mail server answered to this one mail, as code and words; nothing if it did not come to that."""
    if isinstance(problem, SMTPRecipientsRefused):
        return list(problem.recipients.values())
    return [(problem.smtp_code, problem.smtp_error)] if isinstance(problem, SMTPDataError) else []


def _is_refused_for_good(problem: Exception) -> bool:
    answers = _answers(problem)
    return bool(answers) and all(code in FOR_GOOD for code, _ in answers)


def _is_out_of_reach(problem: Exception) -> bool:
    """The mail server is silent, lets us not in or sends us away: the mails behind would fare no better."""
    answers = _answers(problem)
    return isinstance(problem, OSError) and (not answers or any(code == CLOSING for code, _ in answers))


def _what_was_said(problem: Exception) -> str:
    """The server's own words, or what kind of failure it was; addresses are cut out."""
    said = _answers(problem)
    if not said and isinstance(problem, SMTPException) and len(problem.args) > 1:
        said = [(problem.args[0], problem.args[1])]
    words = "; ".join(
        f"{code} {word.decode(errors='replace') if isinstance(word, bytes) else word}" for code, word in said
    )
    return mask(words or f"{type(problem).__name__}: {problem}").replace("\0", "")[:300]
