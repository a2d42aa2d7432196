"""The log of withdrawals: what has been taken back for good stays away, whichever backup is restored.

A file outside the database and outside every backup, one JSON line each, with ids, kinds and times and nothing
else. Before a withdrawal commits, its line is on the disk (`asked`); once it has, a second says so (`done`).
Between the two a row in the database owes that second line, so that nothing committed is ever without one, and the
timer can tell what was rolled back (`undone`). Restoring replays what is done, and what a crash left open.
"""

import datetime as dt
import fcntl
import json
import logging
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms.jobs.periodic import Turn, every_round
from cms.operation.models import OwedLine

log = logging.getLogger(__name__)

#: Longer than any transaction is open. What was asked for before and has no row was rolled back; and a backup that
#: began meanwhile does not hold it.
OPEN_AT_MOST = dt.timedelta(hours=1)


class Step(StrEnum):
    ASKED = "asked"
    DONE = "done"
    UNDONE = "undone"
    #: Shown again, by somebody who may: a profile, a page. What is gone for good is never lifted.
    LIFTED = "lifted"
    #: A backup began, or one was restored; `key` is its id.
    BACKUP = "backup"
    RESTORED = "restored"


class Line(NamedTuple):
    step: Step
    id: str
    at: dt.datetime
    kind: str = ""
    key: str = ""


class LogMissing(Exception):
    """The log is not where it should be, or is not the one that was kept beside this backup."""


#: Does again what a line tells of; False when there was nothing left to do.
Replay = TypeVar("Replay", bound=Callable[[str, dt.datetime], bool])
_replays: dict[str, Callable[[str, dt.datetime], bool]] = {}


def replay_of(kind: str) -> Callable[[Replay], Replay]:
    """The function is given a key and the time, after a backup was restored that may hold what was taken back. It
    may be called twice."""

    def register(replay: Replay) -> Replay:
        _replays[kind] = replay
        return replay

    return register


# --- Writing


def write_down(kind: str, key: object) -> None:
    """Call in the transaction that takes something back, or just before where there is none."""
    with transaction.atomic():
        owed = OwedLine.objects.create(id=secrets.token_hex(8), kind=kind, key=str(key), at=timezone.now())
        _try_to_append(Line(Step.ASKED, owed.id, owed.at, kind, owed.key))
        transaction.on_commit(partial(settle, owed), robust=True)


def lift(kind: str, key: object) -> None:
    """Call in the transaction that shows it again."""
    line = Line(Step.LIFTED, secrets.token_hex(8), timezone.now(), kind, str(key))
    transaction.on_commit(partial(_try_to_append, line), robust=True)


def settle(owed: OwedLine) -> bool:
    """Writes that it has happened, and that it is owed no longer."""
    written = _try_to_append(Line(Step.DONE, owed.id, owed.at, owed.kind, owed.key))
    if written:
        OwedLine.objects.filter(pk=owed.pk).delete()
    return written


@every_round("withdrawals logged", Turn.TAKE_DOWN)
def write_owed(now: dt.datetime) -> int:
    """Whatever could not be written when it happened; and what was rolled back is said to be."""
    written = sum(settle(owed) for owed in OwedLine.objects.all())
    asked: dict[str, Line] = {}
    outcomes: set[str] = set()
    for line in _lines():
        if line.step == Step.ASKED:
            asked[line.id] = line
        elif line.step in {Step.DONE, Step.UNDONE}:
            outcomes.add(line.id)
    for line in asked.values():
        if line.id not in outcomes and line.at < now - OPEN_AT_MOST:
            written += _try_to_append(line._replace(step=Step.UNDONE))
    return written


def mark(step: Step, key: str, at: dt.datetime) -> None:
    """A backup begins, or was restored. Raises `OSError`."""
    append(Line(step, secrets.token_hex(8), at, key=key))


def append(line: Line) -> None:
    """On the disk when this returns. Raises `OSError`."""
    path = Path(settings.WITHDRAWALS_LOG)
    facts = {"is": line.step, "id": line.id, "at": line.at.isoformat(), "kind": line.kind, "key": line.key}
    text = json.dumps({name: value for name, value in facts.items() if value}) + "\n"
    with _opened(path) as file:
        size = os.fstat(file).st_size
        if size and os.pread(file, 1, size - 1) != b"\n":  # a full disk has taken half a line
            text = "\n" + text
        data = text.encode()
        if os.write(file, data) != len(data):
            raise OSError(f"{path} took half a line.")
        os.fsync(file)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """For this process and thread alone, at its end."""
    is_new = not path.exists()
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
        if is_new:  # its name is on the disk, too
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    finally:
        os.close(file)


def _try_to_append(line: Line) -> bool:
    """People's wishes do not wait for a disk."""
    try:
        append(line)
    except OSError as problem:
        log.critical(
            "The log of withdrawals cannot be written (%s). What was taken back is taken back, but a backup that "
            "is restored now would show it again. It is written as soon as WITHDRAWALS_LOG can be.",
            type(problem).__name__,
        )
        return False
    return True


# --- Reading


def _lines() -> Iterator[Line]:
    try:
        with open(settings.WITHDRAWALS_LOG, encoding="utf-8", errors="replace") as file:
            for number, text in enumerate(file, start=1):
                if text.strip():
                    try:
                        facts = json.loads(text)
                        at = dt.datetime.fromisoformat(facts["at"])
                        step, kind, key = Step(facts["is"]), facts.get("kind", ""), facts.get("key", "")
                        yield Line(step, facts["id"], at, kind, key)
                    except (ValueError, KeyError, TypeError):
                        log.warning("Line %s of the log of withdrawals is not whole and is passed over.", number)
    except FileNotFoundError:
        return


def knows_backup(backup_id: str) -> bool:
    return any(line.step == Step.BACKUP and line.key == backup_id for line in _lines())


def list_since(began: dt.datetime) -> list[Line]:
    """What a backup that began then may hold although it was taken back, in order, each once.

    What was open when a crash came counts: somebody asked for it. Ids are given again after a backup was restored,
    so what was written before that says nothing about a younger backup.
    """
    found: dict[str, Line] = {}
    for line in _lines():
        if line.step in {Step.ASKED, Step.DONE}:
            found.setdefault(line.id, line)
        elif line.step == Step.UNDONE:
            found.pop(line.id, None)
        elif line.step == Step.LIFTED:
            same = (line.kind, line.key)
            found = {one: other for one, other in found.items() if (other.kind, other.key) != same}
        elif line.step == Step.RESTORED and line.at <= began:
            found.clear()
    each_once = {(line.kind, line.key): line for line in found.values() if line.at >= began - OPEN_AT_MOST}
    return sorted(each_once.values(), key=lambda line: line.at)


def replay_since(began: dt.datetime, *, say: Callable[[str], object]) -> tuple[int, int]:
    """Takes back again. Returns how many lines there were and how many could not be carried out; those are said."""
    lines = list_since(began)
    failed = 0
    for line in lines:
        try:
            with transaction.atomic():
                _replays[line.kind](line.key, timezone.now())
        except Exception as problem:
            log.exception("A line of the log of withdrawals could not be carried out.")
            say(f"Not carried out: {line.kind} {line.key} of {line.at:%-d %B %Y %H:%M} ({type(problem).__name__}).")
            failed += 1
    return len(lines), failed
