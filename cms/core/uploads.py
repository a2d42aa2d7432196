"""What becomes of the files of a form: kept up to a size, or not at all. The words beside them survive.

Each function is called before anything reads `request.POST`, the CSRF check included.
"""

import io
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    SkipFile,
    TemporaryFileUploadHandler,
    load_handler,
)
from django.http import HttpRequest

log = logging.getLogger(__name__)

#: Room for the rest of the form, so that a file of exactly the limit still arrives and is judged by its own size.
SLACK_BYTES = 1024 * 1024


class BoundedUpload(FileUploadHandler):
    """The first handler: drops every file that goes beyond `most_bytes`, and whatever goes beyond that many times
    `most_files` altogether. `stopped` names the dropped ones as their sender does."""

    def __init__(self, request: HttpRequest, most_bytes: int, most_files: int) -> None:
        super().__init__(request)
        self.most_bytes = most_bytes + SLACK_BYTES
        self.left = self.most_bytes * most_files
        self.in_file = 0
        self.stopped: list[str] = []

    def new_file(self, *args: object, **kwargs: object) -> None:
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self.in_file = 0

    @property
    def size(self) -> int:
        """Bytes the whole request says it has."""
        return int(self.request.META.get("CONTENT_LENGTH") or 0) if self.request is not None else 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.in_file += len(raw_data)
        self.left -= len(raw_data)
        if self.in_file > self.most_bytes or self.left < 0:
            self.stopped.append(self.file_name or "")
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None


class Nowhere(io.RawIOBase):
    """Takes nothing and gives nothing: every use is an OSError."""

    def write(self, data: object) -> int:
        raise io.UnsupportedOperation("write")


class UnnamedFileUploadHandler(TemporaryFileUploadHandler):
    """Large files lie on the disk without a name: if the process is killed, nothing of a photograph and of the
    place where it was taken is left behind.

    Where the disk has no room for one it arrives all the same, as a file that cannot be read: whoever judges it
    meets an OSError, and the words beside it survive.
    """

    def new_file(self, *args: object, **kwargs: object) -> None:
        FileUploadHandler.new_file(self, *args, **kwargs)  # type: ignore[arg-type]
        self._keep(Nowhere())
        with self._or_lost():
            self._keep(tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR))  # noqa: SIM115 - with the request

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        with self._or_lost():
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        with self._or_lost():
            self.file.flush()
            self.file.seek(0)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            with suppress(OSError):
                self.file.close()

    def _keep(self, file: Any) -> None:
        facts = (self.content_type, 0, self.charset, self.content_type_extra)
        self.file = UploadedFile(file, self.file_name, *facts)  # type: ignore[assignment]

    @contextmanager
    def _or_lost(self) -> Iterator[None]:
        try:
            yield
        except OSError as problem:
            if not isinstance(problem, io.UnsupportedOperation):  # which is lost already
                log.error("There is no room for an upload: %s", type(problem).__name__)
            self.upload_interrupted()
            self._keep(Nowhere())


class NoUpload(FileUploadHandler):
    """The only handler: reads past every file and keeps none."""

    def new_file(self, *args: object, **kwargs: object) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None


def bound(request: HttpRequest, *, most_bytes: int, most_files: int = 1) -> BoundedUpload:
    take_files(request)
    handler = BoundedUpload(request, most_bytes, most_files)
    request.upload_handlers.insert(0, handler)
    return handler


def take_files(request: HttpRequest) -> None:
    request.upload_handlers = [load_handler(path, request) for path in settings.FILE_UPLOAD_HANDLERS]


def take_no_files(request: HttpRequest) -> None:
    request.upload_handlers = [NoUpload(request)]
