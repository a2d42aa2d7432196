"""Puts a mail into the post: part of the transaction that gives rise to it, sent by the worker."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from cms.mail.jobs import SEND
from cms.mail.models import Message


def write(*, to: str, template: str, context: Mapping[str, Any], now: dt.datetime, user: Any = None) -> None:
    """Queues one mail. Call inside the transaction of what it tells of: the worker sends it."""
    subject, _, body = render_to_string(template, context).strip().partition("\n")
    post(to=to, subject=subject, body=body, now=now, user=user)


def post(
    *, to: str, subject: str, body: str, now: dt.datetime, user: Any = None, until: dt.datetime | None = None
) -> None:
    """The same for a mail whose words are there already. After `until` nobody would be helped by it."""
    subject = " ".join(subject.split())[:200]  # a title may hold odd breaks; a subject may not
    Message.objects.create(to=to, user=user, subject=subject, body=body.strip() + "\n", created_at=now, until=until)
    SEND.ring()
