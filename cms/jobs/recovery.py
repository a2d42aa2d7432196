"""A job that was broken off goes back to its queue: every handler may be called twice."""

import datetime as dt

from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from .periodic import Turn, every_round

#: A job that was begun so often and never ended may be what ends the workers.
MOST_TRIES = 3
#: Longer than any job takes that is not stuck. A worker that was killed cannot say so.
OVERDUE = dt.timedelta(minutes=15)


def put_back(broken_off: Q, *, now: dt.datetime) -> int:
    """Lets the running jobs among these wait again, or fail if it is their third time. Returns how many."""
    number = 0
    for job in DBTaskResult.objects.running().filter(broken_off):
        again = len(job.worker_ids) < MOST_TRIES
        changes: dict = {"status": "READY"} if again else {"status": "FAILED", "finished_at": now}
        same = DBTaskResult.objects.running().filter(pk=job.pk, started_at=job.started_at)
        number += same.update(**changes)
    return number


@every_round("jobs put back", Turn.REPAIR)
def put_back_overdue(now: dt.datetime) -> int:
    return put_back(Q(started_at__lt=now - OVERDUE), now=now)
