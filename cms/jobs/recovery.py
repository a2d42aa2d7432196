"""A job that was broken off goes back to its queue: every handler may be called twice."""

import datetime as dt

from django.db.models import Q, QuerySet
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


def try_again(jobs: QuerySet[DBTaskResult], *, at: dt.datetime | None = None) -> int:
    """What was wrong is over, or will be: those that failed wait again, as if new. Returns how many."""
    as_new: dict = {
        "worker_ids": [],
        "started_at": None,
        "finished_at": None,
        "exception_class_path": "",
        "traceback": "",
    }
    when: dict = {"run_after": at} if at is not None else {}
    return jobs.filter(status="FAILED").update(status="READY", **as_new, **when)


def let_go(jobs: QuerySet[DBTaskResult]) -> int:
    """Nobody wants them done any more. Returns how many."""
    return jobs.filter(status="FAILED").delete()[0]


@every_round("jobs put back", Turn.REPAIR, by_date=False)
def put_back_overdue(now: dt.datetime) -> int:
    return put_back(Q(started_at__lt=now - OVERDUE), now=now)
