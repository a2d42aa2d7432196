"""Public files where no web server or bucket serves them."""

import mimetypes

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from .storage import PUBLIC_CACHE_CONTROL, PublicDiskStorage

mimetypes.add_type("image/avif", ".avif")
SERVED = {"image/avif", "image/jpeg", "image/png", "image/webp"}


def public_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A derivative or a rendition from the local disk: for the demo and development. In production nginx or the
    bucket answers this address; nginx asks here for what it does not have."""
    storage = storages["public"]
    mime = mimetypes.guess_type(name)[0]
    if not isinstance(storage, PublicDiskStorage) or not settings.MEDIA_URL.startswith("/") or mime not in SERVED:
        raise Http404
    answer: HttpResponseBase | None
    try:
        changed = storage.get_modified_time(name).timestamp()
        etag = f'"{int(changed * 1000):x}-{storage.size(name):x}"'
        answer = get_conditional_response(request, etag=etag, last_modified=int(changed))
        if answer is None:
            answer = FileResponse(storage.open(name), content_type=mime)
    except (OSError, SuspiciousFileOperation) as problem:  # missing, a folder, or no name a disk would take
        raise Http404 from problem
    answer["ETag"], answer["Last-Modified"] = etag, http_date(changed)
    answer["Cache-Control"] = PUBLIC_CACHE_CONTROL
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
