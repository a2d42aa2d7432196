"""What we write to people. Each mail is a template whose first line is the subject."""

import datetime as dt

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q

from cms.mail.writing import write
from gallery.models.entries import Entry
from gallery.models.reports import Report
from gallery.models.reviews import EntryReviewTask


def tell_photographer(*, entry: Entry, what: str, now: dt.datetime) -> None:
    """Queues the mail `gallery/mail/<what>.txt`. Says nothing when the account is gone."""
    if entry.photographer is None:
        return
    _queue(to=entry.photographer, what=what, entry=entry, now=now)


def tell_moderators(*, entry: Entry, now: dt.datetime) -> None:
    """One mail to each active member of the review's groups."""
    groups = EntryReviewTask.objects.filter(active=True).values("groups")
    moderators = get_user_model().objects.filter(is_active=True, groups__in=groups).distinct()
    for moderator in moderators:
        if moderator.pk != entry.photographer_id:
            _queue(to=moderator, what="waiting", entry=entry, now=now)


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


def _queue(*, to, what: str, entry: Entry, now: dt.datetime) -> None:
    context = {
        "entry": entry,
        "exhibition": entry.exhibition,
        "person": to,
        "desk_url": f"{settings.BASE_URL}/desk/entries/{entry.pk}/",
        "review_url": f"{settings.BASE_URL}/admin/snippets/gallery/entry/edit/{entry.pk}/",
        "wall_url": f"{settings.BASE_URL}/exhibitions/{entry.exhibition.slug}/",
    }
    write(to=to.email, user=to, template=f"gallery/mail/{what}.txt", context=context, now=now)
