"""An installation of its own: a database, a folder of files and a log, and commands in processes of their own."""

import contextlib
import json
import os
import signal
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, storages
from django.core.management import execute_from_command_line
from django.db import connection
from django.db.models import FileField
from psycopg import rows, sql

from cms.core.process_cache import forget_everything

Rows = dict[str, list[dict[str, Any]]]
FORK = get_context("fork")  # a start from nothing takes seconds


class Site:
    """Its database is empty, or with `migrated` as the tests' own is before the first test."""

    def __init__(self, folder: Path, *, migrated: bool = False) -> None:
        folder.mkdir(parents=True)
        self.folder, self.log, self.var = folder, folder / "withdrawals.log", folder / "var"
        self.started: list[Running] = []
        self.name = self._make_database(migrated)

    def _make_database(self, migrated: bool) -> str:
        facts = connection.settings_dict
        if connection.vendor == "sqlite":
            name = str(self.folder / "portal.sqlite3")
            if migrated:
                connection.ensure_connection()
                with contextlib.closing(sqlite3.connect(name)) as copy:
                    connection.connection.backup(copy)
            return name
        name = f"{facts['NAME']}_{self.folder.name}"
        template = facts["NAME"] if migrated else "template0"
        connection.close()  # what is copied must have no visitors
        self._drop(name)
        with _postgres("postgres") as owner:
            owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [template])
            command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            owner.execute(command.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def _drop(self, name: str) -> None:
        with _postgres("postgres") as owner:
            owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def remove(self) -> None:
        for running in self.started:
            running.kill()
        if connection.vendor == "postgresql":
            self._drop(self.name)

    # --- Commands

    def begin(self, function: Callable[..., Any], *arguments: Any) -> "Running":
        running = Running(self, function, arguments)
        self.started.append(running)
        return running

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Calls it in a process of this site. What it returns is JSON."""
        code, said, result = self.begin(function, *arguments).ended()
        assert code == 0, said
        return result

    def does(self, *command: str) -> str:
        """All that the command says; it goes well."""
        code, said, _ = self.begin(manage, *command).ended()
        assert code == 0, said
        return said

    def fails(self, *command: str) -> str:
        """What it says, which is one sentence for an operator and no traceback."""
        code, said, _ = self.begin(manage, *command).ended()
        assert code == 1, said
        assert "Traceback" not in said, said
        return said

    def become(self) -> None:
        """This process, which has been forked from that of the tests, is one of this site from here on."""
        connection.connection = None  # the other process's
        connection.settings_dict["NAME"] = self.name
        settings.VAR = self.var
        settings.PRIVATE_ROOT, settings.MEDIA_ROOT = self.var / "private", self.var / "public"
        settings.WITHDRAWALS_LOG = self.log
        # Tests of S3 may have left the fields with other ones than those that have the names.
        named = [storages[alias] for alias in ("default", "private", "public")]
        held = [
            field.storage
            for model in apps.get_models()
            for field in model._meta.local_fields
            if isinstance(field, FileField) and issubclass(type(field.storage), FileSystemStorage)
        ]
        for storage in {id(each): each for each in (*named, *held)}.values():
            for known in ("base_location", "location"):  # looked up once
                storage.__dict__.pop(known, None)
            storage.__init__()
        forget_everything()
        cache.clear()

    # --- What is there

    def rows(self) -> Rows:
        """Every row of every table."""
        if connection.vendor == "sqlite":
            with contextlib.closing(sqlite3.connect(f"file:{self.name}?mode=ro", uri=True)) as database:
                database.row_factory = sqlite3.Row
                return self._rows(database, "SELECT name FROM sqlite_master WHERE type = 'table'")
        with _postgres(self.name) as database:
            return self._rows(database, "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")

    def _rows(self, database: Any, tables: str) -> Rows:
        names = sorted(row["name"] for row in database.execute(tables).fetchall())
        every = {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}  # noqa: S608
        return {name: sorted((dict(row) for row in rows), key=str) for name, rows in every.items()}

    def files(self, top: str) -> dict[str, bytes]:
        folder = self.var / top
        return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


class Running:
    """A process of a site. What it says and what it returns stand in files."""

    def __init__(self, site: Site, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        self.site, self.function, self.arguments = site, function, arguments
        self.files = site.folder / f"process-{len(site.started)}"
        Path(f"{self.files}.said").touch()
        self.process = FORK.Process(target=self._run)
        self.process.start()

    def _run(self) -> None:
        os.setsid()
        said = os.open(f"{self.files}.said", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(said, 1), os.dup2(said, 2)
        sys.stdout = sys.stderr = open(said, "w", buffering=1)  # noqa: SIM115 - to the end
        code = 1
        try:
            self.site.become()
            result = self.function(*self.arguments)
            Path(f"{self.files}.result").write_text(json.dumps(result, default=str))
            code = 0
        except SystemExit as left:
            code = int(left.code or 0)
        except BaseException:
            traceback.print_exc()
        sys.stdout.flush()
        os._exit(code)  # nothing of the tests' own process is wound up

    def ended(self) -> tuple[int | None, str, Any]:
        """Its code, all it has said, and what its function has returned."""
        self.process.join(180)
        result = Path(f"{self.files}.result")
        return self.process.exitcode, self.said(), json.loads(result.read_text()) if result.exists() else None

    def said(self) -> str:
        return Path(f"{self.files}.said").read_text()

    def wait_for(self, words: str) -> None:
        self.wait_until(lambda: words in self.said())

    def wait_until(self, is_so: Callable[[], object]) -> None:
        deadline = time.monotonic() + 120
        while not is_so():
            assert self.process.is_alive(), self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.05)

    def go_on(self) -> None:
        """Where `acts.halt_before` has stopped it."""
        (self.site.var / "go-on").touch()

    def kill(self) -> None:
        """Without a word, and with everything it has started."""
        if self.process.is_alive():
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.join(10)


def manage(*command: str) -> None:
    execute_from_command_line(["manage.py", *command])


def _postgres(name: str) -> Any:
    facts = connection.settings_dict
    where = {"host": facts["HOST"], "port": facts["PORT"], "user": facts["USER"], "password": facts["PASSWORD"]}
    return psycopg.connect(dbname=name, autocommit=True, row_factory=rows.dict_row, **where)
