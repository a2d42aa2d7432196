"""Writes to the editors' library: the ladder of public files each picture needs before a page can show it."""

import datetime as dt
import secrets
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from cms.images import encode, formats
from cms.images.jobs import MAKE_LADDER
from cms.images.models import PortalImage
from cms.jobs.periodic import Turn, every_round

FOLDER = "library"


@MAKE_LADDER.handler
def make_ladder(*, image_id: int) -> None:
    """Make a picture's public files and record them. Raises PhotoRefused if the original has gone bad.

    Does nothing when they are up to date. A picture that changes or goes meanwhile wins: what was made for
    its earlier self is thrown away, and its own change has rung for another go.
    """
    image = PortalImage.objects.filter(pk=image_id).first()
    if image is None or image.made_key == image.wanted_key:
        return
    sources: list[dict[str, object]] = []
    try:
        with image.open_file() as file:
            folder = f"{FOLDER}/{secrets.token_hex(10)}"
            for made in encode.ladder(file, credit=image.embedded_credit()):
                sources.append(_stored(folder, made))  # noqa: PERF401 - a failure must know what was stored
    except BaseException:
        remove_public_files(str(source["key"]) for source in sources)
        raise
    with transaction.atomic():
        current = PortalImage.objects.select_for_update().filter(pk=image_id).first()
        if current is None or current.wanted_key != image.wanted_key:
            stale = [str(source["key"]) for source in sources]
        else:
            stale = current.sources.keys
            PortalImage.objects.filter(pk=image_id).update(sources=sources, made_key=image.wanted_key)
        transaction.on_commit(lambda: remove_public_files(stale))


@every_round("library pictures", Turn.REPAIR)
def make_missing_ladders(now: dt.datetime) -> int:
    """Pictures whose public files were never made, or are out of date."""
    unmade = list(PortalImage.objects.unmade().values_list("pk", flat=True)[:50])
    for image_id in unmade:
        MAKE_LADDER.ring(image_id=image_id)
    return len(unmade)


def remove_public_files(keys: Iterable[str]) -> None:
    for key in keys:
        storages["public"].delete(key)


def _stored(folder: str, made: encode.Encoded) -> dict[str, object]:
    extension = formats.AVIF.extension if made.mime == formats.AVIF.mime else formats.JPEG.extension
    key = storages["public"].save(f"{folder}/{made.width}{extension}", ContentFile(made.data))
    return {
        "type": made.mime,
        "width": made.width,
        "height": made.height,
        "key": key,
        "bytes": len(made.data),
    }
