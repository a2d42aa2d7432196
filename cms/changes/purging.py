"""Tells a cache in front of the site which addresses to fetch anew. Does nothing where none is set up.

What changed is written down in the change's own transaction; the worker tells the cache, and tells it again, later
each time, until it has listened. Without it everything is gone within a minute all the same: see the cache headers.
"""

import datetime as dt
import logging
from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone
from wagtail.contrib.frontend_cache.tasks import purge_urls_from_cache_task

from cms.changes.models import Purge
from cms.changes.recording import listener
from cms.jobs.periodic import Turn, every_round
from cms.jobs.registry import FIRST, Job, Queue
from cms.jobs.retries import try_each

log = logging.getLogger(__name__)

PURGE = Job("purge", queue=Queue.SOON, priority=FIRST)
#: Addresses told in one go. The content networks' own limits lie between 30, which Wagtail sees to, and 3,000.
AT_ONCE = 500


def is_set_up() -> bool:
    return bool(getattr(settings, "WAGTAILFRONTENDCACHE", None))


@listener
def write_down(addresses: Sequence[str], now: dt.datetime) -> None:
    """Part of the transaction that changes what these addresses answer, or that has deleted their files."""
    if not is_set_up():
        return
    each_once = list(dict.fromkeys(addresses))
    for start in range(0, len(each_once), AT_ONCE):
        Purge.objects.create(addresses=each_once[start : start + AT_ONCE], asked_at=now)
    PURGE.ring()


@PURGE.handler
def send_due(*, now: dt.datetime | None = None) -> int:
    """Tells the cache everything that is due and returns how many purges it took."""
    if not is_set_up():
        owed = Purge.objects.all().delete()[0]
        if owed:
            log.warning("No cache in front is set up any more: %s purges it was owed are dropped.", owed)
        return 0
    return try_each(Purge.objects.all(), _send, now=now or timezone.now(), gives_up_at=lambda problem: True)


@every_round("purges", Turn.TELL, by_date=False)
def send_left_behind(now: dt.datetime) -> int:
    return send_due(now=now)


def _send(purge: Purge) -> None:
    """Raises what the backend raises: those of `cms.changes.backends` do when the cache did not take it."""
    purge_urls_from_cache_task.call(purge.addresses)
    purge.delete()
