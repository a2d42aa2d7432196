"""Nothing is sent twice: every answer has a tag, and who holds it already gets a 304."""

import datetime as dt
import functools
import hashlib
import math
import time
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import CharField, Subquery
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from cms.changes.models import Change, KindVersion
from cms.core.compiled_queries import CompiledQuery, Param

from .answers import CACHE_CONTROL, View

FIELDS = ("kind", "number", "changed_at", "next_at", "totals", "lost")


def _digest(*parts: str | bytes) -> str:
    digest = hashlib.blake2b(digest_size=9)
    for part in parts:
        digest.update(part if isinstance(part, bytes) else part.encode())
    return digest.hexdigest()


def _is_known(request: HttpRequest, etag: str) -> bool:
    """The client holds this very answer. A proxy that compressed it may have made the tag weak."""
    sent = request.META.get("HTTP_IF_NONE_MATCH")
    return sent is not None and etag in [known.removeprefix("W/") for known in parse_etags(sent)]


def _second(changed_at: dt.datetime) -> int:
    """At whose end the change had happened, so that a later change in the same second has a later date."""
    return math.ceil(changed_at.timestamp())


def _is_newer(request: HttpRequest, changed_at: dt.datetime | None) -> bool:
    """The client holds nothing older, and knows no tag, which would say more."""
    if changed_at is None:
        return False
    since = parse_http_date_safe(request.META.get("HTTP_IF_MODIFIED_SINCE", ""))
    return since is not None and "HTTP_IF_NONE_MATCH" not in request.META and _second(changed_at) <= since


def tagged(request: HttpRequest, response: HttpResponse, *, changed_at: dt.datetime | None = None) -> HttpResponse:
    """Gives a finished answer the tag of its bytes; 304 when the client has it.

    `changed_at` is when those bytes last changed. Where nobody can say (something was taken out, a name in it is a
    setting's) they may have changed just now, and asking by date gets them whole.
    """
    if response.status_code != 200:
        return response
    etag = f'"{_digest(response.content)}"'
    if _is_known(request, etag) or _is_newer(request, changed_at):
        response = HttpResponse(status=304)
    return _with_headers(response, etag, changed_at)


def tag_finished(view: View) -> View:
    """Decorates views whose answers no version covers: the tag is that of the finished answer."""

    @functools.wraps(view)
    def tagging(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if not isinstance(response, HttpResponse) or response.status_code != 200:
            return response
        response.render()  # type: ignore[attr-defined]
        return tagged(request, response)

    return tagging


def _with_headers(response: HttpResponse, etag: str, changed_at: dt.datetime | None) -> HttpResponse:
    response["ETag"] = etag
    now = time.time()
    # Never later than now (RFC 9110, 8.8.2.1): the clock may have been wrong for a while.
    response["Last-Modified"] = http_date(now if changed_at is None else min(_second(changed_at), now))
    response["Cache-Control"] = CACHE_CONTROL
    return response


@functools.cache
def digest_code(folder: Path) -> str:
    """Of the code that words an answer: another release may answer the same data in other words."""
    return _digest(
        *(path.read_bytes() for path in sorted([*folder.glob("*.py"), *Path(__file__).parent.glob("*.py")]))
    )


@functools.cache
def written_at(folder: Path) -> dt.datetime:
    """When that code was put here, as far as its files say."""
    changed = [path.stat().st_mtime for path in (*folder.glob("*.py"), *Path(__file__).parent.glob("*.py"))]
    return dt.datetime.fromtimestamp(max(changed), tz=dt.UTC)


@functools.lru_cache(maxsize=16)
def _versions_query(vendor: str, kinds: Sequence[str], of_one: bool) -> CompiledQuery:
    versions = KindVersion.objects.filter(kind__in=kinds)
    if not of_one:
        return CompiledQuery(versions.values_list(*FIELDS))
    known = Change.objects.shared().filter(kind=kinds[0], key=Param("key", CharField())).order_by("-number")
    return CompiledQuery(versions.annotate(last=Subquery(known.values("how")[:1])).values_list(*FIELDS, "last"))


class ConditionalAnswer:
    """One call's view of what is public, read before anything else: an answer may be newer than its tag, never
    older. Costs one query.

    Subclasses say which `kinds` their answers show and where the `code` lies that words them. While a timed change
    is due and not yet recorded the version says too little, so the tag is that of the answer itself until it is.
    """

    kinds: tuple[str, ...]
    code: Path

    def __init__(self, request: HttpRequest, *, of: str | None = None) -> None:
        """`of`: the key of the one thing of the first kind that is asked for."""
        self.request = request
        self.now = timezone.now()
        rows = _versions_query(connection.vendor, self.kinds, of is not None).rows(key=of)
        self.version = KindVersion.together(KindVersion(**dict(zip(FIELDS, row, strict=False))) for row in rows)
        #: It was once in the list of changes.
        self.was_shared = of is not None and any(row[-1] is not None for row in rows)
        self.is_overdue = self.version.is_overdue(self.now)
        address = (digest_code(self.code), settings.BASE_URL, settings.MEDIA_URL, request.get_full_path())
        self.etag = f'"{self.version.version(self.now)}-{_digest(*address)}"'

    @property
    def changed_at(self) -> dt.datetime:
        """Now, while a timed change is due: it may not be the only one."""
        return self.now if self.is_overdue else max(self.version.changed_at, written_at(self.code))

    def unchanged(self) -> HttpResponse | None:
        """304 when the client's copy is still right, without looking at a single exhibit."""
        if self.is_overdue:
            return None
        if not _is_known(self.request, self.etag) and not _is_newer(self.request, self.changed_at):
            return None
        return _with_headers(HttpResponse(status=304), self.etag, self.changed_at)

    def answer(self, body: str) -> HttpResponse:
        return self.stamp(HttpResponse(body, content_type="application/json"))

    def stamp(self, response: HttpResponse) -> HttpResponse:
        if self.is_overdue:
            return tagged(self.request, response, changed_at=self.changed_at)
        return _with_headers(response, self.etag, self.changed_at)
