"""Keeps photographs as received: checks them, stores them privately, makes the preview people look at."""

import datetime as dt
import logging
import secrets
from contextlib import suppress
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from cms.core.addresses import clean
from cms.core.storage import STORAGE_PROBLEMS
from cms.images import encode, validate
from cms.images.formats import Limits
from cms.images.refusal import PhotoRefused
from gallery.models.entries import Entry
from gallery.models.masters import Master, master_path
from gallery.models.troubles import Job
from gallery.services import troubles

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
        original_name=clean(file.name or "")[:255],
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
    storage = master.file.storage
    name = master_path(master, "")
    try:
        try:
            master.file = storage.save(name, file)
        except STORAGE_PROBLEMS as problem:
            log.error("A photograph could not be stored: %s", type(problem).__name__)
            raise StorageAway from problem
        with transaction.atomic():
            master.save()
    except BaseException:
        with suppress(*STORAGE_PROBLEMS):  # a full disk may hold the first half
            storage.delete(name)
        raise
    return master


def make_preview(*, master_id: int, now: dt.datetime | None = None) -> None:
    """The re-encoded picture that the desk and the review screen show. Does nothing when it is there already."""
    now = now or timezone.now()
    master = Master.objects.filter(pk=master_id, preview="", erased_at=None).first()
    entry_id = Entry.objects.filter(master_id=master_id).values_list("pk", flat=True).first()
    if master is None or entry_id is None or troubles.waits(entry_id=entry_id, job=Job.PREVIEW, now=now):
        return
    with troubles.noted(entry_id=entry_id, job=Job.PREVIEW, now=now):
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
    storage = master.file.storage
    for name in (master.file.name, master.preview.name):
        if name:
            storage.delete(name)
    master.preview = ""
    master.erased_at = now
    master.save(update_fields=["preview", "erased_at"])


def discard(*, master: Master) -> None:
    """Removes a photograph that was never sent in, row and file."""
    names = [name for name in (master.file.name, master.preview.name) if name]
    storage = master.file.storage
    master.delete()
    for name in names:
        transaction.on_commit(partial(storage.delete, name))
