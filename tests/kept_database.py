"""Migrating takes longer than most tests, so a migrated SQLite database is kept and copied into memory.

Its name is a digest of all that tables and rows follow from: the migrations, the modules they name or call, the
packages with theirs, the models as they stand (Django makes content types and permissions for them), the settings,
and the day, which migrations write down. Nothing of ours listens when they have run: test_kept_database.py holds us
to that. So editing a service, a view or a template keeps the database.
"""

import fcntl
import hashlib
import json
import os
import re
import site
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

ROOT = Path(__file__).resolve().parents[1]
OURS = ("cms", "gallery", "home", "search")
#: As `makemigrations` writes them: modules that hold a field or a default.
NAMED = re.compile(rf"^import ((?:{'|'.join(OURS)})[\w.]*)$", re.MULTILINE)
#: Modules whose functions a migration calls, and those they call in turn.
CALLED = re.compile(rf"^from ((?:{'|'.join(OURS)})[\w.]*) import [\w, ]+$", re.MULTILINE)
KEPT = 3
#: One database that every thread of this process sees.
IN_MEMORY = "file:tests?mode=memory&cache=shared"


def fill_memory(folder: Path) -> None:
    """Points Django at a database in memory, and fills it from the kept one, which is made if it is missing."""
    kept = folder / f"{key()}.sqlite3"
    connection.close()
    connection.settings_dict["NAME"] = IN_MEMORY
    connection.ensure_connection()
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of several processes that start at once, one migrates
        if kept.exists():
            with closing(sqlite3.connect(kept)) as database:
                database.backup(connection.connection)
        else:
            call_command("migrate", verbosity=0)
            keep(kept)
            forget_older(folder)


def keep(file: Path) -> None:
    half = file.with_suffix(".half")
    half.unlink(missing_ok=True)
    with closing(sqlite3.connect(half)) as database:
        connection.connection.backup(database)
    half.rename(file)


def forget_older(folder: Path) -> None:
    by_age = sorted(folder.glob("*.sqlite3"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in by_age[KEPT:]:
        file.unlink()


def key() -> str:
    content = hashlib.sha256()
    for fact in facts():
        content.update(fact.encode() + b"\0")
    return content.hexdigest()[:32]


def facts() -> Iterator[str]:
    yield timezone.localdate().isoformat()
    yield sys.version
    yield sqlite3.sqlite_version
    yield from packages()
    for file in sources():
        yield f"{file.relative_to(ROOT)}\n{file.read_text()}"
    yield from tables()
    yield values()


def packages() -> Iterator[str]:
    """With the time of their installation, so that another build of the same version counts as another."""
    for folder in site.getsitepackages():
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            if entry.name.endswith(".dist-info"):
                yield f"{entry.name} {entry.stat().st_mtime_ns}"


def sources() -> list[Path]:
    migrations = migration_files()
    named = {file_of(name) for file in migrations for name in NAMED.findall(file.read_text())}
    return [Path(__file__), *migrations, *sorted(named | set(called_files()))]


def called_files() -> list[Path]:
    found: list[Path] = []
    waiting = migration_files()
    while waiting:
        called = {file_of(name) for file in waiting for name in CALLED.findall(file.read_text())}
        waiting = sorted(called - set(found))
        found += waiting
    return found


def file_of(module: str) -> Path:
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def migration_files() -> list[Path]:
    return sorted(file for name in OURS for file in (ROOT / name).rglob("migrations/*.py"))


def tables() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        about = model._meta
        columns = [(field.column, field.db_type(connection)) for field in about.local_fields]
        names = (about.label, str(about.verbose_name_raw), about.db_table, about.proxy)
        yield repr((names, columns, about.permissions, about.default_permissions))


def values() -> str:
    """All settings. Files of tests lie in a folder of the process's own, which says nothing about the database."""
    every = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
    return json.dumps(every, default=plain, sort_keys=True).replace(str(settings.FILES), "")


def plain(value: object) -> object:
    return sorted(value) if isinstance(value, set | frozenset) else str(value)
