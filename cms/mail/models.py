"""E-mails we owe people. Written with the decision they tell of, sent by the worker, so that none is lost."""

from django.conf import settings
from django.db import models

from cms.core.models import PrivateModel
from cms.jobs.retries import Retried, RetriedQuerySet


class MessageQuerySet(RetriedQuerySet):
    def unsent(self) -> "MessageQuerySet":
        return self.filter(sent_at=None)


class Message(PrivateModel, Retried):
    to = models.EmailField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.subject
