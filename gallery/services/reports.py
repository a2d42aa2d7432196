"""What visitors tell us is wrong: kept, told to those who look after photographs, and settled by one of them."""

import datetime as dt

from django.db import transaction

from cms.jobs.periodic import Turn, every_round
from cms.people.models import User
from gallery import notifications
from gallery.models.entries import Entry
from gallery.models.reports import Report
from gallery.services import hanging

#: A settled report is kept this long, in case the same thing comes back.
KEEP_DAYS = 180


class CannotSettle(Exception):
    """The report cannot be settled like this. The message says why."""


@transaction.atomic
def send(*, about: str, public_id: str, words: str, email: str, now: dt.datetime) -> Report:
    report = Report.objects.create(about=about, public_id=public_id, words=words.strip(), email=email, sent_at=now)
    notifications.tell_of_report(report=report, now=now)
    return report


@transaction.atomic
def settle(*, report: Report, by: User, answer: str, now: dt.datetime) -> Report:
    """Puts it away with a word on what was done, and sends that word to whoever left an address."""
    row = Report.objects.select_for_update().get(pk=report.pk)
    if row.settled_at is not None:
        raise CannotSettle(f"Somebody was quicker: {row.settled_by_name} has settled this. Nothing was changed.")
    if not answer.strip():
        raise CannotSettle("Please say in a sentence what you did. Whoever left an address will read it.")
    row.answer, row.settled_at = answer.strip(), now
    row.settled_by, row.settled_by_name = by, by.name
    row.save(update_fields=["answer", "settled_at", "settled_by", "settled_by_name"])
    notifications.answer_reporter(report=row, now=now)
    Report.objects.filter(pk=row.pk).update(email="")  # it was for the answer and nothing else
    return row


@transaction.atomic
def take_down(*, report: Report, by: User, reason: str, now: dt.datetime) -> Entry:
    """Takes the photograph off the wall while somebody looks into it. The report stays open until it is settled.

    Raises `hanging.CannotHang` when it is not on the wall any more.
    """
    entry = Entry.objects.filter(public_id=report.public_id).first() if report.public_id else None
    if entry is None:
        raise hanging.CannotHang("This report is not about a photograph of ours.")
    return hanging.take_down(entry=entry, by=by, reason=reason, now=now)


@every_round("reports forgotten", Turn.FORGET)
def forget_settled(now: dt.datetime) -> int:
    """Deletes what was settled long ago, addresses and all."""
    return Report.objects.settled_before(now - dt.timedelta(days=KEEP_DAYS)).delete()[0]
