"""The numbered record of everything the public saw change, so that a copy elsewhere can be kept right for ever."""

import datetime as dt
from collections.abc import Iterable

from django.db import models

from cms.core.models import PrivateModel
from cms.jobs.retries import Retried, RetriedQuerySet

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class How(models.TextChoices):
    """What happened to something public."""

    UPSERT = "upsert", "Shown or changed"
    REMOVED = "removed", "Taken down or withdrawn"
    EXPIRED = "expired", "Its time on show ended"
    CORRECTED = "corrected", "No longer shared with other sites"


#: After these the address answers 410.
GONE = {How.REMOVED, How.EXPIRED}


class Sequence(models.Model):
    """One row. Its number goes up by one with every change, under lock and in the change's own transaction:
    autoincrement ids commit out of order on PostgreSQL, and readers would miss deletions."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_sequence")]

    def __str__(self) -> str:
        return str(self.number)


class KindVersion(models.Model):
    """The number of the last change of one kind: what caches and ETags of its readers compare, together with the
    next moment at which something of that kind changes by itself (a call closes, an exhibit expires). `totals`
    holds exact numbers, so that no list has to count. Reading it never waits for the sequence's lock."""

    kind = models.CharField(primary_key=True, max_length=20)
    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, blank=True)
    totals = models.JSONField(default=dict)
    #: Pairs: what was numbered above the first, up to the second, was lost with a database that was restored.
    lost = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.kind}: {self.number}"

    @classmethod
    def together(cls, versions: "Iterable[KindVersion]") -> "KindVersion":
        """The version of an answer that shows several kinds. Not a row."""
        several = list(versions)
        together = cls(number=0, changed_at=EPOCH)
        for one in several:
            together.number = max(together.number, one.number)
            together.changed_at = max(together.changed_at, one.changed_at)
            together.totals |= one.totals
            together.lost += [pair for pair in one.lost if pair not in together.lost]
        together.next_at = min((one.next_at for one in several if one.next_at), default=None)
        return together

    def continues(self, number: int) -> bool:
        """A reader who has followed up to this number can go on from it. Not from one that is yet to come, nor from
        one that meant something else before a backup was restored."""
        return number <= self.number and not any(after < number <= until for after, until in self.lost)

    def is_overdue(self, now: dt.datetime) -> bool:
        """A timed change has come due and `tend` has not yet recorded it."""
        return self.next_at is not None and self.next_at <= now

    def version(self, now: dt.datetime) -> str:
        """Differs whenever anything public of this kind differs."""
        overdue = f".{self.next_at:%s}" if self.next_at is not None and self.is_overdue(now) else ""
        return f"{self.number}{overdue}"


class ChangeQuerySet(models.QuerySet["Change"]):
    def shared(self) -> "ChangeQuerySet":
        """What other sites may know of."""
        return self.filter(shared=True)

    def latest_for(self, kind: str, key: str) -> "Change | None":
        return self.filter(kind=kind, key=key).order_by("-number").first()


class Change(models.Model):
    """One thing shown, changed or gone. Holds a key and a time, never a title: it outlives the withdrawal."""

    number = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    how = models.CharField(max_length=10, choices=How)
    at = models.DateTimeField()
    shared = models.BooleanField(default=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["kind", "key", "-number"], name="change_of_one"),
            models.Index(fields=["kind", "number"], name="change_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.kind} {self.key} {self.how}"


class Purge(PrivateModel, Retried):
    """Addresses that a cache in front of the site has yet to be told to forget. Written with the change they tell
    of and deleted once told. Only where such a cache is set up."""

    addresses = models.JSONField(help_text="Complete, with scheme and host.")
    asked_at = models.DateTimeField()

    objects = RetriedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{len(self.addresses)} addresses"
