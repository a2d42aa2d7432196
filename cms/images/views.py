"""Send a private file. Whoever calls has checked that the person may have it."""

import re
import unicodedata
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase

from cms.images.formats import ACCEPTED

HEADERS: Final = {
    "Cache-Control": "no-store, private",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}
EXTENSIONS: Final = {accepted.mime: accepted.extension for accepted in ACCEPTED}
# Names that are devices on Windows, whatever follows their dot.
DEVICES: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
MAX_NAME: Final = 100


def private_file_response(
    storage_name: str, name: str, *, content_type: str, download_name: str | None = None
) -> HttpResponseBase:
    """The file `name` of a storage, shown in the page, or as an attachment under `download_name`.

    With PRIVATE_ACCEL_PREFIX set, nginx sends the bytes: its internal location has to repeat the nosniff and
    sandbox headers, which it does not take over. Raises Http404 when there is no such file.
    """
    storage = storages[storage_name]
    prefix = getattr(settings, "PRIVATE_ACCEL_PREFIX", "")
    response: HttpResponseBase
    if prefix:
        response = HttpResponse(content_type=content_type)
        response["X-Accel-Redirect"] = prefix.rstrip("/") + "/" + quote(name)
    else:
        try:
            response = FileResponse(storage.open(name, "rb"), content_type=content_type)
        except FileNotFoundError:
            raise Http404("There is no such file.") from None
    for header, value in HEADERS.items():
        response[header] = value
    response["Content-Disposition"] = content_disposition(download_name, content_type)
    return response


def content_disposition(download_name: str | None, content_type: str) -> str:
    """RFC 6266: `inline` without a name; else an attachment named in ASCII and, where it differs, UTF-8."""
    if download_name is None:
        return "inline"
    name = tidy_name(download_name, content_type)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    if plain == name:
        return f'attachment; filename="{name}"'
    stem = plain.rpartition(".")[0].strip(" -_") or "photograph"
    extension = plain.rpartition(".")[2]
    return f"attachment; filename=\"{stem}.{extension}\"; filename*=UTF-8''{quote(name, safe='')}"


def tidy_name(name: str, content_type: str) -> str:
    """A name safe on every system: no path, no hidden or device name, one dot, the content's own extension."""
    last = re.split(r"[/\\]", name)[-1]
    stem = last.rpartition(".")[0] or last.lstrip(".") if "." in last else last
    if stem.lower() in ("jpg", "jpeg", "png", "tif", "tiff", "webp", "avif", "heic", "heif"):
        stem = ""
    kept = (letter for letter in unicodedata.normalize("NFC", stem) if _printable(letter))
    stem = re.sub(r"[^\w\s()+,&№–—’-]+", "-", "".join(kept))
    stem = re.sub(r"\s+", " ", stem).strip(" -_")[:MAX_NAME].strip(" -_")
    if DEVICES.fullmatch(stem):
        stem = f"photograph-{stem}"
    return (stem or "photograph") + EXTENSIONS.get(content_type, ".bin")


def _printable(letter: str) -> bool:
    return letter.isspace() or not unicodedata.category(letter).startswith("C")
