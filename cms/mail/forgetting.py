"""Deletes mails that nobody asks after any more. What they said went with them, or has long been out of date."""

import datetime as dt

from django.db.models import Max, Q

from cms.jobs.periodic import Turn, every_round
from cms.mail.models import Message

#: Time enough for somebody to ask whether a mail went out.
KEEP_SENT = dt.timedelta(days=90)
#: A mail that could not be sent holds an address and a text. Administrators have heard of it each day.
KEEP_UNSENT = dt.timedelta(days=30)
#: A code that is of no use any more, while none goes out: without it nobody would see that mail stands still.
KEEP_TOO_LATE = dt.timedelta(hours=1)


@every_round("mails forgotten", Turn.FORGET)
def forget_old(now: dt.datetime) -> int:
    given_up = Q(sent_at=None, given_up_at__lt=now - KEEP_UNSENT)
    too_late = Q(sent_at=None, until__lte=now - KEEP_TOO_LATE)
    if last := Message.objects.aggregate(last=Max("sent_at"))["last"]:
        too_late |= Q(sent_at=None, until__lte=now, created_at__lte=last)
    return Message.objects.filter(Q(sent_at__lt=now - KEEP_SENT) | given_up | too_late).delete()[0]
