"""Readiness, and public files where no web server or bucket serves them."""

import mimetypes
import secrets

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import storages
from django.db import connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, JsonResponse
from django_tasks_db.models import DBTaskResult

from .storage import PUBLIC_CACHE_CONTROL, PublicDiskStorage

mimetypes.add_type("image/avif", ".avif")
SERVED = {"image/avif", "image/jpeg", "image/png", "image/webp"}


def readyz(request: HttpRequest) -> JsonResponse:
    """Database, cache, storage and queue answer. 503 and the name of what does not."""
    checks = {"database": _database, "cache": _cache, "storage": _storage, "queue": _queue}
    results = {}
    for name, check in checks.items():
        try:
            check()
            results[name] = "ok"
        except Exception as problem:
            results[name] = type(problem).__name__
    ready = set(results.values()) == {"ok"}
    return JsonResponse(results, status=200 if ready else 503, headers={"Cache-Control": "no-store"})


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _cache() -> None:
    token = secrets.token_hex(8)
    cache.set("readyz", token, 10)
    if cache.get("readyz") is None:
        raise RuntimeError("the cache forgets")


def _storage() -> None:
    for alias in ("private", "public"):
        storages[alias].exists("readyz")


def _queue() -> None:
    DBTaskResult.objects.exists()


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
