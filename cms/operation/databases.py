"""The database as one file and back: PostgreSQL by its own tools, SQLite by its online backup."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from cms.operation import guard

Counts = dict[str, int]


class DatabaseTroubled(Exception):
    """The database or its tools did not do it. The message says which and why."""


def dump(file: Path) -> Counts:
    """Writes all of one moment, while others write. Returns how many rows of each table that is."""
    return _dump_postgresql(file) if connection.vendor == "postgresql" else _dump_sqlite(file)


def load(file: Path, backup_id: str) -> None:
    """Into an empty database, all or nothing."""
    _load_postgresql(file) if connection.vendor == "postgresql" else _load_sqlite(file, backup_id)


def list_tables() -> list[str]:
    """Those that are there, but for the sign of a restore."""
    return [name for name in connection.introspection.table_names() if name != guard.SIGN]


def count_rows(tables: Sequence[str] | None = None) -> Counts:
    with connection.cursor() as cursor:
        return _count(cursor, tables or _our_tables())


def list_applied() -> dict[str, list[str]]:
    """The migrations the database has gone through."""
    applied: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        applied.setdefault(app, []).append(name)
    return applied


def list_unknown(applied: dict[str, list[str]]) -> list[str]:
    """Migrations this version does not have: the database is from a newer one."""
    ours = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    theirs = [(app, name) for app, names in applied.items() for name in names]
    return [f"{app}.{name}" for app, name in theirs if (app, name) not in ours]


def disconnect_others() -> None:
    """Whoever has connected before the sign was raised; they are refused when they come back."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                " AND usename = current_user AND pid <> pg_backend_pid()"
            )


def count_others() -> int:
    """Connections of other programs of ours: a web process or a worker."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND usename = current_user AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


def _our_tables() -> list[str]:
    every = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    return sorted(every & set(list_tables()))


def _count(cursor: CursorWrapper | sqlite3.Cursor, tables: Sequence[str]) -> Counts:
    counts = {}
    for table in tables:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 (names of our models)
        counts[table] = cursor.fetchone()[0]
    return counts


# --- PostgreSQL


def _dump_postgresql(file: Path) -> Counts:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute(f"SET LOCAL {limit} = 0")  # pg_dump takes as long as it takes
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        _run(
            "pg_dump",
            ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={file}"],
        )
        return _count(cursor, _our_tables())


def _load_postgresql(file: Path) -> None:
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", f"--dbname={_name()}"]
    _run("pg_restore", [*options, str(file)], names_database=False)


def _name() -> str:
    return connection.settings_dict["NAME"]


def _run(tool: str, options: list[str], *, names_database: bool = True) -> None:
    """The password goes by the environment: command lines are for everybody to read."""
    if shutil.which(tool) is None:
        raise DatabaseTroubled(f"{tool} is not installed. On Debian and Ubuntu: apt install postgresql-client")
    (_, *arguments), secrets = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    if not names_database:
        arguments = arguments[:-1]
    env = os.environ | (secrets or {})
    done = subprocess.run(  # noqa: S603
        [tool, *options, *arguments], env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or ["It did not say why."]
        raise DatabaseTroubled(f"{tool} did not do it: {said[0]}")


# --- SQLite


def _dump_sqlite(file: Path) -> Counts:
    connection.ensure_connection()
    _remove_beside(file)  # a process that was killed has left its journal, which is none of the new one's
    try:
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, not three
            return _count(copy.cursor(), _our_tables())
    except sqlite3.Error as problem:
        raise DatabaseTroubled(f"SQLite could not write the copy: {problem}.") from problem
    finally:
        _remove_beside(file)


def _load_sqlite(file: Path, backup_id: str) -> None:
    """The copy carries the sign before it gets the database's name."""
    path = Path(_name())
    half = path.with_name(f"{path.name}.half")
    try:
        shutil.copyfile(file, half)
        half.chmod(0o600)
        with closing(sqlite3.connect(half)) as copy, copy:
            copy.execute(f"CREATE TABLE {guard.SIGN} (backup varchar(32) NOT NULL)")
            copy.execute(f"INSERT INTO {guard.SIGN} (backup) VALUES (?)", [backup_id])  # noqa: S608
        with half.open("rb") as written:
            os.fsync(written.fileno())
        connection.close()
        _remove_beside(path)
        half.replace(path)
    except (OSError, sqlite3.Error) as problem:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise DatabaseTroubled(f"The database could not be put in its place: {problem}.") from problem


def _remove_beside(file: Path) -> None:
    """What SQLite keeps beside a database while it is open."""
    for ending in ("-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
