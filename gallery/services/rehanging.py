"""Rebuilds what is public from what is kept: after a change of sizes, formats or words in the code."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from cms.changes.models import How
from cms.changes.recording import record_all
from gallery.enums import EXHIBIT, EntryState
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.services import exhibit_fields, exhibits, hanging


def rehang(*, pictures: bool = True, now: dt.datetime | None = None) -> int:
    """Every exhibit anew, one after the other, each visible throughout. Returns how many."""
    now = now or timezone.now()
    if not pictures:
        for exhibit in Exhibit.objects.select_related("exhibition", "category", "department"):
            exhibits.write(exhibit)
        record_all(EXHIBIT, now=now)
        return Exhibit.objects.count()
    hung = Entry.objects.filter(state=EntryState.HUNG).select_related("master", "exhibition")
    return sum(_renew(entry, now) for entry in hung)


def _renew(entry: Entry, now: dt.datetime) -> bool:
    """New derivatives in a new folder, then the switch in one transaction, then the old folder goes."""
    old = entry.media
    entry.media = hanging.new_folder(entry)
    sources = hanging.make_derivatives(entry)
    with transaction.atomic():
        row = Entry.objects.select_for_update().filter(pk=entry.pk, state=EntryState.HUNG, media=old).first()
        if row is not None:
            exhibit = Exhibit.objects.select_for_update().get(pk=row.public_id)
            before = exhibits.change_of(exhibit, How.UPSERT)
            for name, value in {**exhibit_fields.of(row), "sources": sources, "updated_at": now}.items():
                setattr(exhibit, name, value)
            exhibits.label(exhibit, awards=row.awards, tags=row.tags)
            exhibits.write(exhibit)
            row.media = entry.media
            row.save(update_fields=["media"])
            how = How.CORRECTED if before.shared and not exhibit.is_shared else How.UPSERT
            change = before._replace(how=how, shared=before.shared or exhibit.is_shared)
            record_all(EXHIBIT, [change], now=now)
    hanging.delete_folder(old if row is not None else entry.media)
    return row is not None
