"""What the timer does for photographs: looks at the rows and sees to whatever was left undone."""

import datetime as dt
import logging
import time

from django.db import transaction

from cms.changes.models import How
from cms.changes.recording import record_all
from cms.jobs.periodic import Turn, every_round, unless_it_fails
from gallery import jobs
from gallery.enums import EXHIBIT, EntryState, HangMode
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.models.failures import FileJob, JobFailure
from gallery.models.masters import Master
from gallery.services import entries, exhibits, hanging, masters

log = logging.getLogger(__name__)


#: How long one round goes on hanging, in seconds: what is behind it must not wait for a whole exhibition.
HANGING_SECONDS = 20.0
#: A photograph that stands alone for longer has lost its entry.
RECEIVED = dt.timedelta(hours=1)


@every_round("opened", Turn.PUBLISH)
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
        with unless_it_fails(f"opening entry {entry.pk}"):
            hanging.ask_to_hang(entry=entry, by=None, now=now)
            asked += 1
    return asked


@every_round("hung", Turn.PUBLISH)
def hang_due(now: dt.datetime) -> int:
    done, started = 0, time.monotonic()
    tried: set[int] = set()
    while time.monotonic() < started + HANGING_SECONDS:
        entry_id = hanging.in_line(now=now).exclude(pk__in=tried).in_turn().values_list("pk", flat=True).first()
        if entry_id is None:
            break
        tried.add(entry_id)
        with unless_it_fails(f"hanging entry {entry_id}"):
            at = now + dt.timedelta(seconds=int(time.monotonic() - started))
            done += hanging.hang_if_due(entry_id=entry_id, now=at) is not None
    return done


@every_round("swept", Turn.TAKE_DOWN, by_date=False)
def sweep_left_behind(now: dt.datetime) -> int:
    resting = JobFailure.objects.waiting(FileJob.SWEEP, now).values("entry")
    swept = 0
    for entry_id in Entry.objects.with_files_to_sweep(now).exclude(pk__in=resting).values_list("pk", flat=True):
        with unless_it_fails(f"sweeping entry {entry_id}"):
            hanging.sweep(entry_id=entry_id, now=now)
            swept += 1
    return swept


@every_round("expired", Turn.TAKE_DOWN)
def expire(now: dt.datetime) -> int:
    """Exhibits whose time is over. They were already out of every list: the moment stands in the query too."""
    over = 0
    for public_id in Exhibit.objects.filter(expires_at__lte=now).values_list("pk", flat=True):
        with unless_it_fails(f"expiring {public_id}"):
            over += _expire(public_id, now)
    return over


@transaction.atomic
def _expire(public_id: str, now: dt.datetime) -> bool:
    entry = Entry.objects.select_for_update().filter(public_id=public_id).first()
    exhibit = Exhibit.objects.select_for_update().filter(pk=public_id, expires_at__lte=now).first()
    if exhibit is None:
        return False
    change = exhibits.change_of(exhibit, How.EXPIRED)
    exhibit.delete()
    if entry is not None:
        entry.state = EntryState.APPROVED
        entry.hang_asked_at = None
        entry.save(update_fields=["state", "hang_asked_at"])
        jobs.SWEEP.ring(entry_id=entry.pk)
    record_all(EXHIBIT, [change], now=now)
    return True


@every_round("reviews restarted", Turn.REPAIR)
def restart_lost_reviews(now: dt.datetime) -> int:
    """Entries whose workflow was taken away under them, for instance by switching a step off in the admin."""
    lost = [
        entry
        for entry in Entry.objects.filter(state__in=[EntryState.IN_REVIEW, EntryState.ON_HOLD])
        if entry.current_workflow_state is None
    ]
    restarted = 0
    for entry in lost:
        with unless_it_fails(f"restarting the review of entry {entry.pk}"):
            try:
                with transaction.atomic():
                    entries.start_review(entry)
                    restarted += 1
            except entries.ReviewNotSetUp:
                log.error("Entry %s waits for a review, but no review step is set up.", entry.pk)
    return restarted


@every_round("previews", Turn.REPAIR)
def make_missing_previews(now: dt.datetime) -> int:
    cutoff = now - dt.timedelta(minutes=2)
    resting = JobFailure.objects.waiting(FileJob.PREVIEW, now).values("entry__master")
    missing = Master.objects.filter(preview="", erased_at=None, uploaded_at__lt=cutoff).exclude(pk__in=resting)
    asked = list(missing.order_by("pk").values_list("pk", flat=True)[:50])
    for master_id in asked:
        jobs.MAKE_PREVIEW.ring(master_id=master_id)
    return len(asked)


@every_round("files rewritten", Turn.REPAIR)
def rewrite_left_behind(now: dt.datetime) -> int:
    resting = JobFailure.objects.waiting(FileJob.REWRITE, now).values("entry")
    behind = list(Entry.objects.with_files_to_rewrite().exclude(pk__in=resting).values_list("pk", flat=True)[:50])
    for entry_id in behind:
        jobs.REWRITE.ring(entry_id=entry_id)
    return len(behind)


@every_round("photographs discarded", Turn.REPAIR)
def discard_left_behind(now: dt.datetime) -> int:
    """Those no entry points at, once whoever has just received one must have put it into its entry."""
    left = masters.unused().filter(uploaded_at__lt=now - RECEIVED)
    discarded = 0
    for master_id in left.values_list("pk", flat=True):
        with unless_it_fails(f"discarding photograph {master_id}"):
            masters.discard_unused(master_id=master_id)
            discarded += 1
    return discarded
