"""Makes an approved entry public, and takes it away again.

The derivatives are made first, into a folder nobody can guess and the entry already names; then one transaction
looks again, writes the exhibit and numbers the change. Whatever a killed worker or a storage that went away leaves
behind is therefore known: `tend` hangs what is due, and sweeps folders that no exhibit uses.

However many are due, one job waits for them: it hangs whose turn it is and rings for the next.
"""

import datetime as dt
import logging
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.core.files.storage import storages
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from cms.changes.models import How
from cms.changes.recording import record_all, tell
from cms.core.storage import NO_ANSWER, STORAGE_PROBLEMS
from cms.images.ladder import store_ladder
from cms.images.sources import Sources
from cms.operation.withdrawals import lift, write_down
from cms.people.models import User
from gallery import jobs, notifications
from gallery.enums import ENTRY_TAKEN_DOWN, EXHIBIT, Decision, EntryState
from gallery.models.entries import Entry, EntryQuerySet
from gallery.models.exhibits import Exhibit
from gallery.models.failures import FileJob, JobFailure
from gallery.models.reviews import ReviewDecision
from gallery.services import exhibit_fields, exhibits, failures, masters
from gallery.services.addresses import list_file_addresses
from gallery.services.history import THE_LOG, record
from gallery.services.reviews import uncleared

log = logging.getLogger(__name__)

#: Whoever hangs a picture says every few seconds that it is still at it. After so many without a word another may
#: try: a worker that was killed holds nothing up, and no worker's start takes anything from one that lives.
LEASE, RENEWED_EVERY = dt.timedelta(seconds=40), 10.0
#: Tries of this process that have failed, whose lease is not given back yet: the database was away.
_failed_tries: dict[int, Entry] = {}


class CannotHang(Exception):
    """The picture cannot be hung or taken down now. The message says why."""


# --- Asking


@transaction.atomic
def ask_to_hang(*, entry: Entry, by: User | None, now: dt.datetime) -> Entry:
    """A curator, or the opening date (`by` None), wants an approved entry on the wall. The worker hangs it."""
    row = Entry.objects.select_for_update().get(pk=entry.pk)
    if row.state != EntryState.APPROVED:
        raise CannotHang(f"Only approved photographs can be hung; this one is “{row.get_state_display()}”.")
    row.hang_asked_at = now
    row.save(update_fields=["hang_asked_at"])
    if by is not None:
        record(entry=row, decision=Decision.HUNG, by=by, now=now)
    JobFailure.objects.filter(entry=row, job=FileJob.HANG).update(next_try_at=now)
    jobs.HANG.ring()
    return row


# --- Hanging


def in_line(*, now: dt.datetime) -> EntryQuerySet:
    """What is due and nobody is at work on, but for what has failed and has to wait."""
    resting = JobFailure.objects.waiting(FileJob.HANG, now).values("entry")
    taken = Q(hanging_until__gt=now)
    return Entry.objects.due_to_hang().exclude(taken).exclude(pk__in=resting)


@jobs.HANG.handler
def hang_next(*, now: dt.datetime | None = None) -> None:
    """Hangs the one whose turn it is. Rings first for those behind it: another worker may begin with them."""
    now = now or timezone.now()
    turns = list(in_line(now=now).in_turn().values_list("pk", flat=True)[:2])
    if len(turns) > 1:
        jobs.HANG.ring()
    for entry_id in turns[:1]:
        hang_if_due(entry_id=entry_id, now=now)


def hang_if_due(
    *, entry_id: int, now: dt.datetime | None = None, derive: Callable[[Entry], Sources] | None = None
) -> Exhibit | None:
    """Hangs one entry if it is approved and due. Safe to call twice, or after a worker died half-way.

    A try that fails is noted and raised, and the next one has to wait (`failures`). Where somebody has encoded the
    files before, `derive` stores them in the entry's folder; otherwise `make_derivatives` does both.
    """
    _give_back_leases()
    entry = _take_lease(entry_id, now or timezone.now())
    if entry is None:
        return None
    try:
        with failures.recording_failures(entry_id=entry_id, job=FileJob.HANG, now=now):
            return _hang(entry, now, derive or make_derivatives)
    except Exception:
        _failed_tries[entry.pk] = entry
        _give_back_leases()
        raise


def _give_back_leases() -> None:
    """So that nobody waits for the end of a lease that nobody uses."""
    for entry in list(_failed_tries.values()):
        _lease(entry).update(hanging_until=None)
        _failed_tries.pop(entry.pk, None)


