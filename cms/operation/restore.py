"""Restores a backup into an empty system, so that nothing is served before it is right.

Until the last step nobody else gets a connection (`guard`). Each step may be repeated: whatever is killed goes on
when the same command is run again.
"""

import datetime as dt
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import Error as DatabaseError
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from cms.changes.recording import begin_anew
from cms.core.storage import STORAGE_PROBLEMS
from cms.jobs.recovery import put_back
from cms.operation import archive, databases, files, guard, public_files, withdrawals
from cms.operation.backup import in_megabytes

log = logging.getLogger(__name__)
Say = Callable[[str], object]


class CannotRestore(Exception):
    """The message says why, and what to do."""


class NotYetOpen(Exception):
    """Everything is restored, but the site stays closed until the log of withdrawals has been carried out."""


def restore(path: Path, *, without_log: bool, say: Say) -> list[str]:
    """Returns what could not be made again, in words. Raises `CannotRestore` or `NotYetOpen`."""
    with guard.allowing_this_process():
        try:
            say(f"Reading {path} and comparing its checksums …")
            manifest = archive.read_manifest(path)
            began = dt.datetime.fromisoformat(manifest["began_at"])
            _check_version(manifest)
            _check_log(manifest, without_log)
            _claim(manifest)
            _restore_files(path, manifest, say)
            _restore_database(path, manifest, say)
            _drop_nameless_files(say)
            _replay(manifest["id"], began, say)
            failed = _make_public_files(say)
            withdrawals.mark(withdrawals.Step.RESTORED, manifest["id"], timezone.now())
            guard.take_sign_down(connection)
        except archive.NotABackup as problem:
            raise CannotRestore(f"{path} cannot be restored. {problem}") from problem
        except (databases.DatabaseTroubled, DatabaseError, *STORAGE_PROBLEMS) as problem:
            why = str(problem).strip().removesuffix(".")
            raise CannotRestore(f"{why}. Put that right and run the same command again.") from problem
    return failed


def _check_version(manifest: dict[str, Any]) -> None:
    if manifest["database"] != connection.vendor:
        raise CannotRestore(
            f"The backup holds a database of {manifest['database']}, DATABASE_URL names one of {connection.vendor}."
        )
    if unknown := databases.list_unknown(manifest["migrations"]):
        raise CannotRestore(
            f"The backup is from a newer version of the site ({unknown[0]} is not in this one). "
            "Install that version, or a later one, and run the same command again."
        )


def _check_log(manifest: dict[str, Any], without_log: bool) -> None:
    if not without_log and not withdrawals.knows_backup(manifest["id"]):
        log = Path(settings.WITHDRAWALS_LOG)
        kept = "the log of withdrawals that was kept beside this backup"
        raise CannotRestore(
            (f"{log} is not {kept}. " if log.exists() else f"There is no {log}, {kept}. ")
            + "Put it there, or set WITHDRAWALS_LOG. Without it, what people have taken back since would be shown "
            "again; if it is lost, say --without-log, and then take those photographs down by hand."
        )


def _claim(manifest: dict[str, Any]) -> None:
    """Makes sure that the system is empty, or half filled by this very command, and closes it."""
    sign = guard.read_sign(connection)
    if sign == manifest["id"]:
        databases.disconnect_others()
        return
    if sign is not None:
        raise CannotRestore("Another backup was being restored here. Begin again with an empty database.")
    if databases.count_others():
        raise CannotRestore("Somebody is connected to the database. Stop the web processes and the worker first.")
    if databases.list_tables():
        raise CannotRestore(
            "The database is not empty. A backup is restored into a new one only: make one (createdb), name it in "
            "DATABASE_URL, do not migrate it, and run the same command again."
        )
    if next(files.walk(storages["private"]), None) is not None:
        raise CannotRestore(
            "There are private files already. A backup is restored beside none: move them away, or name another "
            "folder (VAR_FOLDER) or bucket (AWS_STORAGE_PRIVATE_BUCKET)."
        )
    guard.raise_sign(connection, manifest["id"])
    databases.disconnect_others()


def _restore_files(path: Path, manifest: dict[str, Any], say: Say) -> None:
    """Before the rows that name them. Those that an earlier try has brought stay."""
    if databases.list_tables():
        return
    storage = storages["private"]
    number = 0
    for name, stream in archive.each_member(path):
        if name.startswith(archive.FILES):
            files.put(storage, name.removeprefix(archive.FILES), stream)
            number += 1
            if number % 1000 == 0:
                say(f"{number:,} files …")
    os.sync()
    say(f"Private files: {number:,}, {in_megabytes(manifest['bytes'])}.")


def _restore_database(path: Path, manifest: dict[str, Any], say: Say) -> None:
    if not databases.list_tables():
        dump = Path(settings.VAR) / f"restoring-{manifest['id']}"
        try:
            dump.parent.mkdir(parents=True, exist_ok=True)
            members = archive.each_member(path)
            _, stream = next(members)
            with os.fdopen(os.open(dump, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                while piece := stream.read(archive.PIECE):
                    file.write(piece)
            members.close()
            databases.load(dump, manifest["id"])
        finally:
            dump.unlink(missing_ok=True)
        rows = databases.count_rows(list(manifest["rows"]))
        if wrong := [table for table, number in manifest["rows"].items() if rows[table] != number]:
            raise CannotRestore(f"{wrong[0]} has not all its rows. Begin again with an empty database.")
        say(f"Database: {sum(rows.values()):,} rows, as many as were counted.")
    call_command("migrate", interactive=False, verbosity=0)
    begin_anew(now=timezone.now())
    Session.objects.all().delete()  # also of people who have signed out since, or have a new password
    cache.clear()
    put_back(Q(), now=timezone.now())


def _drop_nameless_files(say: Say) -> None:
    """Came while the backup was made, after the database was copied. Nobody could ever take them back."""
    storage, named = storages["private"], files.named_by_rows()
    nameless = [name for name in files.walk(storage) if name not in named]
    for name in nameless:
        storage.delete(name)
    if nameless:
        say(f"Deleted {len(nameless):,} private files that came while the backup was made: no row names them.")


def _replay(backup_id: str, began: dt.datetime, say: Say) -> None:
    if not withdrawals.knows_backup(backup_id):  # another site's would take back what it has the same numbers for
        say("No log of withdrawals: whatever was taken back since the backup is there again.")
        return
    number, failed = withdrawals.replay_since(began, say=say)
    say(f"Log of withdrawals: {number} lines since the backup, carried out again.")
    if failed:
        raise NotYetOpen(
            f"{failed} of them could not be carried out, so the site stays closed. The lines above and the log say "
            "why. Run the same command again when that is put right."
        )


def _make_public_files(say: Say) -> list[str]:
    failed: list[str] = []
    for what, made in public_files.make_all(missing=True):
        say(f"Made {made.number:,} {what} anew.")
        failed += made.failed
    swept = public_files.sweep(now=timezone.now(), filled_within=dt.timedelta(0))
    if swept:
        say(f"Deleted {swept:,} folders and files of public storage that belong to nothing restored.")
    return failed
