"""Tells a cache in front of the site which addresses to fetch anew. Does nothing where none is set up.

What changed is written down in the change's own transaction; the worker tells the cache, and tells it again, later
each time, until it has listened. Without it everything is gone within a minute all the same: see the cache headers.
"""

import datetime as dt
import logging
import threading
from collections.abc import Iterable

from django.conf import settings
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.frontend_cache.tasks import purge_urls_from_cache_task

from cms.core.addresses import MEDIA, SITE, fill_absolute
from cms.jobs.periodic import Turn, every_round
from cms.jobs.retries import wait_after
from gallery import jobs
from gallery.models.exhibits import Exhibit
from gallery.models.purges import Purge

log = logging.getLogger(__name__)

#: Addresses told in one go. The content networks' own limits lie between 30, which Wagtail sees to, and 3,000.
AT_ONCE = 500
#: How long one worker may take over telling before another may try.
LEASE = dt.timedelta(minutes=5)


class NotTold(Exception):
    """The cache did not take it."""


def is_set_up() -> bool:
    return bool(getattr(settings, "WAGTAILFRONTENDCACHE", None))


def addresses_of(exhibit: Exhibit) -> list[str]:
    """Everything that shows one exhibit: its page, the lists it stands in, the API's answers, its files."""
    wall = f"/exhibitions/{exhibit.exhibition.slug}/"
    key = exhibit.public_id
    paths = [
        exhibit.path,
        wall,
        "/exhibitions/",
        "/",
        reverse("gallery-v1:exhibit", args=[key]),
        reverse("gallery-v1:exhibit_list"),
        reverse("gallery-v1:changes"),
        reverse("gallery-v1:exhibition", args=[exhibit.exhibition.slug]),
        reverse("gallery-v1:exhibition_list"),
        reverse("wagtailapi:exhibits:detail", args=[key]),
        reverse("wagtailapi:exhibits:listing"),
    ]
    files = [MEDIA + source["key"] for source in exhibit.sources]
    return [fill_absolute(address) for address in [*(SITE + path for path in paths), *files]]


def ask(exhibits: Iterable[Exhibit], *, now: dt.datetime) -> None:
    """Call in the transaction that changes or removes these exhibits, while they still know their files."""
    if is_set_up():
        _write_down([address for exhibit in exhibits for address in addresses_of(exhibit)], now)


def ask_for_files(keys: Iterable[str], *, now: dt.datetime) -> None:
    """Call when public files have been deleted: until then the cache could fetch them again."""
    if is_set_up():
        _write_down([fill_absolute(MEDIA + key) for key in keys], now)


def _write_down(addresses: list[str], now: dt.datetime) -> None:
    told = list(dict.fromkeys(addresses))
    for start in range(0, len(told), AT_ONCE):
        Purge.objects.create(addresses=told[start : start + AT_ONCE], asked_at=now)
    if told:
        jobs.PURGE.ring()


@jobs.PURGE.handler
def send_due(*, now: dt.datetime | None = None) -> int:
    """Tells the cache everything that is due and returns how many purges it took."""
    now = now or timezone.now()
    if not is_set_up():
        Purge.objects.all().delete()
        return 0
    due = Purge.objects.filter(Q(next_try_at=None) | Q(next_try_at__lte=now))
    return sum(_send(purge_id, now) for purge_id in list(due.values_list("pk", flat=True)))


def _send(purge_id: int, now: dt.datetime) -> bool:
    """No transaction is open while the cache is spoken to: it may take its time."""
    free = Purge.objects.filter(Q(next_try_at=None) | Q(next_try_at__lte=now), pk=purge_id)
    if not free.update(next_try_at=now + LEASE, tries=F("tries") + 1):
        return False
    purge = Purge.objects.get(pk=purge_id)
    try:
        _tell(purge.addresses)
    except Exception as problem:  # whatever it is, the purges behind it are still told
        Purge.objects.filter(pk=purge_id).update(next_try_at=now + wait_after(purge.tries))
        log.warning("The cache in front was not told (try %s): %s", purge.tries, type(problem).__name__)
        return False
    purge.delete()
    return True


def _tell(addresses: list[str]) -> None:
    """Raises `NotTold` when the cache refuses: Wagtail's backends say so in the log and nowhere else."""
    ears = _Ears()
    logging.getLogger().addHandler(ears)
    try:
        purge_urls_from_cache_task.call(addresses)
    finally:
        logging.getLogger().removeHandler(ears)
    if ears.complaints:
        raise NotTold


@every_round("purges", Turn.TELL)
def _send_due(now: dt.datetime) -> int:
    return send_due(now=now)


class _Ears(logging.Handler):
    """Counts what this thread complains of. Wagtail's Cloudflare backend partly uses the root logger."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.thread = threading.get_ident()
        self.complaints = 0

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread and record.name in {"wagtail.frontendcache", "root"}:
            self.complaints += 1