def _hang(entry: Entry, now: dt.datetime | None, derive: Callable[[Entry], Sources]) -> Exhibit | None:
    with _renewing_lease(entry):
        if not _open_folder(entry):
            return None
        try:
            sources = derive(entry)
        except Exception as problem:
            if not isinstance(problem, NO_ANSWER):  # what is made by then is public, though nobody knows where
                with suppress(*STORAGE_PROBLEMS):
                    delete_folder(entry.media)
            raise
    with transaction.atomic():
        row = Entry.objects.select_for_update().get(pk=entry.pk)
        still_ours = row.media == entry.media  # no two tries use one folder
        if not still_ours or not Entry.objects.due_to_hang().filter(pk=row.pk).exists():
            exhibit = None
        elif doubts := uncleared(row):  # somebody has changed their mind since the approval
            log.error("Entry %s is not hung: %s", row.pk, " ".join(doubts))
            Entry.objects.filter(pk=row.pk).update(hang_asked_at=None)
            exhibit = None
        else:
            row.files_behind = exhibit_fields.credit_of(row) != exhibit_fields.credit_of(entry)
            exhibit = _write_exhibit(row, sources, now or timezone.now())  # encoding took a while
    if exhibit is None:
        delete_folder(entry.media)
        _lease(entry).update(media="", hanging_until=None)
    return exhibit


@transaction.atomic
def _take_lease(entry_id: int, now: dt.datetime) -> Entry | None:
    """Marks the entry as being hung; None when it is not due, has to wait, or somebody is at it."""
    entry = Entry.objects.select_for_update().due_to_hang().filter(pk=entry_id).first()
    if entry is None or entry.is_being_hung(now):
        return None
    if failures.waits(entry_id=entry_id, job=FileJob.HANG, now=now):
        return None
    entry.hanging_until = now + LEASE
    entry.save(update_fields=["hanging_until"])
    return entry


@contextmanager
def _renewing_lease(entry: Entry) -> Iterator[None]:
    """From a thread of its own: one step of an encoder may take longer than a lease."""
    done = threading.Event()

    def renew() -> None:
        while not done.wait(RENEWED_EVERY):
            with suppress(
                DatabaseError, InterfaceError
            ):  # away for a while; the lease may run out, and that is all
                _lease(entry).update(hanging_until=timezone.now() + LEASE)
            connection.close()

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _lease(entry: Entry) -> EntryQuerySet:
    """The row, as long as it is still ours: each try has a folder of its own."""
    return Entry.objects.filter(pk=entry.pk, media=entry.media)


def _open_folder(entry: Entry) -> bool:
    """Names a new folder on the row, once what an earlier try left in the old one is gone: a folder that no row
    names would stay for ever. False when the entry is no longer ours."""
    if entry.media:
        delete_folder(entry.media)
    folder = new_folder(entry)
    ours = _lease(entry).update(media=folder)
    entry.media = folder
    return bool(ours)


def new_folder(entry: Entry) -> str:
    """A folder for one hanging. Not to be guessed, and never used twice."""
    return f"exhibits/{entry.public_id}/{secrets.token_hex(8)}"


def make_derivatives(entry: Entry) -> Sources:
    """The exhibit's public files, widest first, in the entry's folder."""
    with exhibit_fields.master_of(entry).file.open("rb") as file:
        return Sources(store_ladder(file, folder=entry.media, credit=exhibit_fields.credit_of(entry)))


def _write_exhibit(row: Entry, sources: Sources, now: dt.datetime) -> Exhibit:
    """The public row, its labels, its document and its number, and the entry's new state. In one transaction."""
    comes_back = row.comes_back
    hung_at = (comes_back and row.hung_at) or now
    exhibit = Exhibit(
        public_id=row.public_id, sources=sources, hung_at=hung_at, updated_at=now, **exhibit_fields.of(row)
    )
    exhibits.wait_for_profile(exhibit)
    exhibit.save(force_insert=True)
    exhibits.label(exhibit, awards=row.awards, tags=row.tags)
    exhibits.write(exhibit)
    if row.hung_at is not None and not comes_back:
        lift(ENTRY_TAKEN_DOWN, row.public_id)
    row.state = EntryState.HUNG
    row.hung_at = hung_at
    row.hanging_until = None
    row.save(update_fields=["state", "hung_at", "hanging_until", "files_behind"])
    if not comes_back:
        _tell_of_hanging(row, now)
    record_all(EXHIBIT, [exhibits.change_of(exhibit, How.UPSERT)], now=now)
    return exhibit


