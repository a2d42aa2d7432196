"""How long entries have been waiting, in words a person would use."""

import datetime as dt

from django.db.models import F, OuterRef, Subquery

from gallery.enums import Decision
from gallery.models.entries import EntryQuerySet
from gallery.models.reviews import ReviewDecision

#: We tell photographers that we usually reply within five working days.
PROMISED_WORKING_DAYS = 5


def with_waiting_since(entries: EntryQuerySet) -> EntryQuerySet:
    """Adds `waiting_since`: when each was last sent in."""
    sent = ReviewDecision.objects.filter(entry=OuterRef("pk"), decision=Decision.SUBMITTED)
    return entries.annotate(waiting_since=Subquery(sent.order_by("-at").values("at")[:1]))


def longest_waiting_first(entries: EntryQuerySet) -> EntryQuerySet:
    return with_waiting_since(entries).order_by(F("waiting_since").asc(nulls_last=True), "pk")


def age_words(since: dt.datetime, now: dt.datetime) -> str:
    """
    >>> age_words(dt.datetime(2027, 1, 1, 9), dt.datetime(2027, 1, 4, 10))
    '3 days'
    """
    seconds = max(0, int((now - since).total_seconds()))
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if number := seconds // size:
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return "just now"


def is_overdue(since: dt.datetime, now: dt.datetime) -> bool:
    """More than five working days. Saturdays and Sundays do not count; public holidays do."""
    start, end = since.date(), now.date()
    weeks, rest = divmod((end - start).days, 7)
    working = weeks * 5 + sum(1 for day in range(1, rest + 1) if (start + dt.timedelta(days=day)).weekday() < 5)
    return working > PROMISED_WORKING_DAYS
