"""How every answer of the API leaves: open to any site, kept briefly, and never sent twice for nothing."""

import datetime as dt
import functools
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import CharField, Subquery
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import http_date, parse_etags

from cms.changes.models import Change, KindVersion
from cms.core.prepared import Later, Prepared
from gallery.enums import EXHIBIT, EXHIBITION

#: A copy may be shown for half a minute in all, so a withdrawn picture leaves other sites about as fast as ours.
CACHE_CONTROL = "public, max-age=15, stale-while-revalidate=15"
ALLOWED = "GET, HEAD, OPTIONS"
#: What an ETag's reader compares besides the data: other code may answer the same data in other words.
RELEASE = hashlib.blake2b(
    b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))), digest_size=6
).hexdigest()

View = Callable[..., HttpResponseBase]


def iso(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# --- Open to any site, for reading only


def open_to_all(view: View) -> View:
    """GET and HEAD from any origin, without credentials. A preflight is answered, anything else is 405."""

    @functools.wraps(view)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        asked = request.method
        if asked == "OPTIONS":
            response: HttpResponseBase = HttpResponse(status=204, headers={"Allow": ALLOWED})
            response["Access-Control-Allow-Methods"] = ALLOWED
            response["Access-Control-Allow-Headers"] = "*"
            response["Access-Control-Max-Age"] = "86400"
        elif asked in ("GET", "HEAD"):
            request.method = "GET"
            response = view(request, *args, **kwargs)
            request.method = asked
            response.setdefault("Cache-Control", CACHE_CONTROL)
            if asked == "HEAD" and isinstance(response, HttpResponse):
                response["Content-Length"] = str(len(response.content))
                response.content = b""
        else:
            response = problem(405, "Only reading is possible here.", headers={"Allow": ALLOWED})
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
        return response

    opened.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is ever written; a POST gets its 405
    return opened


def problem(
    status: int, detail: str, *, errors: list[dict[str, str]] | None = None, headers: dict[str, str] | None = None
) -> HttpResponse:
    """RFC 9457. `errors` names each bad parameter: `{"parameter", "message"}`."""
    titles = {404: "Not found", 405: "Method not allowed", 410: "Gone", 422: "Bad parameter"}
    body: dict[str, object] = {"type": "about:blank", "title": titles[status], "status": status, "detail": detail}
    if errors:
        body["errors"] = errors
    return HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=status,
        content_type="application/problem+json",
        headers={"Cache-Control": CACHE_CONTROL, **(headers or {})},
    )


# --- Not sent twice


def _digest(*parts: str | bytes) -> str:
    digest = hashlib.blake2b(digest_size=9)
    for part in parts:
        digest.update(part if isinstance(part, bytes) else part.encode())
    return digest.hexdigest()


def _is_known(request: HttpRequest, etag: str) -> bool:
    """The client holds this very answer. A proxy that compressed it may have made the tag weak."""
    sent = request.META.get("HTTP_IF_NONE_MATCH")
    return sent is not None and etag in [known.removeprefix("W/") for known in parse_etags(sent)]


def tagged(request: HttpRequest, response: HttpResponse, *, changed_at: dt.datetime) -> HttpResponse:
    """Gives a finished answer the tag of its bytes; 304 when the client has it."""
    if response.status_code != 200:
        return response
    etag = f'"{_digest(response.content)}"'
    return _with_headers(HttpResponse(status=304) if _is_known(request, etag) else response, etag, changed_at)


def _with_headers(response: HttpResponse, etag: str, changed_at: dt.datetime) -> HttpResponse:
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed_at.timestamp())
    response["Cache-Control"] = CACHE_CONTROL
    return response


KINDS = (EXHIBIT, EXHIBITION)
FIELDS = ("kind", "number", "changed_at", "next_at", "totals")


@functools.lru_cache(maxsize=4)
def _versions_query(vendor: str, of_exhibit: bool) -> Prepared:
    versions = KindVersion.objects.filter(kind__in=KINDS)
    if not of_exhibit:
        return Prepared(versions.values_list(*FIELDS))
    known = Change.objects.shared().filter(kind=EXHIBIT, key=Later("key", CharField())).order_by("-number")
    return Prepared(versions.annotate(last=Subquery(known.values("how")[:1])).values_list(*FIELDS, "last"))


class Moment:
    """One call's view of what is public, read before anything else: an answer may be newer than its tag, never
    older.

    While a timed change is due and not yet recorded the version says too little, so the tag is that of the answer
    itself until it is.
    """

    def __init__(self, request: HttpRequest, *, of: str | None = None) -> None:
        self.request = request
        self.now = timezone.now()
        rows = _versions_query(connection.vendor, of is not None).rows(key=of)
        self.version = KindVersion.together(KindVersion(**dict(zip(FIELDS, row, strict=False))) for row in rows)
        #: `of`, the id of an exhibit, was once in the list of changes.
        self.was_shared = of is not None and any(row[-1] is not None for row in rows)
        self.is_overdue = self.version.is_overdue(self.now)
        address = (RELEASE, settings.BASE_URL, settings.MEDIA_URL, request.get_full_path())
        self.etag = f'"{self.version.version(self.now)}-{_digest(*address)}"'

    @property
    def changed_at(self) -> dt.datetime:
        if self.is_overdue and self.version.next_at is not None:
            return self.version.next_at
        return self.version.changed_at

    def unchanged(self) -> HttpResponse | None:
        """304 when the client's copy is still right, without looking at a single exhibit."""
        if self.is_overdue or not _is_known(self.request, self.etag):
            return None
        return _with_headers(HttpResponse(status=304), self.etag, self.changed_at)

    def answer(self, body: str) -> HttpResponse:
        return self.stamp(HttpResponse(body, content_type="application/json"))

    def stamp(self, response: HttpResponse) -> HttpResponse:
        if self.is_overdue:
            return tagged(self.request, response, changed_at=self.changed_at)
        return _with_headers(response, self.etag, self.changed_at)
