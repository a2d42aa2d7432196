"""E-mails we owe people. Written with the decision they tell of, sent by the worker, so that none is lost.

What stays of one that has gone says when it did, about what, and to which account: no address and no text, so that
nothing somebody wrote to a form, and no link that opens anything, outlives its mail.
"""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cms.core.models import PrivateModel
from cms.jobs.retries import Retried, RetriedQuerySet, resting

#: From this many failed tries on, half a day of them, people are told.
TOLD_AFTER = 12
#: A mail that waits for so long, while none goes out at all, is not the fault of the mailbox it is for.
STANDING_AFTER = dt.timedelta(minutes=15)


class MessageQuerySet(RetriedQuerySet):
    def due(self, now: dt.datetime) -> "MessageQuerySet":
        """What is soon of no use comes first: somebody waits for it."""
        useful = self.exclude(resting(now)).filter(Q(until=None) | Q(until__gt=now))
        return useful.order_by(F("until").asc(nulls_last=True), "pk")

    def unsent(self) -> "MessageQuerySet":
        return self.filter(sent_at=None)

    def owed(self) -> "MessageQuerySet":
        """Still tried."""
        return self.unsent().filter(given_up_at=None)

    def stuck(self) -> "MessageQuerySet":
        """Given up, or failed so often that somebody should look."""
        return self.unsent().filter(~Q(given_up_at=None) | Q(tries__gte=TOLD_AFTER))

    def standing_since(self, now: dt.datetime) -> dt.datetime | None:
        """Since when the oldest waits, if no mail goes out: the server is silent, or refuses all it is given."""
        lately = now - STANDING_AFTER
        oldest = self.owed().filter(created_at__lte=lately).order_by("created_at").first()
        if oldest is None or self.filter(sent_at__gt=lately).exists():
            return None
        return oldest.created_at

    def last_answer(self) -> str:
        """What the mail server said to the last that failed and is still tried."""
        failed = self.owed().exclude(problem="").order_by(F("next_try_at").desc(nulls_last=True))
        return failed.values_list("problem", flat=True).first() or ""

    def mark_sent(self, at: dt.datetime | models.F) -> int:
        return self.update(sent_at=at, to="", body="", problem="")


class Message(PrivateModel, Retried):
    to = models.EmailField(blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField()
    until = models.DateTimeField(null=True, help_text="From then on it is of no use, such as a code.")
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Refused for good, or tried for five days."
    )
    problem = models.CharField(
        max_length=300, blank=True, help_text="What the mail server said, without addresses."
    )

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
