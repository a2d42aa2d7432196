"""An edition that is not public takes its photographs off the wall, and hangs them again when it is.

Whether it is public, its page, whatever stands above it and the clock say, not the button somebody pressed
(`ExhibitionPage.objects.open_to_all`). No list shows such photographs from that moment; here their rows and files
go, too, and whoever keeps copies is told.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from cms.changes.models import How
from cms.changes.recording import record_all
from cms.jobs.periodic import Turn, every_round
from gallery import jobs
from gallery.enums import EXHIBIT, EntryState
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.services import exhibits


@every_round("taken down with their edition", Turn.TAKE_DOWN)
@transaction.atomic
def take_down_with_editions(now: dt.datetime) -> int:
    """Takes down whatever hangs in editions that are not public. Says how many photographs that were.

    Nobody decided about them, so their entries stay asked for: they are due again as soon as the edition is public.
    """
    keys = list(Exhibit.objects.in_closed_editions().values_list("pk", flat=True))
    if not keys:
        return 0
    list(Entry.objects.select_for_update().filter(public_id__in=keys).order_by("pk").values_list("pk"))
    closed = Exhibit.objects.in_closed_editions().filter(pk__in=keys).order_by("pk")
    leaving = list(closed.select_related("exhibition").select_for_update(of=("self",)))
    changes = [exhibits.change_of(exhibit, How.REMOVED) for exhibit in leaving]
    gone = [exhibit.pk for exhibit in leaving]
    Exhibit.objects.filter(pk__in=gone).delete()
    Entry.objects.filter(public_id__in=gone, state=EntryState.HUNG).update(state=EntryState.APPROVED)
    if changes:
        record_all(EXHIBIT, changes, now=now)
        jobs.FOLLOW_EDITIONS.ring()
    return len(changes)


def follow_editions(*, now: dt.datetime) -> None:
    """Call when an edition may have become public, or have stopped being so: takes down at once. Whatever is
    missed here the timer finds."""
    take_down_with_editions(now)
    if Entry.objects.due_to_hang().exists():
        jobs.FOLLOW_EDITIONS.ring()


@jobs.FOLLOW_EDITIONS.handler
def ring_for_each(*, now: dt.datetime | None = None) -> None:
    """A job for each photograph whose files go, and one for all that hang again. In the worker, because an edition
    may have thousands."""
    for entry_id in Entry.objects.with_files_to_sweep(now or timezone.now()).values_list("pk", flat=True):
        jobs.SWEEP.ring(entry_id=entry_id)
    if Entry.objects.due_to_hang().exists():
        jobs.HANG.ring()
