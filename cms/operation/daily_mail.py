"""While something needs a hand, administrators get one mail a day. When mail is what fails, the screen and
`/metrics` say so."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from cms.jobs.periodic import Turn, every_round
from cms.mail.models import Message
from cms.mail.writing import write
from cms.people.models import User

from .sections import what_is_wrong

SUBJECT = "The portal needs a hand"
DAY = dt.timedelta(days=1)
#: What is wrong for less, as while a worker that was away catches up, is nobody's mail.
PATIENCE = dt.timedelta(minutes=10)
WRONG_SINCE = "operation-wrong-since"


def administrators() -> list[User]:
    """Who has proved that their address is theirs."""
    proved = EmailAddress.objects.filter(verified=True).values("user")
    return list(User.objects.filter(is_superuser=True, is_active=True, pk__in=proved).order_by("pk"))


@every_round("administrators told", Turn.TELL)
def tell_administrators(now: dt.datetime) -> int:
    wrong = what_is_wrong(now)
    if not wrong:
        cache.delete(WRONG_SINCE)
        return 0
    if now - (cache.get_or_set(WRONG_SINCE, now, 2 * DAY.total_seconds()) or now) < PATIENCE:
        return 0
    if Message.objects.filter(subject=SUBJECT, created_at__gt=now - DAY).exists():
        return 0
    if not cache.add("operation-mail", True, 60):  # another worker's timer is at it
        return 0
    context = {"wrong": wrong.items(), "url": settings.BASE_URL + reverse("operation:index"), "subject": SUBJECT}
    told = administrators()
    for user in told:
        write(to=user.email, user=user, template="operation/mail/needs-a-hand.txt", context=context, now=now)
    return len(told)
