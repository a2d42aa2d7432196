"""Files of a storage, on disk and on S3: all their names, and their bytes as a stream of a known length."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from botocore.exceptions import ClientError
from django.apps import apps
from django.core.files.base import File
from django.core.files.storage import Storage
from django.db.models import FileField

#: What S3 says of a file that is not there.
MISSING_CODES = {"404", "NoSuchKey", "NotFound"}


def walk(storage: Storage, folder: str = "") -> Iterator[str]:
    """Every file below a folder, by name."""
    try:
        folders, names = storage.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    inside = f"{folder}/" if folder else ""
    for name in sorted(names):
        if name:  # some S3 servers list the folder itself
            yield f"{inside}{name}"
    for name in sorted(folders):
        yield from walk(storage, f"{inside}{name}")


@contextmanager
def open_stream(storage: Any, name: str) -> Iterator[tuple[int, IO[bytes]]]:
    """Its size in bytes and its bytes, read from where they are. Raises `FileNotFoundError`."""
    bucket = getattr(storage, "bucket", None)
    if bucket is None:
        with storage.open(name, "rb") as file:
            yield file.size, file
        return
    try:
        found = bucket.Object(storage._normalize_name(name)).get()
    except ClientError as problem:
        if _is_missing(problem):
            raise FileNotFoundError(name) from problem
        raise
    with found["Body"] as body:
        yield found["ContentLength"], body


def modified_at(storage: Storage, name: str) -> dt.datetime | None:
    """None when it is not there."""
    try:
        return storage.get_modified_time(name)
    except FileNotFoundError:
        return None
    except ClientError as problem:
        if _is_missing(problem):
            return None
        raise


def _is_missing(problem: ClientError) -> bool:
    return problem.response.get("Error", {}).get("Code") in MISSING_CODES


def named_by_rows() -> set[str]:
    """Every file that a row of any table names, whichever storage it is in."""
    names: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FileField):
                names |= set(model._base_manager.values_list(field.name, flat=True))
    return names


def size_of(storage: Storage, name: str) -> int | None:
    """In bytes; None when it is not there."""
    try:
        return storage.size(name)
    except FileNotFoundError:
        return None


def put(storage: Storage, name: str, content: IO[bytes]) -> None:
    """Under exactly this name, in place of what an interrupted try may have left there."""
    if size_of(storage, name) is not None:
        storage.delete(name)
    given = storage.save(name, File(content, name=name))
    if given != name:
        raise FileExistsError(f"{name} was written by somebody else meanwhile.")
