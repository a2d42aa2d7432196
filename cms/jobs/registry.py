"""Doorbells. A job only says that there may be something to do; the rows say what.

A `Job` is declared where everybody who rings may import it; the function that does the work stands beside its
service and says `@JOB.handler`. A job that is broken off comes back, if late (`recovery`), and `tend` looks at the
rows and rings again: every handler may be called twice, and its arguments are ids only, which stand in the queue's
table in plain text.
"""

import datetime as dt
import logging
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from django.db import close_old_connections, connection, transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from cms.core.outages import is_outage

log = logging.getLogger(__name__)
#: When a job comes back whose database or bucket was away.
LATER = dt.timedelta(minutes=1)
Handler = TypeVar("Handler", bound=Callable[..., Any])


class Queue(StrEnum):
    #: Deleting the files of what is off the wall. Nothing else stands here: it waits for no encoder and no server.
    TAKE_DOWN = "take-down"
    #: Purging and hanging. Nothing slower stands here.
    SOON = "soon"
    #: Everything else: previews, mail, packs, other sites.
    LONG = "long"


#: Before whatever else waits in the same queue.
FIRST = 50


class Job:
    """A kind of work, known by a name that stays: jobs that wait while the site is updated are found by it."""

    def __init__(self, name: str, *, queue: Queue = Queue.LONG, priority: int = 0) -> None:
        if name in declared:
            raise ValueError(f"Two jobs are called {name!r}.")
        self.name, self.queue, self.priority = name, queue, priority
        self.do: Callable[..., Any] | None = None
        declared[name] = self

    def handler(self, function: Handler) -> Handler:
        self.do = function
        return function

    def ring(self, **ids: int) -> None:
        """Call in the transaction that makes it necessary. One ring is enough while the same job waits."""
        arguments = {"args": [self.name], "kwargs": ids}
        waiting = DBTaskResult.objects.ready().filter(queue_name=self.queue, args_kwargs=arguments)
        with transaction.atomic():
            # Held until the caller commits: a worker that took it on before would not see why it was rung.
            if waiting.select_for_update(skip_locked=True).first() is None:
                run.using(queue_name=self.queue.value, priority=self.priority).enqueue(self.name, **ids)

    def ring_later(self, **ids: int) -> None:
        """In a minute, unless it waits already."""
        arguments = {"args": [self.name], "kwargs": ids}
        waiting = DBTaskResult.objects.filter(status="READY", queue_name=self.queue, args_kwargs=arguments)
        if not waiting.exists():
            at = timezone.now() + LATER
            run.using(queue_name=self.queue.value, priority=self.priority, run_after=at).enqueue(self.name, **ids)


declared: dict[str, Job] = {}


def name_of(job: DBTaskResult) -> str:
    """What it is called to people, with the ids it is for: “hang entry 12”. Jobs that are not ours, which index, by
    the name of their function."""
    arguments = job.args_kwargs
    if job.task_path != run.module_path:
        return job.task_path.rpartition(".")[2].removesuffix("_task").replace("_", " ")
    return " ".join(str(word) for word in (*arguments["args"], *arguments["kwargs"].values()))


@task()
def run(name: str, **ids: int) -> None:
    """What the queue holds. Raises `KeyError` for a job that an update has taken away.

    A job has not failed because somebody it needs is away: it comes back a minute later, for as long as they are.
    """
    job = declared[name]
    if job.do is None:
        raise LookupError(f"Nobody does the job {name!r}.")
    try:
        job.do(**ids)
    except Exception as problem:
        if not is_outage(problem):
            raise
        log.warning("It waits for a minute: what it needs is away (%s).", type(problem).__name__)
        if not connection.in_atomic_block:
            close_old_connections()  # the one that broke
        job.ring_later(**ids)
