"""Public files where no web server or bucket serves them."""

import mimetypes

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase

from .storage import PUBLIC_CACHE_CONTROL, PublicDiskStorage

mimetypes.add_type("image/avif", ".avif")
SERVED = {"image/avif", "image/jpeg", "image/png", "image/webp"}


def public_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A derivative or a rendition from the local disk: for the demo and development. In production nginx or the
    bucket answers this address, and Django does not know it."""
    storage = storages["public"]
    mime = mimetypes.guess_type(name)[0]
    if not isinstance(storage, PublicDiskStorage) or not settings.MEDIA_URL.startswith("/") or mime not in SERVED:
        raise Http404
    try:
        file = storage.open(name)
    except (OSError, SuspiciousFileOperation) as problem:  # missing, a folder, or no name a disk would take
        raise Http404 from problem
    response = FileResponse(file, content_type=mime)
    response["Cache-Control"] = PUBLIC_CACHE_CONTROL
    return response
