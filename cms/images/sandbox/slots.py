"""At most as many bounded processes at once as the machine has cores, whoever starts them: web, worker or command.

A slot is a locked file in the temporary folder, which all of them share. The lock goes with the processes that hold
it, so one that is killed leaves its slot free.
"""

import fcntl
import os
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cms.images.formats import MOST_WAITING, Allowance
from cms.images.refusal import PhotoRefused

#: Between two looks, on average.
PAUSE_SECONDS = 0.05
VISITORS = "line-of-visitors"
#: For the threads of this process in which a visitor waits for a picture.
_places = threading.BoundedSemaphore(MOST_WAITING)


@contextmanager
def slot(allowance: Allowance) -> Iterator[int]:
    """The descriptor that holds a slot, for the child to inherit. Raises PhotoRefused if none comes free, or if too
    many visitors of this process wait already."""
    with _place(allowance), _held(allowance) as held:
        yield held


@contextmanager
def _place(allowance: Allowance) -> Iterator[None]:
    if allowance.somebody_waits and not _places.acquire(blocking=False):
        raise PhotoRefused.because("busy")
    try:
        yield
    finally:
        if allowance.somebody_waits:
            _places.release()


@contextmanager
def _held(allowance: Allowance) -> Iterator[int]:
    deadline = time.monotonic() + allowance.patience_seconds
    # Of those who wait one looks for a slot, so that nobody who comes later is quicker. Visitors and the worker
    # have a line each, so that neither stands behind the other.
    first = _lock(lambda: [VISITORS if allowance.somebody_waits else "line-of-work"], deadline)
    try:
        held = _lock(lambda: [f"slot-{number}" for number in _numbers(allowance)], deadline)
    finally:
        os.close(first)
    try:
        yield held
    finally:
        os.close(held)


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _numbers(allowance: Allowance) -> range:
    """Where to look, and in which order: visitors from the last, work from the first. While a visitor waits, the
    last is not for work."""
    every = cores()
    if allowance.somebody_waits:
        return range(every - 1, -1, -1)
    line = _try_lock(VISITORS)
    if line is None:
        return range(max(1, every - 1))
    os.close(line)
    return range(every)


def _lock(names: Callable[[], list[str]], deadline: float) -> int:
    """One of these files, locked. Looks at least once, and asks again for their names each time."""
    while True:
        for name in names():
            if (file := _try_lock(name)) is not None:
                return file
        if time.monotonic() > deadline:
            raise PhotoRefused.because("busy")
        time.sleep(2 * PAUSE_SECONDS * random.random())  # noqa: S311 - so that nobody is always a little late


def _try_lock(name: str) -> int | None:
    file = os.open(_folder() / name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return file


def _folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"portal-pictures-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
