"""What we write to people. Each mail is a template whose first line is the subject."""

import datetime as dt

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from cms.mail.writing import write
from gallery.enums import Decision
from gallery.models.corrections import Suggestion
from gallery.models.entries import Entry
from gallery.models.reports import Report
from gallery.models.reviews import EntryReviewTask, ReviewDecision


def tell_photographer(*, entry: Entry, what: str, now: dt.datetime, reason: str = "") -> None:
    """Queues the mail `gallery/mail/<what>.txt`; without a `reason` it has that of the last decision. Says nothing
    when the account is gone."""
    if entry.photographer is None:
        return
    _queue(to=entry.photographer, what=what, entry=entry, now=now, reason=reason or entry.reason)


def tell_moderators(*, entry: Entry, now: dt.datetime) -> None:
    """One mail to each active member of the review's groups."""
    for moderator in _moderators():
        if moderator.pk != entry.photographer_id:
            _queue(to=moderator, what="waiting", entry=entry, now=now)


def tell_of_suggestion(*, suggestion: Suggestion, now: dt.datetime) -> None:
    """One mail to whoever approved the photograph, and knows it; to all moderators once they have left."""
    entry = suggestion.entry
    approvals = ReviewDecision.objects.of(entry).filter(decision=Decision.APPROVED, by__is_active=True)
    last = approvals.select_related("by").order_by("-at", "-pk").first()
    readers = [last.by] if last is not None else _moderators()
    for reader in readers:
        if reader is not None and reader.pk != entry.photographer_id:
            _queue(to=reader, what="suggested", entry=entry, now=now, reason=suggestion.why)


def tell_of_report(*, report: Report, now: dt.datetime) -> None:
    """One mail to everybody who looks after photographs: those who review them and those who hang them."""
    groups = EntryReviewTask.objects.filter(active=True).values("groups")
    hangs = Q(groups__permissions__codename="hang_entry") | Q(user_permissions__codename="hang_entry")
    readers = get_user_model().objects.filter(Q(groups__in=groups) | hangs, is_active=True).distinct()
    url = f"{settings.BASE_URL}/admin/something-wrong/{report.pk}/"
    for reader in readers:
        context = {"report": report, "person": reader, "report_url": url, "site": settings.BASE_URL}
        write(to=reader.email, user=reader, template="gallery/mail/report.txt", context=context, now=now)


def answer_reporter(*, report: Report, now: dt.datetime) -> None:
    """Says nothing to people who left no address."""
    if report.email:
        context = {"report": report, "site": settings.BASE_URL}
        write(to=report.email, template="gallery/mail/report-answered.txt", context=context, now=now)


def _moderators() -> QuerySet:
    groups = EntryReviewTask.objects.filter(active=True).values("groups")
    return get_user_model().objects.filter(is_active=True, groups__in=groups).distinct()


def _queue(*, to, what: str, entry: Entry, now: dt.datetime, reason: str = "") -> None:
    context = {
        "reason": reason,
        "entry": entry,
        "exhibition": entry.exhibition,
        "person": to,
        "desk_url": f"{settings.BASE_URL}/desk/entries/{entry.pk}/",
        "review_url": f"{settings.BASE_URL}/admin/snippets/gallery/entry/edit/{entry.pk}/",
        "correct_url": f"{settings.BASE_URL}/admin/snippets/gallery/entry/correct/{entry.pk}/",
        "wall_url": f"{settings.BASE_URL}/exhibitions/{entry.exhibition.slug}/",
    }
    write(to=to.email, user=to, template=f"gallery/mail/{what}.txt", context=context, now=now)
