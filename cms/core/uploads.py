"""What becomes of the files of a form: kept up to a size, or not at all. The words beside them survive.

Each function is called before anything reads `request.POST`, the CSRF check included.
"""

import tempfile

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    SkipFile,
    TemporaryFileUploadHandler,
    load_handler,
)
from django.http import HttpRequest

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


class UnnamedFileUploadHandler(TemporaryFileUploadHandler):
    """Large files lie on the disk without a name: if the process is killed, nothing of a photograph and of the
    place where it was taken is left behind."""

    def new_file(self, *args: object, **kwargs: object) -> None:
        FileUploadHandler.new_file(self, *args, **kwargs)  # type: ignore[arg-type]
        file = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 - closed with the request
        facts = (self.content_type, 0, self.charset, self.content_type_extra)
        self.file = UploadedFile(file, self.file_name, *facts)  # type: ignore[assignment]

    def file_complete(self, file_size: int) -> UploadedFile | None:
        self.file.flush()
        return super().file_complete(file_size)

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()


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
