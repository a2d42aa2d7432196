"""Who is at work, and what the timer must still know when its process is another one.

Readiness, the admin and alerts ask these rows, since a worker that has died cannot answer.
"""

import datetime as dt

from django.db import models
from django.db.models import QuerySet

from cms.core.models import PrivateModel

#: A worker that says nothing for so long is away: long enough for one to be stopped and the next to start.
SILENCE = dt.timedelta(minutes=2)


class WorkerQuerySet(QuerySet["WorkerProcess"]):
    def heard_of(self, now: dt.datetime) -> "WorkerQuerySet":
        """Those whose queues count as served, if one has just been stopped to start again, too."""
        return self.filter(seen_at__gt=now - SILENCE)


class WorkerProcess(PrivateModel):
    """A process of the command `work`, which renews its row every few seconds, whatever its lanes are busy with."""

    id = models.CharField(primary_key=True, max_length=32)
    place = models.CharField(max_length=100, help_text="Host and process.")
    lanes = models.JSONField(help_text="Each with its `queue`; `job` and `since` while it is busy.")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, help_text="When it was asked to stop, and did.")

    objects = WorkerQuerySet.as_manager()

    class Meta:
        ordering = ["started_at", "id"]

    def __str__(self) -> str:
        return self.place


class TimerClock(PrivateModel):
    """One row: the time of the last round, and since when the clock has said something very different."""

    seen_at = models.DateTimeField()
    doubted_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_timer_clock")]

    def __str__(self) -> str:
        return f"{self.seen_at:%Y-%m-%d %H:%M}"
