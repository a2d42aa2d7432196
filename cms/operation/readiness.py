"""`/readyz`: whether this installation does all its work. Anybody may ask, so it says little, and costs little.

Each part is asked in a thread of its own, and at most once at a time: what does not answer within two seconds is a
problem, and one that never answers holds up neither the others nor more than one thread of ours.
"""

import logging
import os
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, storages
from django.db import connection, connections
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from cms.core.process_cache import ProcessCache
from cms.jobs.registry import Queue

from . import state

log = logging.getLogger(__name__)
#: How long a part may take to answer.
PATIENCE_SECONDS = 2.0
#: How long an answer is given to whoever asks next.
CACHE: ProcessCache[dict[str, bool]] = ProcessCache(seconds=2.0)


class NotReady(Exception):
    """Says what is missing."""


def _database() -> None:
    """Answers, and takes changes."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only" if connection.vendor == "postgresql" else "SELECT 'off'")
        if cursor.fetchone() != ("off",):
            raise NotReady("The database takes no changes.")


def _cache() -> None:
    """Writes one row a minute, however often it is asked."""
    if cache.get("readyz") is None:
        cache.set("readyz", True, 60)
        if cache.get("readyz") is None:
            raise NotReady("The cache forgets.")


def _storage() -> None:
    for alias in ("private", "public"):
        storage = storages[alias]
        if not isinstance(storage, FileSystemStorage):
            storage.exists("readyz")
        elif not os.access(state.nearest(Path(storage.location)), os.W_OK | os.X_OK):
            raise NotReady(f"The folder of {alias} files cannot be written to.")


def _disk() -> None:
    if full := [disk.name for disk in state.disks() if disk.is_full]:
        raise NotReady(f"Too little free space: {', '.join(full)}.")


def _worker() -> None:
    if unserved := state.unserved(timezone.now()):
        raise NotReady(f"No worker serves {', '.join(unserved)}.")


def _queue() -> None:
    now, waiting = timezone.now(), state.waiting_jobs()
    if late := [queue for queue in Queue if waiting[queue].is_late(queue, now)]:
        raise NotReady(f"Jobs wait too long: {', '.join(late)}.")


PARTS: dict[str, Callable[[], None]] = {
    "database": _database,
    "cache": _cache,
    "storage": _storage,
    "disk": _disk,
    "worker": _worker,
    "queue": _queue,
}


class Question(Thread):
    def __init__(self, ask: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._ask = ask
        self._until = time.monotonic() + PATIENCE_SECONDS
        self.problem: str | None = "It does not answer."

    def run(self) -> None:
        try:
            self._ask()
            self.problem = None
        except Exception as problem:
            self.problem = f"{type(problem).__name__}: {problem}"
        finally:
            connections.close_all()

    def wait(self) -> str | None:
        """What is wrong, if anything; at once, if its time was over before."""
        self.join(max(0.0, self._until - time.monotonic()))
        return "It does not answer." if self.is_alive() else self.problem


_asked: dict[str, Question] = {}
_problems: dict[str, str | None] = {}


def parts_ready() -> dict[str, bool]:
    for name, ask in PARTS.items():
        if name not in _asked or not _asked[name].is_alive():
            _asked[name] = Question(ask)
            _asked[name].start()
    problems = {name: _asked[name].wait() for name in PARTS}
    for name, problem in problems.items():
        if (problem is None) is not (_problems.get(name) is None):  # once, not each time somebody asks
            log.log(logging.ERROR if problem else logging.INFO, "Readiness: %s: %s", name, problem or "well again")
    _problems.update(problems)
    return {name: problem is None for name, problem in problems.items()}


def readyz(request: HttpRequest) -> JsonResponse:
    """503 and the name of what is not ready."""
    ready = CACHE.get(parts_ready)
    answers = {name: "ok" if is_ready else "problem" for name, is_ready in ready.items()}
    status = 200 if all(ready.values()) else 503
    answer = JsonResponse(answers, status=status)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # above, once: Django would do so for each question
    return answer
