"""Makes a backup while the site goes on.

The database first, all of one moment, then the files: a file is written before the row that names it and never
changed, so every row of that moment finds its own, unless somebody has taken it back meanwhile. That stands in the
log of withdrawals, and restoring takes it back again.
"""

import datetime as dt
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import django
import wagtail
from django.core.files.storage import storages
from django.db import Error as DatabaseError
from django.db import connection
from django.utils import timezone

from cms.core.storage import STORAGE_PROBLEMS
from cms.operation import archive, databases, files, withdrawals
from cms.operation.models import Backup

Say = Callable[[str], object]


class BackupFailed(Exception):
    """There is no backup. The message says why."""


def make(path: Path, *, say: Say) -> Backup:
    """Raises `BackupFailed`; then what was under the name is there still, and that it failed is written down."""
    run = Backup(started_at=timezone.now())  # saved at the end: what is copied holds only those before it
    try:
        run.files = _write(path, run.started_at, say)
        run.bytes = path.stat().st_size
    except (databases.DatabaseTroubled, DatabaseError, *STORAGE_PROBLEMS) as problem:
        run.problem = str(problem).strip()[:300] or type(problem).__name__
        raise BackupFailed(run.problem) from problem
    except BaseException as problem:
        run.problem = f"It was broken off ({type(problem).__name__})."
        raise
    finally:
        run.finished_at = timezone.now()
        with suppress(DatabaseError):  # which may be what failed
            run.save()
    return run


def _write(path: Path, began: dt.datetime, say: Say) -> int:
    backup_id = secrets.token_hex(8)
    try:
        withdrawals.mark(withdrawals.Step.BACKUP, backup_id, began)
    except OSError as problem:
        say(f"WITHDRAWALS_LOG cannot be written ({problem}). This backup can only be restored --without-log.")
    storage = storages["private"]
    with archive.writing(path) as (tar, aside):
        rows = databases.dump(aside)
        applied = databases.list_applied()
        size = aside.stat().st_size
        with aside.open("rb") as dump:
            tar.add(archive.DATABASE, size, dump, at=began.timestamp())
        aside.unlink()  # a third of the room, while the files come
        say(f"Database: {sum(rows.values()):,} rows, {in_megabytes(size)}.")
        number, total, gone = 0, 0, 0
        for name in files.walk(storage):
            try:
                with files.open_stream(storage, name) as (size, stream):
                    tar.add(f"{archive.FILES}{name}", size, stream, at=began.timestamp())
            except FileNotFoundError:  # taken back since the folder was read
                gone += 1
                continue
            number, total = number + 1, total + size
            if number % 1000 == 0:
                say(f"{number:,} files …")
        say(f"Private files: {number:,}, {in_megabytes(total)}.")
        about = {
            "id": backup_id,
            "began_at": began.isoformat(),
            "finished_at": timezone.now().isoformat(),
            "versions": {"django": django.__version__, "wagtail": wagtail.__version__},
            "database": connection.vendor,
            "migrations": applied,
            "rows": rows,
            "files": number,
            "bytes": total,
            "gone_meanwhile": gone,
        }
        tar.add_manifest(about, at=began.timestamp())
    return number


def in_megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
