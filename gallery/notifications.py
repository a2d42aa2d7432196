"""What we write to people. Each mail is a template whose first line is the subject."""

import datetime as dt

from django.conf import settings
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string

from gallery import tasks
from gallery.models.entries import Entry
from gallery.models.messages import Message
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


def _queue(*, to, what: str, entry: Entry, now: dt.datetime) -> None:
    text = render_to_string(
        f"gallery/mail/{what}.txt",
        {
            "entry": entry,
            "exhibition": entry.exhibition,
            "person": to,
            "desk_url": f"{settings.BASE_URL}/desk/entries/{entry.pk}/",
            "review_url": f"{settings.BASE_URL}/admin/snippets/gallery/entry/edit/{entry.pk}/",
            "wall_url": f"{settings.BASE_URL}/exhibitions/{entry.exhibition.slug}/",
        },
    )
    subject, _, body = text.strip().partition("\n")
    subject = " ".join(subject.split())  # a title may hold odd breaks; a subject may not
    Message.objects.create(to=to.email, user=to, subject=subject[:200], body=body.strip() + "\n", created_at=now)
    tasks.send_mail.enqueue()
