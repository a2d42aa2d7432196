"""What a curator decides about cleared photographs: their awards and their place on the wall."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from cms.changes.recording import record_all
from cms.core.text import one_of_each
from cms.people.models import User
from gallery import permissions
from gallery.enums import CLEARED_STATES, EXHIBIT
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.services import exhibits
from gallery.services.addresses import list_exhibit_addresses


class CannotArrange(Exception):
    """Awards and places are for cleared photographs, and for curators to give. The message says which it was."""


@transaction.atomic
def arrange(
    *,
    entry: Entry,
    by: User,
    now: dt.datetime,
    awards: Sequence[str] | None = None,
    wall_order: int | None = None,
) -> Entry:
    """Sets what is given and leaves the rest. A photograph on the wall shows it at once."""
    if not permissions.may_hang(by):
        raise CannotArrange("Only curators give awards and places on the wall.")
    row = Entry.objects.select_for_update().get(pk=entry.pk)
    if row.state not in CLEARED_STATES:
        raise CannotArrange(f"Only approved photographs have a place; this one is “{row.get_state_display()}”.")
    if awards is not None:
        row.awards = one_of_each(award.strip() for award in awards)
    if wall_order is not None:
        row.wall_order = wall_order
    row.updated_at = now
    row.save(update_fields=["awards", "wall_order", "updated_at"])
    exhibit = Exhibit.objects.select_for_update(of=("self",)).filter(pk=row.public_id).first()
    if exhibit is not None:
        exhibits.label(exhibit, awards=row.awards)
        Exhibit.objects.filter(pk=exhibit.pk).update(wall_order=row.wall_order)
        if not exhibits.refresh(Exhibit.objects.filter(pk=exhibit.pk), now=now):
            # A new place on the wall changes lists, if no document.
            record_all(EXHIBIT, addresses=list_exhibit_addresses(exhibit), now=now)
    return row
