"""What is nobody's mistake: the database or the place for files does not answer just now, or is full.

The same request may go well in a minute, so it is answered with 503 and not with 500.
"""

import errno
from typing import get_args

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from django.db import InterfaceError, InternalError, OperationalError, ProgrammingError

#: PostgreSQL's codes for what has waited too long or stood in somebody's way. Its transaction is undone.
BUSY = {"40001", "40P01", "55P03", "57014"}
#: A database that takes no changes, or that closed a transaction which stood still. Django calls both internal.
CLOSED = {"25006", "25P03"}
#: No tables yet, or none any more: somebody is about to migrate or to restore. SQLite calls that operational.
EMPTY = {"42P01"}
#: A disk that takes nothing more.
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


class NothingCounts(Exception):
    """What may not be done uncounted cannot be done: the cache is away."""


OUTAGES = OperationalError | InterfaceError | Boto3Error | BotoCoreError | ClientError | NothingCounts


def is_outage(problem: BaseException | None) -> bool:
    if isinstance(problem, InternalError):
        return _state(problem) in CLOSED
    if isinstance(problem, ProgrammingError):
        return _state(problem) in EMPTY
    if isinstance(problem, OUTAGES):  # before the disk: some of botocore's are OSErrors as well
        return True
    return isinstance(problem, OSError) and problem.errno in FULL


def names_outage(class_path: str) -> bool:
    """The same, of a problem of which nothing but its class is known."""
    kinds: list[type] = [*get_args(OUTAGES)]
    for kind in kinds:
        kinds += kind.__subclasses__()
    return any(class_path == f"{kind.__module__}.{kind.__qualname__}" for kind in kinds)


def is_busy(problem: BaseException | None) -> bool:
    """The database is there, but something was locked for too long: whatever the transaction did is undone."""
    return isinstance(problem, OperationalError) and (
        _state(problem) in BUSY or "database is locked" in str(problem)  # which is how SQLite says it
    )


def in_a_line(problem: BaseException | None) -> str:
    """For the log. What is nobody's mistake needs no traceback, and databases say more than one line."""
    return next(iter(str(problem).strip().splitlines()), type(problem).__name__)


def _state(problem: BaseException) -> str | None:
    return getattr(problem.__cause__, "sqlstate", None)
