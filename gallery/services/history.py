"""Writes down who did what to an entry, when and why."""

import datetime as dt

from wagtail.log_actions import log

from gallery.enums import Decision
from gallery.models.entries import Entry
from gallery.models.reviews import ReviewDecision

TIMETABLE, THE_LOG = "the exhibition’s timetable", "the log of withdrawals"


def record(
    *, entry: Entry, decision: Decision, by, now: dt.datetime, reason: str = "", instead: str = TIMETABLE
) -> ReviewDecision:
    """One line of history, in our own table for the desk and in Wagtail's log for the site history report.

    `by` is None when a date or a machine acted; the line then names what stood in `instead`.
    """
    log(instance=entry, action=f"gallery.{decision.value}", user=by, data={"reason": reason})
    return ReviewDecision.objects.create(
        entry=entry,
        decision=decision,
        by=by,
        by_name=str(by) if by is not None else instead,
        at=now,
        reason=reason,
        revision_id=entry.latest_revision_id,
    )
