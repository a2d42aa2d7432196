"""The queue's table holds what waits and what happened lately, not everything that ever was."""

import datetime as dt

from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from .periodic import Turn, every_round

KEPT_DONE = dt.timedelta(days=1)
#: Long enough for somebody to come and look.
KEPT_FAILED = dt.timedelta(days=14)


@every_round("jobs forgotten", Turn.FORGET)
def prune(now: dt.datetime) -> int:
    """Deletes jobs that are done, and those that failed two weeks ago."""
    over = Q(status="SUCCESSFUL", finished_at__lt=now - KEPT_DONE)
    over |= Q(status="FAILED", finished_at__lt=now - KEPT_FAILED)
    return DBTaskResult.objects.filter(over).delete()[0]
