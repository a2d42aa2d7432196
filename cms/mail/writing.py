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
    subject = " ".join(subject.split())  # a title may hold odd breaks; a subject may not
    Message.objects.create(to=to, user=user, subject=subject[:200], body=body.strip() + "\n", created_at=now)
    SEND.ring()
