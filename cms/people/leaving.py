"""What becomes of the sessions of whoever is shut out, and of their page, too, when their account is deleted."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from wagtail.models import ModelLogEntry

from cms.jobs.periodic import Turn, every_round

from . import profiles
from .models import Technician, User


@transaction.atomic
def let_go(user: User) -> None:
    """Call before the account is deleted. Hides their page, for only they could say that it may stay; the
    technician behind it is for administrators to keep or delete. Ends their sessions, and takes their name out of
    the log."""
    for technician in Technician.objects.filter(user=user):
        profiles.describe(technician=technician, words={"profile_public": False})
    end_sessions([user])
    ModelLogEntry.objects.for_instance(user).update(label="Deleted account")


def end_sessions(users: Iterable[User]) -> None:
    """Wherever they are signed in. Not even an account that is opened again later finds one that is left."""
    keys = {str(user.pk) for user in users}
    if not keys:
        return
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) in keys:
            session.delete()


@every_round("sessions forgotten", Turn.FORGET)
def forget_old_sessions(now: dt.datetime) -> int:
    """They hold words people typed while they were signed out."""
    return Session.objects.filter(expire_date__lte=now).delete()[0]
