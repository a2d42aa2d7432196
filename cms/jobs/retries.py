"""One rule for everything that is tried again: later each time, up to an hour."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import F, Q

log = logging.getLogger(__name__)

#: The longest wait between two tries, in minutes.
LONGEST_WAIT = 60
#: How long one worker may take over one try before another may begin.
LEASE = dt.timedelta(minutes=5)


def wait_after(tries: int) -> dt.timedelta:
    """1, 2, 4, 8, 16, 32 minutes, then an hour each time."""
    return dt.timedelta(minutes=min(LONGEST_WAIT, 2 ** min(tries - 1, 10)))


def resting(now: dt.datetime) -> Q:
    """Failed lately, and not to be tried again before its time. Nothing rests longer than `LONGEST_WAIT`: where it
    says so, it was tried while the clock was wrong."""
    return Q(next_try_at__gt=now, next_try_at__lte=now + dt.timedelta(minutes=LONGEST_WAIT))


class RetriedQuerySet(models.QuerySet[Any]):
    def due(self, now: dt.datetime) -> "RetriedQuerySet":
        """Never tried, or long enough ago."""
        return self.exclude(resting(now))


class Retried(models.Model):
    """Something owed to somebody who may not be able to take it now."""

    tries = models.PositiveIntegerField(default=0, editable=False)
    next_try_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def count_try(self, now: dt.datetime) -> None:
        """One more failure: sets when to try again. The caller saves."""
        self.tries += 1
        self.next_try_at = now + wait_after(self.tries)


def try_each(
    due: RetriedQuerySet,
    attempt: Callable[[Any], None],
    *,
    now: dt.datetime,
    gives_up_at: Callable[[Exception], bool] = lambda problem: False,
) -> int:
    """Tries everything that is `due` at `now`, each by one worker only, and returns how many tries went well.

    No transaction is open while somebody else is spoken to: they may take their time. A try that fails leaves those
    behind it alone. If `gives_up_at` says of the failure that it would meet them all, they are left for the next
    round, untried; that begins with another one, so that one which breaks off every talk keeps none waiting.
    """
    done = 0
    for key in list(due.due(now).values_list("pk", flat=True)):
        mine = due.due(now).filter(pk=key).update(next_try_at=now + LEASE, tries=F("tries") + 1)
        row = due.model._default_manager.filter(pk=key).first() if mine else None
        if row is None:
            continue
        try:
            attempt(row)
            done += 1
        except Exception as problem:
            name = type(row)._meta.verbose_name
            log.warning("%s %s: try %s failed (%s).", name, key, row.tries, type(problem).__name__)
            type(row)._default_manager.filter(pk=key).update(next_try_at=now + wait_after(row.tries))
            if gives_up_at(problem):
                break
    return done
