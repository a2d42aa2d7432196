"""Start the bounded process on a file and read its results as they come."""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, cast

from cms.images.formats import Allowance
from cms.images.refusal import PhotoRefused
from cms.images.sandbox import slots

ROOT = Path(__file__).resolve().parents[3]
# Enough to find Python and its libraries; settings and secrets stay here. One arena: with one thread a second
# only reserves memory that the limit counts.
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "PYTHONPYCACHEPREFIX")
MAX_LINE = 64 * 1024
MAX_PAYLOAD = 64 * 1024 * 1024
STOPPED = (-signal.SIGXCPU, -signal.SIGKILL)

logger = logging.getLogger(__name__)


def run(file: IO[bytes], job: dict[str, Any], allowance: Allowance) -> Iterator[tuple[dict[str, Any], bytes]]:
    """(facts, bytes) for each result. Raises PhotoRefused if the child refuses, dies or takes too long, or gets no
    turn."""
    with on_disk(file) as fd, slots.slot(allowance) as slot:
        try:
            child = subprocess.Popen(
                [sys.executable, "-m", "cms.images.sandbox"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=(fd, slot),  # the slot is free again when both processes are gone
                cwd=ROOT,
                env=environment(),
            )
        except OSError:
            raise PhotoRefused.because("busy") from None
        with suppress(OSError):  # it may be over
            os.setpriority(os.PRIO_PROCESS, child.pid, os.getpriority(os.PRIO_PROCESS, 0) + allowance.niceness)
        timer = threading.Timer(allowance.wall_seconds, child.kill)
        timer.start()
        try:
            yield from _results(child, {**job, "fd": fd, **asdict(allowance)})
        finally:
            timer.cancel()
            child.kill()
            cast(IO[bytes], child.stdout).close()
            child.wait()


def environment() -> dict[str, str]:
    """What the child may know of ours."""
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return passed_on | {"MALLOC_ARENA_MAX": "1"}


def _results(child: subprocess.Popen[bytes], job: dict[str, Any]) -> Iterator[tuple[dict[str, Any], bytes]]:
    orders, results = cast(IO[bytes], child.stdin), cast(IO[bytes], child.stdout)
    with suppress(BrokenPipeError), orders:  # if it died already, the first read finds out why
        orders.write(json.dumps(job).encode())
    while True:
        line = results.readline(MAX_LINE)
        if not line.endswith(b"\n"):
            raise _epitaph(child.wait())
        facts = json.loads(line)
        if "refused" in facts:
            raise PhotoRefused.because(facts["refused"])
        if "done" in facts:
            return
        size = min(facts.pop("bytes"), MAX_PAYLOAD)
        payload = results.read(size)
        if len(payload) == size:  # if not, it died: the next read finds out why
            yield facts, payload


def _epitaph(code: int) -> PhotoRefused:
    """Why a child died without a word. Only a signal is the picture's doing."""
    if code in STOPPED:
        return PhotoRefused.because("too-heavy")
    if code < 0:
        return PhotoRefused.because("damaged")
    logger.error("The bounded process ended by itself with code %s: is the installation whole?", code)
    return PhotoRefused.because("busy")


@contextmanager
def on_disk(file: IO[bytes]) -> Iterator[int]:
    """A descriptor of a real file with these bytes; what lives in memory or in a bucket is copied to one.

    The file's position is the start afterwards. Raises PhotoRefused when there is no room for the copy.
    """
    file.seek(0, os.SEEK_END)
    size = file.tell()
    file.seek(0)
    copy = None
    try:
        fd = file.fileno()
        whole = os.fstat(fd).st_size == size  # what is still in a buffer is not on the disk
    except (AttributeError, OSError, ValueError):
        whole = False
    if not whole:
        copy = _copy(file)
        fd = copy.fileno()
    try:
        yield fd
    finally:
        if copy is not None:
            copy.close()
        file.seek(0)


def _copy(file: IO[bytes]) -> IO[bytes]:
    copy = None
    try:
        copy = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever asked for it
        shutil.copyfileobj(file, copy)
        copy.flush()
        return copy
    except OSError as problem:
        logger.error("There is no room for a picture: %s", type(problem).__name__)
        with suppress(OSError):
            if copy is not None:
                copy.close()
        raise PhotoRefused.because("busy") from None
