"""At most as many bounded processes at once as the machine has cores, whoever starts them: web, worker or command.

A slot is a locked file in the temporary folder, which all of them share. The lock goes with the processes that hold
it, so one that is killed leaves its slot free.
"""

import fcntl
import os
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cms.images.formats import Allowance
from cms.images.refusal import PhotoRefused

#: Between two looks, on average.
PAUSE_SECONDS = 0.05


@contextmanager
def slot(allowance: Allowance) -> Iterator[int]:
    """The descriptor that holds a slot, for the child to inherit. Raises PhotoRefused if none comes free."""
    deadline = time.monotonic() + allowance.patience_seconds
    # Of those who wait one looks for a slot, so that nobody who comes later is quicker. Visitors and the worker
    # have a line each, so that neither stands behind the other.
    first = _lock(["line-of-visitors" if allowance.somebody_waits else "line-of-work"], deadline)
    try:
        held = _lock([f"slot-{number}" for number in _numbers(allowance)], deadline)
    finally:
        os.close(first)
    try:
        yield held
    finally:
        os.close(held)


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _numbers(allowance: Allowance) -> range:
    """Where to look, and in which order: whoever waits begins with the one that is theirs alone."""
    last = cores() - 1
    return range(last, -1, -1) if allowance.somebody_waits else range(max(1, last))


def _lock(names: list[str], deadline: float) -> int:
    """One of these files, locked. Looks at least once."""
    while True:
        for name in names:
            file = os.open(_folder() / name, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
            else:
                return file
        if time.monotonic() > deadline:
            raise PhotoRefused.because("busy")
        time.sleep(2 * PAUSE_SECONDS * random.random())  # noqa: S311 - so that nobody is always a little late


def _folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"portal-pictures-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