def _tell_of_hanging(row: Entry, now: dt.datetime) -> None:
    asked_by_hand = ReviewDecision.objects.of(row).filter(decision=Decision.HUNG, at=row.hang_asked_at or now)
    if not asked_by_hand.exists():
        record(entry=row, decision=Decision.HUNG, by=None, now=now)
    notifications.tell_photographer(entry=row, what="hung", now=now)


# --- Taking down


@transaction.atomic
def take_down(*, entry: Entry, by: User, reason: str, now: dt.datetime) -> Entry:
    """Off the wall and away from every other site; the entry stays approved and can be hung again."""
    if not reason.strip():
        raise CannotHang("Please give a reason. The photographer will read it.")
    row = Entry.objects.select_for_update().get(pk=entry.pk)
    if row.state != EntryState.HUNG:
        raise CannotHang(f"This photograph is not on the wall; it is “{row.get_state_display()}”.")
    _leave_wall(row, by, reason, now)
    notifications.tell_photographer(entry=row, what="taken-down", now=now)
    return row


@transaction.atomic
def keep_off(*, entry: Entry, reason: str, now: dt.datetime) -> None:
    """The log of withdrawals says that it was taken down. It may hang in the restored rows, or be about to."""
    row = Entry.objects.select_for_update().get(pk=entry.pk)
    row.hung_at = row.hung_at or now  # no opening date asks for it again
    row.save(update_fields=["hung_at"])
    _leave_wall(row, None, reason, now)


def _leave_wall(row: Entry, by: User | None, reason: str, now: dt.datetime) -> None:
    write_down(ENTRY_TAKEN_DOWN, row.public_id)
    remove_exhibit(entry=row, now=now)
    row.state = EntryState.APPROVED
    row.hang_asked_at = None
    row.reason = reason
    row.updated_at = now
    row.save(update_fields=["state", "hang_asked_at", "reason", "updated_at"])
    record(entry=row, decision=Decision.TAKEN_DOWN, by=by, now=now, reason=reason, instead=THE_LOG)
    jobs.SWEEP.ring(entry_id=row.pk)


def remove_exhibit(*, entry: Entry, now: dt.datetime, how: How = How.REMOVED) -> None:
    """Deletes the exhibit, if there is one, and leaves the tombstone. Call inside a transaction."""
    exhibit = Exhibit.objects.filter(pk=entry.public_id).first()
    if exhibit is None:
        return
    change = exhibits.change_of(exhibit, how)
    exhibit.delete()
    record_all(EXHIBIT, [change], now=now)


@jobs.SWEEP.handler
def sweep(*, entry_id: int, now: dt.datetime | None = None) -> None:
    """Deletes the public files of an entry that is not on the wall, and the master of a withdrawn one.

    Files go at once; what the row remembers of them is cleared only when no worker can still be writing.
    """
    entry = Entry.objects.filter(~Q(state=EntryState.HUNG), pk=entry_id).select_related("master").first()
    if entry is None or failures.waits(entry_id=entry_id, job=FileJob.SWEEP, now=now or timezone.now()):
        return
    with failures.recording_failures(entry_id=entry_id, job=FileJob.SWEEP, now=now):
        _sweep(entry, now)


def _sweep(entry: Entry, now: dt.datetime | None) -> None:
    at_work = entry.is_being_hung(now or timezone.now())
    if entry.media and not (at_work and entry.state == EntryState.APPROVED):
        delete_folder(entry.media)
        if not at_work:
            Entry.objects.filter(pk=entry.pk, media=entry.media).exclude(state=EntryState.HUNG).update(
                media="", hanging_until=None
            )
    if entry.state == EntryState.WITHDRAWN and entry.master is not None and entry.master.erased_at is None:
        masters.erase(master=entry.master, now=now or timezone.now())


def delete_folder(folder: str) -> None:
    """Deletes every public file under `folder`, which must be one of ours, and tells the cache in front."""
    if not folder.startswith("exhibits/"):
        raise ValueError(f"{folder!r} is not a folder of exhibits.")
    storage = storages["public"]
    try:
        _, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        storage.delete(f"{folder}/{name}")
    # Until now a cache in front could have fetched them again.
    tell(list_file_addresses(f"{folder}/{name}" for name in names), now=timezone.now())
    delete_empty = getattr(storage, "path", None)
    if delete_empty is not None:
        storage.delete(folder)
