"""Keeps photographs as received: checks them, stores them privately, makes the preview people look at."""

import datetime as dt
import logging
import secrets
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from cms.core.addresses import clean
from cms.images import encode, validate
from cms.images.formats import Limits
from gallery.models.masters import Master

log = logging.getLogger(__name__)


def receive(*, file: UploadedFile, limits: Limits, by, now: dt.datetime) -> Master:
    """Stores a photograph. Raises `cms.images.validate.PhotoRefused` with a sentence for the photographer, and then
    nothing was stored."""
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
    master.file.save(f"photo{master.extension}", file, save=False)
    try:
        with transaction.atomic():
            master.save()
    except BaseException:
        master.file.storage.delete(str(master.file.name))
        raise
    return master


def make_preview(*, master_id: int) -> None:
    """The re-encoded picture that the desk and the review screen show. Does nothing when it is there already."""
    master = Master.objects.filter(pk=master_id, preview="", erased_at=None).first()
    if master is None:
        return
    with master.file.open("rb") as file:
        data = encode.preview(file)
    name = master.preview.storage.save(f"previews/{secrets.token_hex(16)}.jpg", ContentFile(data))
    stored = Master.objects.filter(pk=master_id, preview="", erased_at=None).update(preview=name)
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
