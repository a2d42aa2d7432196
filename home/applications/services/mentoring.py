"""Applications for mentoring: kept, answered, paired by a person, closed."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from cms.jobs.periodic import Turn, every_round
from cms.mail.writing import write
from cms.people.models import Department, Technician, User
from home.applications.models.mentoring import MentoringApplication, State
from home.applications.permissions import co_ordinators

#: How long what has come to an end is kept, in case it begins again.
KEEP_CLOSED = dt.timedelta(days=365)


class CannotPair(Exception):
    """These two cannot be brought together now. The message says why and what to do."""


@transaction.atomic
def apply(
    *,
    role: str,
    name: str,
    email: str,
    department: Department | None,
    topics: str,
    hopes: str,
    avoid: str,
    now: dt.datetime,
) -> MentoringApplication:
    application = MentoringApplication.objects.create(
        role=role,
        name=" ".join(name.split()),
        email=email,
        department=department,
        topics=topics,
        hopes=hopes,
        avoid=avoid,
        sent_at=now,
    )
    write(
        to=email, template="applications/mail/mentoring-received.txt", context={"application": application}, now=now
    )
    url = f"{settings.BASE_URL}/admin/mentoring/{application.pk}/"
    for reader in co_ordinators():
        context = {"application": application, "person": reader, "url": url}
        write(
            to=reader.email,
            user=reader,
            template="applications/mail/mentoring-waiting.txt",
            context=context,
            now=now,
        )
    return application


@transaction.atomic
def pair(
    *,
    mentee: MentoringApplication,
    mentor: MentoringApplication | None = None,
    technician: Technician | None = None,
    by: User,
    now: dt.datetime,
) -> MentoringApplication:
    """Offers a mentor, who has applied (`mentor`) or stands on the page (`technician`), and writes to both."""
    row = MentoringApplication.objects.select_for_update().get(pk=mentee.pk)
    if row.state != State.NEW:
        raise CannotPair(f"Somebody was quicker: {row.settled_by_name} has answered {row.name} already.")
    if mentor is not None:
        name, email = mentor.name, mentor.email
        MentoringApplication.objects.filter(pk=mentor.pk).update(
            state=State.PAIRED, settled_at=now, settled_by=by, settled_by_name=by.name
        )
    elif technician is not None and technician.user is not None:
        name, email = technician.name, technician.user.email
    else:
        raise CannotPair("Please choose a mentor whose e-mail address we know.")
    if email.lower() == row.email.lower():
        raise CannotPair("Nobody can be their own mentor. Please choose somebody else.")
    row.state, row.mentor, row.mentor_technician, row.mentor_name = State.PAIRED, mentor, technician, name
    _settle(row, by, now)
    pair_of = {"mentee": {"name": row.name, "email": row.email}, "mentor": {"name": name, "email": email}}
    context = {**pair_of, "by": by.name}
    write(to=row.email, template="applications/mail/mentoring-offer-mentee.txt", context=context, now=now)
    write(to=email, template="applications/mail/mentoring-offer-mentor.txt", context=context, now=now)
    return row


@transaction.atomic
def close(*, application: MentoringApplication, by: User, now: dt.datetime) -> MentoringApplication:
    """It has ended, or did not come about. Writes to nobody: that is for the person who closes it."""
    row = MentoringApplication.objects.select_for_update().get(pk=application.pk)
    row.state = State.CLOSED
    _settle(row, by, now)
    return row


@transaction.atomic
def reopen(*, application: MentoringApplication) -> MentoringApplication:
    """One of the two has said no, without reasons: back into the queue."""
    row = MentoringApplication.objects.select_for_update().get(pk=application.pk)
    row.state, row.mentor, row.mentor_technician, row.mentor_name = State.NEW, None, None, ""
    row.settled_at = row.settled_by = None
    row.settled_by_name = ""
    row.save()
    return row


def forget(*, application: MentoringApplication) -> None:
    """For good, once it is closed, or when the person asks for it."""
    MentoringApplication.objects.filter(pk=application.pk).delete()


@every_round("mentoring forms forgotten", Turn.FORGET)
def forget_closed(now: dt.datetime) -> int:
    """Deletes what was closed a year ago. Says how many that were."""
    closed = MentoringApplication.objects.filter(state=State.CLOSED, settled_at__lte=now - KEEP_CLOSED)
    return closed.delete()[1].get("applications.MentoringApplication", 0)


def note(*, application: MentoringApplication, notes: str) -> None:
    MentoringApplication.objects.filter(pk=application.pk).update(notes=notes[:4000])


def _settle(row: MentoringApplication, by: User, now: dt.datetime) -> None:
    row.settled_at, row.settled_by, row.settled_by_name = now, by, by.name
    row.save()
