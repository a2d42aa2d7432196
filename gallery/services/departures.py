"""What becomes of photographs when their photographer's account is deleted, and of drafts that nobody sends in.

What hangs stays on the wall with its credit. Everything else leaves: what was never sent in is deleted with its
file, what was sent in is withdrawn, and of a withdrawn one the record of decisions stays, without people and words.
"""

import datetime as dt

from django.db import transaction
from wagtail.models import ModelLogEntry, Revision

from cms.jobs.periodic import Turn, every_round, unless_it_fails
from cms.people.models import User
from gallery import jobs
from gallery.enums import EntryState
from gallery.models.consents import PicturedPerson
from gallery.models.corrections import Suggestion
from gallery.models.entries import Entry
from gallery.models.masters import Master
from gallery.models.reviews import ReviewDecision
from gallery.services import entries

#: Drafts can be taken out so long after the call has closed. Then they are deleted.
KEEP_DRAFTS = dt.timedelta(days=90)
NOBODY = "Deleted account"
WORDS = ("caption", "alt_text", "long_description", "technique", "photographer_role", "photographer_slug")


@transaction.atomic
def let_go(*, photographer: User, now: dt.datetime) -> None:
    """Call before the account is deleted, in the same transaction."""
    User.objects.select_for_update().get(pk=photographer.pk)  # nobody starts a draft meanwhile
    for entry in Entry.objects.select_for_update().by(photographer):
        if entry.submitted_at is None:
            delete_unsent(entry=entry)
        elif entry.state != EntryState.HUNG:
            _erase(entry, photographer, now)
    # Where others have photographed them, their name belongs to the consent. Nobody needs to write to them.
    PicturedPerson.objects.filter(email__iexact=photographer.email).update(email="")


@transaction.atomic
def delete_unsent(*, entry: Entry) -> None:
    """Row, people and log, as if it had never been. The worker deletes the files."""
    row = entries.locked(entry)
    if row.submitted_at is not None:
        return
    ModelLogEntry.objects.for_instance(row).delete()
    row.delete()
    if row.master_id is not None:
        jobs.DISCARD.ring(master_id=row.master_id)


@every_round("drafts forgotten", Turn.FORGET)
def forget_drafts(now: dt.datetime) -> int:
    """Deletes what was not sent in long after the call. What we asked for may come late, so changes count."""
    cutoff = now - KEEP_DRAFTS
    old = Entry.objects.filter(submitted_at=None, exhibition__closes_at__lte=cutoff, updated_at__lte=cutoff)
    deleted = 0
    for entry in old:
        with unless_it_fails(f"deleting draft {entry.pk}"):
            delete_unsent(entry=entry)
            deleted += 1
    return deleted


def _erase(entry: Entry, photographer: User, now: dt.datetime) -> None:
    if entry.state != EntryState.WITHDRAWN:
        reason = "The photographer’s account was deleted."
        entries.withdraw(entry=entry, by=photographer, now=now, reason=reason, quietly=True)
    words: dict = dict.fromkeys(WORDS, "")
    Entry.objects.filter(pk=entry.pk).update(photographer_name=NOBODY, latest_revision=None, tags=[], **words)
    Revision.objects.for_instance(entry).delete()
    PicturedPerson.objects.of(entry).delete()
    Suggestion.objects.filter(entry=entry).delete()
    ReviewDecision.objects.of(entry).filter(by=photographer).update(by=None, by_name=NOBODY)
    if entry.master is not None:
        Master.objects.filter(pk=entry.master.pk).update(original_name="", found={})
