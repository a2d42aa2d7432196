"""Lets Wagtail's own records tell the same time as the services.

Services take `now=`; Wagtail stamps revisions, workflow steps and its log with the clock on the wall. A demo whose
whole history happened this minute would tell a moderator nothing.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Max
from wagtail.models import ModelLogEntry, Revision, TaskState, WorkflowState

STAMPED = {Revision: "created_at", ModelLogEntry: "timestamp", TaskState: "started_at", WorkflowState: "created_at"}


@contextmanager
def at(now: dt.datetime) -> Iterator[dt.datetime]:
    """What Wagtail wrote inside the block is moved to `now`. Only for a database nobody else is writing to."""
    before = {model: model.objects.aggregate(last=Max("pk"))["last"] or 0 for model in STAMPED}
    open_steps = list(TaskState.objects.filter(finished_at=None).values_list("pk", flat=True))
    yield now
    for model, field in STAMPED.items():
        model.objects.filter(pk__gt=before[model]).update(**{field: now})
    finished = TaskState.objects.filter(finished_at__isnull=False)
    (finished.filter(pk__in=open_steps) | finished.filter(pk__gt=before[TaskState])).update(finished_at=now)
