"""The numbered record of everything the public saw change, so that a copy elsewhere can be kept right for ever."""

import datetime as dt

from django.db import models

from gallery.enums import ChangeKind


class Clock(models.Model):
    """One row. Its number goes up by one with every change, under lock and in the change's own transaction:
    autoincrement ids commit out of order on PostgreSQL, and readers would miss deletions.

    The same number is the version in every ETag, together with the next moment at which something changes by
    itself (a call closes, an exhibit expires). `counts` holds exact totals, so that no list has to count.
    """

    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_clock")]

    def __str__(self) -> str:
        return str(self.number)

    def is_overdue(self, now: dt.datetime) -> bool:
        """A timed change has come due and `tend` has not yet recorded it."""
        return self.next_at is not None and self.next_at <= now

    def version(self, now: dt.datetime) -> str:
        """Differs whenever anything public differs."""
        overdue = f".{self.next_at:%s}" if self.next_at is not None and self.is_overdue(now) else ""
        return f"{self.number}{overdue}"


class ChangeQuerySet(models.QuerySet["Change"]):
    def shared(self) -> "ChangeQuerySet":
        """What other sites may know of."""
        return self.filter(shared=True)

    def latest_for(self, public_id: str) -> "Change | None":
        return self.filter(public_id=public_id).order_by("-number").first()


class Change(models.Model):
    """One exhibit shown, changed or gone. Holds an id and a time, never a title: it outlives the withdrawal."""

    number = models.PositiveBigIntegerField(primary_key=True)
    public_id = models.CharField(max_length=12, db_index=True)
    kind = models.CharField(max_length=10, choices=ChangeKind)
    at = models.DateTimeField()
    shared = models.BooleanField(default=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.public_id} {self.kind}"
