"""Takes back again what was taken back after the backup that has been restored."""

import datetime as dt

from cms.operation.deletions import promise
from cms.operation.withdrawals import replay_of
from gallery.enums import CLEARED_STATES, ENTRY_TAKEN_DOWN, ENTRY_WITHDRAWN, EntryState
from gallery.models.consents import PicturedPerson
from gallery.models.entries import Entry
from gallery.models.reports import Report
from gallery.services import departures, entries, hanging

REASON = "This had been done before the site was restored from a backup."

promise(Entry, again=lambda entry: departures.delete_unsent(entry=entry))  # nothing that was sent in is deleted
promise(PicturedPerson)
promise(Report)


@replay_of(ENTRY_WITHDRAWN)
def withdraw_again(key: str, now: dt.datetime) -> bool:
    entry = Entry.objects.filter(public_id=key).exclude(state=EntryState.WITHDRAWN).first()
    if entry is not None:
        entries.withdraw(entry=entry, by=None, now=now, reason=REASON, quietly=True)
    return entry is not None


@replay_of(ENTRY_TAKEN_DOWN)
def take_down_again(key: str, now: dt.datetime) -> bool:
    entry = Entry.objects.filter(public_id=key, state__in=CLEARED_STATES).first()
    if entry is not None:
        hanging.keep_off(entry=entry, reason=REASON, now=now)
    return entry is not None
