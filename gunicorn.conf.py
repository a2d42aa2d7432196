"""What gunicorn reads when it is started here, whatever its command says: its logs name nobody and hold no key, and
its workers count together what `/metrics` says of them."""

import os
import shutil
import tempfile
from itertools import count
from pathlib import Path
from typing import Any

from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

os.environ.setdefault("SERVING", "1")  # before anything below reads the settings; cms.wsgi comes too late for that
#: In memory where there is such a place: a count that finds its disk full ends the process (SIGBUS).
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK | os.X_OK) else tempfile.gettempdir()  # noqa: S108
CALLED = "portal-counts-"
PREFIX = f"{CALLED}{os.getpid()}-"


def forget_the_dead() -> None:
    """Removes the counts of servers that were killed, which would lie there for good."""
    for folder in {Path(MEMORY), Path(tempfile.gettempdir())}:
        for left in folder.glob(f"{CALLED}*-*"):
            number = left.name.removeprefix(CALLED).partition("-")[0]
            try:
                os.kill(int(number), 0)
            except ProcessLookupError:
                shutil.rmtree(left, ignore_errors=True)
            except (ValueError, OverflowError, OSError):  # not ours, or another user's
                continue


COUNTS = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
if PREFIX not in COUNTS:  # this file is read again when gunicorn is told to reload
    forget_the_dead()
    COUNTS = os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix=PREFIX, dir=MEMORY)

from prometheus_client import values  # noqa: E402  (asks for the folder as it is imported)

from cms.core.logs import JSONFormatter, MaskingFormatter, request_id  # noqa: E402
from cms.images.formats import MOST_WAITING  # noqa: E402
from cms.settings.base import LOG_FORMAT  # noqa: E402


class MaskingLogger(Logger):
    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        """The last line of a request: what this thread says next is about another, which may have no name yet."""
        super().access(resp, req, environ, request_time)
        request_id.set("-")

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            written = handler.formatter
            line = f"{written._fmt} [%(request_id)s]"
            handler.setFormatter(
                JSONFormatter() if LOG_FORMAT == "json" else MaskingFormatter(line, written.datefmt)
            )


logger_class = MaskingLogger
worker_tmp_dir = MEMORY  # where workers say that they are alive
workers = 2
threads = 2 * MOST_WAITING  # half of them, at most, wait for pictures

#: Whose file this process counts in. A worker that follows another goes on with its file, so that there are never
#: more files than workers, however often they are replaced.
place = "0"
values.ValueClass = values.MultiProcessValue(lambda: place)


def pre_fork(server: Arbiter, worker: Worker) -> None:
    taken = {other.place for other in server.WORKERS.values()}
    worker.place = next(str(number) for number in count(1) if str(number) not in taken)


def post_fork(server: Arbiter, worker: Worker) -> None:
    global place
    place = worker.place


def on_exit(server: Arbiter) -> None:
    shutil.rmtree(COUNTS, ignore_errors=True)
