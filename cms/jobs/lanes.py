"""A lane takes the jobs of some queues, one after the other, and outlives whatever goes wrong with one."""

import logging
import time
from threading import Thread
from typing import Any

from django.db import close_old_connections
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from cms.core.logs import request_id
from cms.core.outages import in_a_line, is_outage, names_outage

from .recovery import put_back, try_again
from .registry import LATER, Queue, name_of

log = logging.getLogger("cms.jobs.worker")
#: How long an idle lane sleeps before it looks again.
LOOK_SECONDS = 0.5
#: Before a lane that could not look, because the database is away, tries again.
REST_SECONDS = 2.0
#: How often it says so, while it is away.
SAY_SECONDS = 60.0


class Lane(Worker):
    """The library's worker, which runs in a thread and knows what it has taken on."""

    def __init__(self, *, only: list[str] | None = None, but: list[str] | None = None) -> None:
        super().__init__(
            queue_names=only or ["*"],
            excluded_queue_names=but or [],
            interval=LOOK_SECONDS,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        self.job: DBTaskResult | None = None
        self._said_at = -SAY_SECONDS
        self.thread = Thread(target=self._keep_working, daemon=True)

    def run_task(self, db_task_result: DBTaskResult) -> None:
        self.job = db_task_result
        request_id.set(f"{name_of(db_task_result)}, job {db_task_result.pk}")
        super().run_task(db_task_result)
        if db_task_result.status == "FAILED" and names_outage(db_task_result.exception_class_path):
            # Not ours, which ring again themselves, or one that did its work and could not say so.
            try_again(DBTaskResult.objects.filter(pk=db_task_result.pk), at=timezone.now() + LATER)
        request_id.set("-")
        self.job = None

    def busy_with(self) -> list[dict[str, Any]]:
        """For each of its queues what it is at, if anything, and since when. Asked from another thread."""
        job = self.job
        facts = {"job": name_of(job), "since": job.started_at.isoformat()} if job is not None else {}
        served = [queue for queue in Queue if self.process_all_queues or queue.value in self.queue_names]
        return [{"queue": queue.value, **facts} for queue in served if queue.value not in self.excluded_queue_names]

    def put_back(self) -> None:
        """What was taken on and not brought to an end waits again."""
        if self.job is not None:
            put_back(Q(pk=self.job.pk), now=timezone.now())
            self.job = None

    def _keep_working(self) -> None:
        """A database that is away for a while ends no lane, and loses no job."""
        while self.running:
            try:
                self.put_back()
                self.run()
            except Exception as problem:
                if is_outage(problem):  # may last, and is not the lane's
                    if time.monotonic() - self._said_at >= SAY_SECONDS:
                        self._said_at = time.monotonic()
                        log.warning("A lane of the worker waits. %s", in_a_line(problem))
                else:
                    log.exception("A lane of the worker stopped; it goes on in a moment.")
                close_old_connections()
                time.sleep(REST_SECONDS)
