"""Writes to the editors' library: the public files of each picture."""

import datetime as dt
import secrets
from contextlib import suppress

from django.db import transaction
from wagtail.models import UploadedFile

from cms.core.storage import STORAGE_PROBLEMS
from cms.images.jobs import MAKE_LADDER
from cms.images.ladder import remove_public_files, store_ladder
from cms.images.models import PortalImage
from cms.images.sources import Sources
from cms.jobs.periodic import Turn, every_round

FOLDER = "library"
UPLOADS_KEPT = dt.timedelta(days=1)


@MAKE_LADDER.handler
def make_ladder(*, image_id: int, anew: bool = False) -> None:
    """Make a picture's public files and record them. Raises PhotoRefused if the original has gone bad.

    Does nothing when they are up to date, unless they are wanted `anew`. A picture that changes or goes meanwhile
    wins: what was made for its earlier self is thrown away, and its own change has rung for another go.
    """
    image = PortalImage.objects.filter(pk=image_id).first()
    if image is None or (image.made_key == image.wanted_key and not anew):
        return
    folder = f"{FOLDER}/{secrets.token_hex(10)}"
    sources = Sources()
    try:
        with image.open_file() as file:
            for source in store_ladder(file, folder=folder, credit=image.embedded_credit()):
                sources.append(source)  # one by one: a failure must know what was stored
    except BaseException:
        with suppress(*STORAGE_PROBLEMS):  # what went wrong first is what counts
            remove_public_files(sources.keys)
        raise
    with transaction.atomic():
        current = PortalImage.objects.select_for_update().filter(pk=image_id).first()
        if current is None or current.wanted_key != image.wanted_key:
            stale = sources.keys
        else:
            stale = current.sources.keys
            PortalImage.objects.filter(pk=image_id).update(sources=sources, made_key=image.wanted_key)
        transaction.on_commit(lambda: remove_public_files(stale))


@every_round("unfinished uploads", Turn.FORGET)
def forget_unfinished_uploads(now: dt.datetime) -> int:
    """Wagtail keeps a file whose form it could not take, under the name its sender gave it, until the form is
    mended. After a day nobody comes back to it."""
    forgotten = 0
    for upload in UploadedFile.objects.all():
        file = upload.file
        if file.storage.exists(file.name) and file.storage.get_modified_time(file.name) > now - UPLOADS_KEPT:
            continue
        file.delete(save=False)
        upload.delete()
        forgotten += 1
    return forgotten


@every_round("library pictures", Turn.REPAIR)
def make_missing_ladders(now: dt.datetime) -> int:
    """Pictures whose public files were never made, or are out of date."""
    unmade = list(PortalImage.objects.unmade().values_list("pk", flat=True)[:50])
    for image_id in unmade:
        MAKE_LADDER.ring(image_id=image_id)
    return len(unmade)
