"""While a backup is being restored, nobody else gets a connection to the database: no page, no worker, no command.

The sign is a table that stands in the empty database before the first row comes back, and is dropped when the last
withdrawal has been replayed and every public file is there. What is half restored cannot be served.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.utils import OperationalError

SIGN = "portal_being_restored"
_allowed = False


class BeingRestored(OperationalError):
    """The site answers as it does while its database is away."""


@contextmanager
def allowing_this_process() -> Iterator[None]:
    global _allowed
    _allowed = True
    try:
        yield
    finally:
        _allowed = False


def refuse(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Asked once for each connection, so that requests need not ask."""
    if not _allowed and SIGN in _tables_called_so(connection):
        connection.close()
        raise BeingRestored("A backup is being restored. The site answers again when that is done.")


def _tables_called_so(connection: BaseDatabaseWrapper) -> list[str]:
    where = (
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = %s"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'table' AND name = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(where, [SIGN])
        return [name for (name,) in cursor.fetchall()]


def raise_sign(connection: BaseDatabaseWrapper, backup_id: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {SIGN} (backup varchar(32) NOT NULL)")
        cursor.execute(f"INSERT INTO {SIGN} (backup) VALUES (%s)", [backup_id])  # noqa: S608


def read_sign(connection: BaseDatabaseWrapper) -> str | None:
    """The id of the backup that is being restored, if one is."""
    if not _tables_called_so(connection):
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT backup FROM {SIGN}")  # noqa: S608
        row = cursor.fetchone()
    return row[0] if row else ""


def take_sign_down(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {SIGN}")


connection_created.connect(refuse, dispatch_uid="refuse-while-restoring")
