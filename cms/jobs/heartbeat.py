"""A worker's sign of life: a row of its own, renewed in a thread of its own, whatever its lanes are at."""

import datetime as dt
import logging
import os
import socket
from collections.abc import Callable
from threading import Event, Lock
from typing import Any

from django.db import close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string

from .models import WorkerProcess
from .periodic import Turn, every_round

log = logging.getLogger("cms.jobs.worker")
BEAT_SECONDS = 10.0
#: How long the row of a worker that was killed is shown.
KEPT = dt.timedelta(hours=1)


class Heartbeat:
    """`busy_with` says what each lane is doing, as the row has it."""

    def __init__(self, busy_with: Callable[[], list[dict[str, Any]]]) -> None:
        self._busy_with = busy_with
        self._id = get_random_string(32)
        self._place = f"{socket.gethostname()}, process {os.getpid()}"[:100]
        self._started_at = timezone.now()
        self._writing = Lock()

    def beat(self, *, stopped: bool = False) -> None:
        with self._writing:
            now = timezone.now()
            facts = {
                "place": self._place,
                "lanes": self._busy_with(),
                "started_at": self._started_at,
                "seen_at": now,
                "stopped_at": now if stopped else None,
            }
            WorkerProcess.objects.update_or_create(id=self._id, defaults=facts)

    def keep_beating(self, stopped: Event) -> None:
        """Until it is stopped. A database that is away, or full, silences it for as long as it is."""
        while not stopped.is_set():
            close_old_connections()
            try:
                self.beat()
            except Exception as problem:
                log.warning("The worker could not say that it is alive (%s).", type(problem).__name__)
                connections.close_all()
            stopped.wait(BEAT_SECONDS)


@every_round("workers forgotten", Turn.FORGET)
def forget_old(now: dt.datetime) -> int:
    return WorkerProcess.objects.filter(seen_at__lt=now - KEPT).delete()[0]
