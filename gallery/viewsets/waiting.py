"""Since when entries have been waiting to be looked at."""

from django.db.models import F, OuterRef, Subquery

from gallery.enums import Decision
from gallery.models.entries import EntryQuerySet
from gallery.models.reviews import ReviewDecision


def with_waiting_since(entries: EntryQuerySet) -> EntryQuerySet:
    """Adds `waiting_since`: when each was last sent in."""
    sent = ReviewDecision.objects.filter(entry=OuterRef("pk"), decision=Decision.SUBMITTED)
    return entries.annotate(waiting_since=Subquery(sent.order_by("-at").values("at")[:1]))


def longest_waiting_first(entries: EntryQuerySet) -> EntryQuerySet:
    return with_waiting_since(entries).order_by(F("waiting_since").asc(nulls_last=True), "pk")
