"""Keeps photographs as received: checks them, stores them privately, makes the preview people look at."""

import datetime as dt
import logging
import secrets
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Substr
from django.utils import timezone

from cms.core.storage import STORAGE_PROBLEMS
from cms.core.text import clean_line
from cms.images import encode, perceptual_hash, validate
from cms.images.formats import Limits
from cms.images.refusal import PhotoRefused
from gallery import jobs
from gallery.models.entries import Entry, EntryQuerySet
from gallery.models.failures import FileJob
from gallery.models.masters import Master, master_path
from gallery.services import failures

log = logging.getLogger(__name__)


class StorageAway(PhotoRefused):
    """Nothing is wrong with the photograph, but there is nowhere to put it just now."""

    def __init__(self) -> None:
        super().__init__(
            "storage-away",
            "We could not store your photograph just now. Nothing is lost: please try again in a minute.",
        )


def receive(*, file: UploadedFile, limits: Limits, by, now: dt.datetime) -> Master:
    """Stores a photograph. Raises `cms.images.validate.PhotoRefused` with a sentence for the photographer
    (`StorageAway` is one), and then nothing was stored."""
    found = validate.inspect(file, limits=limits)
    file.seek(0)
    master = Master(
        original_name=clean_line(file.name or "")[:255],
        uploaded_by=by,
        uploaded_at=now,
        format=found.format,
        mime=found.mime,
        extension=found.extension,
        bytes=found.bytes,
        width=found.width,
        height=found.height,
        sha256=found.sha256,
        pixel_hash=found.pixel_hash,
        likeness=found.likeness,
        colour=found.colour,
        placeholder=found.thumbhash,
        found=found.found.as_json(),
        had_location=found.has_location,
    )
    # The row first: it names the file, so that whatever happens to this process, the file is known.
    master.file = master_path(master, "")
    with transaction.atomic():
        master.save()
    try:
        master.file.storage.save(str(master.file.name), file)
    except BaseException as problem:
        discard(master=master)  # by the worker: a full disk may hold the first half, and a silent server the whole
        if isinstance(problem, STORAGE_PROBLEMS):
            log.error("A photograph could not be stored: %s", type(problem).__name__)
            raise StorageAway from problem
        raise
    return master


@jobs.MAKE_PREVIEW.handler
def make_preview(*, master_id: int, now: dt.datetime | None = None) -> None:
    """The re-encoded picture that the desk and the review screen show. Does nothing when it is there already."""
    master = Master.objects.filter(pk=master_id, preview="", erased_at=None).first()
    entry_id = Entry.objects.filter(master_id=master_id).values_list("pk", flat=True).first()
    if master is None or entry_id is None:
        return
    if failures.waits(entry_id=entry_id, job=FileJob.PREVIEW, now=now or timezone.now()):
        return
    with failures.recording_failures(entry_id=entry_id, job=FileJob.PREVIEW, now=now):
        _store_preview(master)


def _store_preview(master: Master) -> None:
    with master.file.open("rb") as file:
        data = encode.preview(file)
    name = master.preview.storage.save(f"previews/{secrets.token_hex(16)}.jpg", ContentFile(data))
    stored = Master.objects.filter(pk=master.pk, preview="", erased_at=None).update(preview=name)
    if not stored:  # somebody was quicker, or the photograph was withdrawn meanwhile
        master.preview.storage.delete(name)


def erase(*, master: Master, now: dt.datetime) -> None:
    """Deletes the file and its preview. The row stays: it says that there was one and when it went."""
    _delete_files(master)
    master.preview = ""
    master.erased_at = now
    master.save(update_fields=["preview", "erased_at"])


def discard(*, master: Master) -> None:
    """Removes a photograph that was never sent in, once no entry points at it. The worker does it."""
    jobs.DISCARD.ring(master_id=master.pk)


def unused() -> QuerySet[Master]:
    """Photographs no entry points at: just received, or to be discarded."""
    used = Entry.objects.filter(master__isnull=False)
    return Master.objects.exclude(pk__in=used.values("master"))


@jobs.DISCARD.handler
def discard_unused(*, master_id: int) -> None:
    """Files first: as long as the row is there, what could not be deleted is known and tried again."""
    master = unused().filter(pk=master_id).first()
    if master is not None:
        _delete_files(master)
        master.delete()


def _delete_files(master: Master) -> None:
    for name in (master.file.name, master.preview.name):
        if name:
            master.file.storage.delete(name)


class Kinship(IntEnum):
    """How two photographs are one picture, surest first."""

    SAME_FILE = 1
    SAME_PIXELS = 2
    ALIKE = 3


@dataclass(frozen=True)
class Lookalike:
    entry: Entry
    kinship: Kinship


#: A likeness cut into one part more than bits may differ: two that are alike share at least one part whole, so
#: the database finds every candidate without anything being compared bit by bit there.
_DIGITS = perceptual_hash.LIKENESS_BITS // 4
_CUTS = [
    _DIGITS * number // (perceptual_hash.ALIKE_WITHIN + 1) for number in range(perceptual_hash.ALIKE_WITHIN + 2)
]


def lookalikes(*, entry: Entry, among: EntryQuerySet, most: int = 6) -> list[Lookalike]:
    """Other entries with the same file, the same pixels or nearly the same picture, surest first.

    Only what is in `among` is looked at, so the caller decides whose entries may be spoken of. Two queries,
    however many there are. It is advice: two pictures of one empty wall are alike too.
    """
    master = entry.master
    if master is None:
        return []
    parts = {f"part_{start}": Substr("master__likeness", start + 1, end - start) for start, end in pairwise(_CUTS)}
    candidate = Q(master__sha256=master.sha256) | Q(master__pixel_hash=master.pixel_hash)
    for start, end in pairwise(_CUTS):
        candidate |= Q(**{f"part_{start}": master.likeness[start:end]})
    others = among.exclude(pk=entry.pk).alias(**parts).filter(candidate).order_by("pk")
    kin = []
    for pk, *marks in others.values_list("pk", "master__sha256", "master__pixel_hash", "master__likeness"):
        kinship = _kinship(master, *marks)
        if kinship is not None:
            kin.append((kinship, pk))
    surest = sorted(kin)[:most]
    found = among.select_related("exhibition", "master").in_bulk([pk for _, pk in surest])
    return [Lookalike(found[pk], kinship) for kinship, pk in surest if pk in found]


def _kinship(master: Master, sha256: str, pixel_hash: str, other_likeness: str) -> Kinship | None:
    if sha256 == master.sha256:
        return Kinship.SAME_FILE
    if pixel_hash == master.pixel_hash:
        return Kinship.SAME_PIXELS
    return Kinship.ALIKE if perceptual_hash.alike(master.likeness, other_likeness) else None
