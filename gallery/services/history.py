"""Writes down who did what to an entry, when and why."""

import datetime as dt

from wagtail.log_actions import log

from cms.core.addresses import clean
from gallery.enums import Decision
from gallery.models.entries import Entry
from gallery.models.reviews import ReviewDecision


def record(*, entry: Entry, decision: Decision, by, now: dt.datetime, reason: str = "") -> ReviewDecision:
    """One line of history, in our own table for the desk and in Wagtail's log for the site history report.

    `by` is None when a date or the worker acted; the line then names the exhibition's timetable.
    """
    log(instance=entry, action=f"gallery.{decision.value}", user=by, data={"reason": reason})
    return ReviewDecision.objects.create(
        entry=entry,
        decision=decision,
        by=by,
        by_name=str(by) if by is not None else "the exhibition’s timetable",
        at=now,
        reason=clean(reason),
        revision_id=entry.latest_revision_id,
    )
