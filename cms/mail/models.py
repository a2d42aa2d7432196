"""E-mails we owe people. Written with the decision they tell of, sent by the worker, so that none is lost.

What stays of one that has gone says when it did, about what, and to which account: no address and no text, so that
nothing somebody wrote to a form, and no link that opens anything, outlives its mail.
"""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q

from cms.core.models import PrivateModel
from cms.jobs.retries import Retried, RetriedQuerySet


class MessageQuerySet(RetriedQuerySet):
    def unsent(self) -> "MessageQuerySet":
        return self.filter(sent_at=None)

    def mark_sent(self, at: dt.datetime | models.F) -> int:
        return self.update(sent_at=at, to="", body="")


class Message(PrivateModel, Retried):
    to = models.EmailField(blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(to="", body=""), name="sent_mail_has_no_address_and_no_text"
            ),
        ]

    def __str__(self) -> str:
        return self.subject
