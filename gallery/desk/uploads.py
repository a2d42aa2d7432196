"""Stops reading an upload once it is too large, so that nobody can fill the disk. The words beside it survive."""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

#: Room for the rest of the form, so that a file of exactly the limit still arrives and is judged by its own size.
SLACK_BYTES = 1024 * 1024


class BoundedUpload(FileUploadHandler):
    """The first handler: counts the bytes of all files together and drops what goes beyond `most_bytes`."""

    def __init__(self, request: HttpRequest, most_bytes: int) -> None:
        super().__init__(request)
        self.most_bytes = most_bytes + SLACK_BYTES
        self.seen = 0
        self.stopped = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.seen += len(raw_data)
        if self.seen > self.most_bytes:
            self.stopped = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None


def bound(request: HttpRequest, *, most_bytes: int) -> BoundedUpload:
    """Call before anything reads `request.POST`, the CSRF check included."""
    handler = BoundedUpload(request, most_bytes)
    request.upload_handlers.insert(0, handler)
    return handler
