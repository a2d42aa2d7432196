"""What the timer does: looks at the rows and rings again for whatever was left undone."""

import datetime as dt
import logging

from django.db import transaction
from django.utils import timezone

from cms.images.models import PortalImage
from cms.images.tasks import make_ladder
from gallery import tasks
from gallery.enums import ChangeKind, EntryState, HangMode
from gallery.models.changes import Clock
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.models.masters import Master
from gallery.services import clock, entries, hanging, messages

log = logging.getLogger(__name__)


def tend(*, now: dt.datetime | None = None, restarted: bool = False) -> dict[str, int]:
    """Does everything that is due and says how much of each. Safe to run as often as you like, and twice at once.

    `restarted` frees what a killed worker was holding; only the worker's own start passes it.
    """
    now = now or timezone.now()
    if restarted:
        Entry.objects.filter(hanging_until__isnull=False).update(hanging_until=None)
    return {
        "opened": ask_for_openings(now),
        "hung": hang_due(now),
        "swept": sweep_left_behind(now),
        "expired": expire(now),
        "reviews restarted": restart_lost_reviews(now),
        "previews": make_missing_previews(now),
        "library pictures": make_missing_ladders(),
        "mails": messages.send_due(now=now),
        "clock": record_timed_change(now),
    }


def ask_for_openings(now: dt.datetime) -> int:
    """Editions that hang everything when they open, and have opened."""
    waiting = Entry.objects.filter(
        state=EntryState.APPROVED,
        hang_asked_at=None,
        hung_at=None,
        exhibition__hang=HangMode.AT_OPENING,
        exhibition__on_show_from__lte=now,
    )
    for entry in waiting:
        hanging.ask_to_hang(entry=entry, by=None, now=now)
    return len(waiting)


def hang_due(now: dt.datetime) -> int:
    done = 0
    for entry_id in Entry.objects.due_to_hang().values_list("pk", flat=True):
        try:
            done += hanging.hang_if_due(entry_id=entry_id, now=now) is not None
        except Exception:
            log.exception("Entry %s could not be hung; it will be tried again.", entry_id)
    return done


def sweep_left_behind(now: dt.datetime) -> int:
    left = list(Entry.objects.with_files_to_sweep(now).values_list("pk", flat=True))
    for entry_id in left:
        hanging.sweep(entry_id=entry_id, now=now)
    return len(left)


@transaction.atomic
def expire(now: dt.datetime) -> int:
    """Exhibits whose time is over. They were already out of every list: the moment stands in the query too."""
    over = list(Exhibit.objects.select_for_update().filter(expires_at__lte=now))
    for exhibit in over:
        entry = Entry.objects.select_for_update().filter(public_id=exhibit.public_id).first()
        shared = exhibit.is_shared
        public_id = exhibit.public_id
        exhibit.delete()
        clock.tick(now=now, changes=[(public_id, ChangeKind.EXPIRED, shared)])
        if entry is not None:
            entry.state = EntryState.APPROVED
            entry.hang_asked_at = None
            entry.save(update_fields=["state", "hang_asked_at"])
            tasks.sweep.enqueue(entry.pk)
    return len(over)


def restart_lost_reviews(now: dt.datetime) -> int:
    """Entries whose workflow was taken away under them, for instance by switching a step off in the admin."""
    lost = [
        entry
        for entry in Entry.objects.filter(state__in=[EntryState.IN_REVIEW, EntryState.ON_HOLD])
        if entry.current_workflow_state is None
    ]
    restarted = 0
    for entry in lost:
        try:
            with transaction.atomic():
                entries.start_review(entry)
                restarted += 1
        except entries.ReviewNotSetUp:
            log.error("Entry %s waits for a review, but no review step is set up.", entry.pk)
    return restarted


def make_missing_previews(now: dt.datetime) -> int:
    cutoff = now - dt.timedelta(minutes=2)
    missing = Master.objects.filter(preview="", erased_at=None, uploaded_at__lt=cutoff)[:50]
    for master in missing:
        tasks.make_preview.enqueue(master.pk)
    return len(missing)


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
