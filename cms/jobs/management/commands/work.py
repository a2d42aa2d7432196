"""The worker: takes jobs from both queues, each in a lane of its own, and tends every half minute."""

import logging
import socket
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from cms.jobs.periodic import tend
from cms.jobs.registry import Queue

log = logging.getLogger("cms.jobs.worker")
TEND_SECONDS = 30.0
#: How long an idle lane sleeps before it looks again.
LOOK_SECONDS = 0.5
#: Before a lane that could not look, because the database is away, tries again.
REST_SECONDS = 2.0
#: A server that accepts a connection and then says nothing must not stop a lane for good.
SILENCE_SECONDS = 20.0
#: What a job of the long lane may still take when the worker is asked to stop. Jobs may be broken off.
LAST_SECONDS = 10.0


def make_worker(**queues: list[str]) -> Worker:
    """The library's worker, for some queues."""
    return Worker(
        **{"queue_names": ["*"], "excluded_queue_names": []} | queues,
        interval=LOOK_SECONDS,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
    )


class Command(BaseCommand):
    help = "Runs the worker: jobs from both queues, and the timer job beside them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", choices=[queue.value for queue in Queue], help="Serve one queue alone.")

    def handle(self, *args: Any, only: str | None, **options: Any) -> None:
        socket.setdefaulttimeout(SILENCE_SECONDS)
        self._tend(restarted=True)
        self.stopped = threading.Event()
        soon = make_worker(queue_names=[Queue.SOON.value])
        # Wagtail's own jobs, which index, ask for no queue of ours: they are in no hurry either.
        long = make_worker(excluded_queue_names=[Queue.SOON.value])
        lanes = {Queue.SOON.value: soon, Queue.LONG.value: long}
        ahead = lanes.pop(only or Queue.SOON.value)
        beside: list[Callable[[], None]] = [self._keep_tending]
        if only is None:
            beside += [partial(self._keep_working, lane) for lane in lanes.values()]
        threads = [threading.Thread(target=target, daemon=True) for target in beside]
        ahead.configure_signals()
        for thread in threads:
            thread.start()
        try:
            self._keep_working(ahead)
        finally:
            self.stopped.set()
            for lane in lanes.values():
                lane.running = False
            for thread in threads:
                thread.join(LAST_SECONDS)

    def _keep_working(self, lane: Worker) -> None:
        """A database that is away for a while ends no lane."""
        while lane.running and not self.stopped.is_set():
            try:
                lane.run()
            except Exception:
                log.exception("A lane of the worker stopped; it goes on in a moment.")
                close_old_connections()
                self.stopped.wait(REST_SECONDS)

    def _keep_tending(self) -> None:
        while not self.stopped.wait(TEND_SECONDS):
            self._tend()

    def _tend(self, *, restarted: bool = False) -> None:
        close_old_connections()
        try:
            tend(restarted=restarted)
        except Exception:
            log.exception("Tending failed; it will be tried again in half a minute.")
        finally:
            close_old_connections()
