"""Rebuilds what is public from what is kept: after a restore, or a change of sizes, formats or words in code."""

import datetime as dt
import logging
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

from django.db import transaction
from django.utils import timezone

from cms.changes.recording import record_all
from cms.images.credit import Credit
from cms.images.ladder import store_ladder
from cms.images.sandbox.slots import cores
from cms.images.sources import Sources
from cms.operation.public_files import Made, are_there, makes_public_files, names_public_files
from gallery import jobs
from gallery.enums import EXHIBIT, EntryState
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.models.failures import FileJob
from gallery.services import exhibit_fields, exhibits, failures, hanging

log = logging.getLogger(__name__)


def write_documents(*, now: dt.datetime | None = None) -> int:
    """Every exhibit's words anew, the pictures as they are. Returns how many."""
    for exhibit in Exhibit.objects.select_related("exhibition", "category", "department"):
        exhibits.write(exhibit)
    record_all(EXHIBIT, now=now or timezone.now())
    return Exhibit.objects.count()


@makes_public_files("photographs")
def rehang(*, missing: bool = False, now: dt.datetime | None = None) -> Made:
    """Every exhibit anew, each visible throughout; or with `missing` those whose files are not there.

    One that cannot be made stays as it is. With `missing` there is nothing to stay: it leaves the wall, and the
    worker hangs it as soon as it can. Pictures are made as many at once as the machine has cores.
    """
    hung = Entry.objects.filter(state=EntryState.HUNG).order_by("pk")
    keys = list(_list_without_files()) if missing else list(hung.values_list("pk", flat=True))
    number, failed = 0, []
    with ThreadPoolExecutor(max_workers=cores()) as threads:
        for making in _make_each(threads, iter(keys)):
            entry, folder, credit, sources = making
            try:
                number += _switch(entry, folder, credit, sources.result(), now or timezone.now())
            except Exception as problem:
                log.exception("Photograph %s could not be made again.", entry.public_id)
                failed.append(f"photograph {entry.public_id}: {failures.in_plain_words(problem)}")
                _throw_away(folder)
                if missing:
                    _hang_later(entry, problem, now or timezone.now())
    return Made(number, failed)


@names_public_files("exhibits", depth=2)
def list_named_folders(places: list[str]) -> set[str]:
    """Whatever a row names, be it on the wall or about to be swept."""
    named = set(Entry.objects.filter(media__in=places).values_list("media", flat=True))
    on_wall = Exhibit.objects.filter(pk__in={place.split("/")[1] for place in places})
    return named | {key.rpartition("/")[0] for exhibit in on_wall.only("sources") for key in exhibit.sources.keys}


def _list_without_files() -> Iterator[int]:
    keys = dict(Exhibit.objects.values_list("pk", "sources"))
    for entry in Entry.objects.filter(state=EntryState.HUNG).only("pk", "public_id").iterator():
        if not are_there(Sources(keys.get(entry.public_id, ())).keys):
            yield entry.pk


@jobs.REWRITE.handler
def rewrite(*, entry_id: int, now: dt.datetime | None = None) -> None:
    """Makes the files of a photograph again whose words were put right.

    It hangs throughout. Words that change meanwhile leave it marked, and the timer comes back to it.
    """
    behind = Entry.objects.with_files_to_rewrite().select_related("master", "exhibition")
    entry = behind.filter(pk=entry_id).first()
    if entry is None or failures.waits(entry_id=entry_id, job=FileJob.REWRITE, now=now or timezone.now()):
        return
    folder, credit = hanging.new_folder(entry), exhibit_fields.credit_of(entry)
    with failures.recording_failures(entry_id=entry_id, job=FileJob.REWRITE, now=now):
        try:
            sources = _make(entry, folder, credit)
        except Exception:
            _throw_away(folder)
            raise
        _switch(entry, folder, credit, sources, now or timezone.now())


Making = tuple[Entry, str, Credit, "Future[Sources]"]


def _make_each(threads: ThreadPoolExecutor, keys: Iterator[int]) -> Iterator[Making]:
    """In order, one ahead of all threads: files are made while the row of the one before is written."""
    hung = Entry.objects.filter(state=EntryState.HUNG).select_related("master", "exhibition")
    waiting: list[Making] = []
    while True:
        for entry in hung.filter(pk__in=list(islice(keys, cores() + 1 - len(waiting)))).order_by("pk"):
            folder, credit = hanging.new_folder(entry), exhibit_fields.credit_of(entry)
            waiting.append((entry, folder, credit, threads.submit(_make, entry, folder, credit)))
        if not waiting:
            return
        yield waiting.pop(0)


def _make(entry: Entry, folder: str, credit: Credit) -> Sources:
    """In a thread, which has no connection to the database."""
    with exhibit_fields.master_of(entry).file.open("rb") as file:
        return Sources(store_ladder(file, folder=folder, credit=credit))


def _switch(entry: Entry, folder: str, credit: Credit, sources: Sources, now: dt.datetime) -> bool:
    """From the old files to the new, in one transaction; then the old ones go. Not if it has left the wall."""
    with transaction.atomic():
        same = Entry.objects.filter(pk=entry.pk, state=EntryState.HUNG, media=entry.media)
        row = same.select_for_update().first()
        if row is not None:
            change = exhibits.follow_entry(row, sources=sources, now=now)
            row.media = folder
            row.files_behind = exhibit_fields.credit_of(row) != credit
            row.save(update_fields=["media", "files_behind"])
            record_all(EXHIBIT, [change], now=now)
    _throw_away(entry.media if row is not None else folder)
    return row is not None


def _throw_away(folder: str) -> None:
    """What cannot be deleted now the timer finds: no row names it."""
    try:
        hanging.delete_folder(folder)
    except Exception:
        log.exception("%s could not be deleted; the timer tries again.", folder)


def _hang_later(entry: Entry, problem: Exception, now: dt.datetime) -> None:
    """As when an edition is not public for a while: nobody has decided, so it comes back by itself."""
    with transaction.atomic():
        row = Entry.objects.select_for_update().get(pk=entry.pk)
        if row.state != EntryState.HUNG:
            return
        hanging.remove_exhibit(entry=row, now=now)
        row.state = EntryState.APPROVED
        row.hang_asked_at = row.hung_at
        row.save(update_fields=["state", "hang_asked_at"])
        failures.note(entry_id=row.pk, job=FileJob.HANG, problem=problem, now=now)
