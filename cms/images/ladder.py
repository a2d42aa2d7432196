"""The ladder of public files each picture needs before a page can show it: made, stored, and taken away."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from cms.core.storage import NO_ANSWER, STORAGE_PROBLEMS
from cms.images import encode, formats
from cms.images.credit import Credit
from cms.images.sources import Source


def store_ladder(file: IO[bytes], *, folder: str, credit: Credit) -> Iterator[Source]:
    """Encode every size and store it publicly; yields each file once it is there, widest first. If it breaks half
    way, the caller takes back what it was given. Raises PhotoRefused."""
    return store(encode.ladder(file, credit=credit), folder=folder)


def store(ladder: Iterable[encode.Encoded], *, folder: str) -> Iterator[Source]:
    """Store every file of a ladder publicly; yields each once it is there."""
    for made in ladder:
        name = f"{folder}/{made.width}{formats.BY_MIME[made.mime].extension}"
        key = _save(name, made.data)
        yield {
            "type": made.mime,
            "width": made.width,
            "height": made.height,
            "key": key,
            "bytes": len(made.data),
        }


def _save(name: str, data: bytes) -> str:
    """The whole file or none: a disk that is full would keep the first half, for everybody to see."""
    try:
        return storages["public"].save(name, ContentFile(data))
    except NO_ANSWER:
        raise
    except BaseException:
        with suppress(*STORAGE_PROBLEMS):
            storages["public"].delete(name)
        raise


def remove_public_files(keys: Iterable[str]) -> None:
    for key in keys:
        storages["public"].delete(key)
