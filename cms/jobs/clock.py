"""Whether the timer may believe the clock.

A machine that wakes up in another year would expire what hangs, forget what is kept and write to everybody, for
good. So a clock that has jumped has to say the same for a few minutes. After an hour without a timer nobody can
tell a jump from a pause: then, too, what goes by date waits for those minutes.
"""

import datetime as dt
import logging

from django.db import transaction

from .models import TimerClock

log = logging.getLogger(__name__)

#: Between two rounds, either way: further is a jump.
JUMP = dt.timedelta(hours=1)
SURE_AFTER = dt.timedelta(minutes=5)


@transaction.atomic
def is_trusted(now: dt.datetime) -> bool:
    """Call once in each round, with what the clock says."""
    clock, _ = TimerClock.objects.select_for_update().get_or_create(pk=1, defaults={"seen_at": now})
    trusted = abs(now - clock.seen_at) <= JUMP
    if not trusted:
        since = clock.doubted_since
        if since is None or not dt.timedelta() <= now - since <= JUMP:
            clock.doubted_since = since = now
            log.error(
                "The clock says %s, and at the last round it said %s. Nothing that goes by date is done until it "
                "has been so for %s minutes.",
                f"{now:%Y-%m-%d %H:%M}",
                f"{clock.seen_at:%Y-%m-%d %H:%M}",
                SURE_AFTER // dt.timedelta(minutes=1),
            )
        trusted = now - since >= SURE_AFTER
    if trusted:
        clock.seen_at, clock.doubted_since = now, None
    clock.save()
    return trusted
