"""What the timer does: looks at the rows and rings again for whatever was left undone."""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from django.db import transaction
from django.utils import timezone

from cms.core.rounds import registered
from cms.images.models import PortalImage
from cms.images.tasks import make_ladder
from gallery import tasks
from gallery.enums import ChangeKind, EntryState, HangMode
from gallery.models.changes import Clock
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.models.masters import Master
from gallery.models.troubles import Job, Trouble
from gallery.services import clock, entries, hanging, purging, reports, troubles

log = logging.getLogger(__name__)


def tend(*, now: dt.datetime | None = None, restarted: bool = False) -> dict[str, int]:
    """Does everything that is due and says how much of each. Safe to run as often as you like, and twice at once.

    `restarted` frees what a killed worker was holding; only the worker's own start passes it.
    """
    now = now or timezone.now()
    if restarted:
        Entry.objects.filter(hanging_until__isnull=False).update(hanging_until=None)
    rounds: dict[str, Callable[[], int]] = {
        "opened": lambda: ask_for_openings(now),
        "hung": lambda: hang_due(now),
        "swept": lambda: sweep_left_behind(now),
        "expired": lambda: expire(now),
        "reviews restarted": lambda: restart_lost_reviews(now),
        "previews": lambda: make_missing_previews(now),
        "library pictures": make_missing_ladders,
        "purges": lambda: purging.send_due(now=now),
        "troubles settled": lambda: troubles.forget_settled(now),
        "reports forgotten": lambda: reports.forget_settled(now),
        "clock": lambda: record_timed_change(now),
    }
    rounds |= {name: partial(look, now) for name, look in registered().items()}
    done = {}
    for name, look in rounds.items():
        with _unless_it_fails(name):
            done[name] = look()
    return dict.fromkeys(rounds, 0) | done


@contextmanager
def _unless_it_fails(what: str) -> Iterator[None]:
    """One thing that cannot be done must not keep the others from being done. The next round tries it again."""
    try:
        yield
    except Exception:
        log.exception("Tending: %s failed; the next round tries again.", what)


def ask_for_openings(now: dt.datetime) -> int:
    """Editions that hang everything when they open, and have opened."""
    waiting = Entry.objects.filter(
        state=EntryState.APPROVED,
        hang_asked_at=None,
        hung_at=None,
        exhibition__hang=HangMode.AT_OPENING,
        exhibition__on_show_from__lte=now,
    )
    asked = 0
    for entry in waiting:
        with _unless_it_fails(f"opening entry {entry.pk}"):
            hanging.ask_to_hang(entry=entry, by=None, now=now)
            asked += 1
    return asked


def hang_due(now: dt.datetime) -> int:
    done = 0
    for entry_id in Entry.objects.due_to_hang().values_list("pk", flat=True):
        with _unless_it_fails(f"hanging entry {entry_id}"):
            done += hanging.hang_if_due(entry_id=entry_id, now=now) is not None
    return done


def sweep_left_behind(now: dt.datetime) -> int:
    resting = Trouble.objects.waiting(Job.SWEEP, now).values("entry")
    swept = 0
    for entry_id in Entry.objects.with_files_to_sweep(now).exclude(pk__in=resting).values_list("pk", flat=True):
        with _unless_it_fails(f"sweeping entry {entry_id}"):
            hanging.sweep(entry_id=entry_id, now=now)
            swept += 1
    return swept


def expire(now: dt.datetime) -> int:
    """Exhibits whose time is over. They were already out of every list: the moment stands in the query too."""
    over = 0
    for public_id in Exhibit.objects.filter(expires_at__lte=now).values_list("pk", flat=True):
        with _unless_it_fails(f"expiring {public_id}"):
            over += _expire(public_id, now)
    return over


@transaction.atomic
def _expire(public_id: str, now: dt.datetime) -> bool:
    entry = Entry.objects.select_for_update().filter(public_id=public_id).first()
    exhibit = Exhibit.objects.select_for_update().filter(pk=public_id, expires_at__lte=now).first()
    if exhibit is None:
        return False
    shared = exhibit.is_shared
    purging.ask([exhibit], now=now)
    exhibit.delete()
    if entry is not None:
        entry.state = EntryState.APPROVED
        entry.hang_asked_at = None
        entry.save(update_fields=["state", "hang_asked_at"])
        tasks.sweep.enqueue(entry.pk)
    clock.tick(now=now, changes=[(public_id, ChangeKind.EXPIRED, shared)])
    return True


def restart_lost_reviews(now: dt.datetime) -> int:
    """Entries whose workflow was taken away under them, for instance by switching a step off in the admin."""
    lost = [
        entry
        for entry in Entry.objects.filter(state__in=[EntryState.IN_REVIEW, EntryState.ON_HOLD])
        if entry.current_workflow_state is None
    ]
    restarted = 0
    for entry in lost:
        with _unless_it_fails(f"restarting the review of entry {entry.pk}"):
            try:
                with transaction.atomic():
                    entries.start_review(entry)
                    restarted += 1
            except entries.ReviewNotSetUp:
                log.error("Entry %s waits for a review, but no review step is set up.", entry.pk)
    return restarted


def make_missing_previews(now: dt.datetime) -> int:
    cutoff = now - dt.timedelta(minutes=2)
    resting = Trouble.objects.waiting(Job.PREVIEW, now).values("entry__master")
    missing = Master.objects.filter(preview="", erased_at=None, uploaded_at__lt=cutoff).exclude(pk__in=resting)
    asked = list(missing.order_by("pk").values_list("pk", flat=True)[:50])
    for master_id in asked:
        tasks.make_preview.enqueue(master_id)
    return len(asked)


def make_missing_ladders() -> int:
    """Pictures of the editors' library whose public files were never made, or are out of date."""
    unmade = list(PortalImage.objects.unmade().values_list("pk", flat=True)[:50])
    for image_id in unmade:
        make_ladder.enqueue(image_id)
    return len(unmade)


def record_timed_change(now: dt.datetime) -> int:
    """Gives a date that has passed a number of its own, so that every copy of the answer before it is stale."""
    current = Clock.objects.filter(pk=1).first()
    if current is None or current.is_overdue(now):
        clock.tick(now=now)
        return 1
    return 0
