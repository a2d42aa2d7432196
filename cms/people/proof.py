"""What an account may be entered with, before and after somebody has proved that its e-mail address is theirs.

Anybody can type anybody's address. So an account that is signed up for has no password: the one that was chosen
waits in the session that chose it, and becomes the account's when that very session types in the code. Whoever
proves the address in another way, by a code to sign in, say, gets an account without any older password.
"""

import datetime as dt

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest

from cms.jobs.periodic import Turn, every_round

from .models import User

WAITING = "password_waiting"
#: Ways to sign in of those who know the password, since they have just typed or chosen it.
BY_PASSWORD = {"password", "password_reset"}
UNPROVED_ARE_KEPT = dt.timedelta(days=1)


def keep_until_proved(request: HttpRequest, user: User | None, password: str) -> None:
    """`password` is hashed. Without a user nothing comes of it: the address has an account already, and this
    session must look like any other."""
    request.session[WAITING] = {"user": user and user.pk, "password": password}


def address_proved(request: HttpRequest, email_address: EmailAddress, **kwargs: object) -> None:
    """Passwords older than the proof end here, and with them every session but this one."""
    user = User.objects.get(pk=email_address.user_id)
    waiting = request.session.pop(WAITING, {})
    is_signed_in = request.user.pk == user.pk
    if user.awaits_proof and waiting.get("user") == user.pk:
        user.password = waiting["password"]
    elif not (is_signed_in or _knows_password(request, user)):
        user.set_unusable_password()
        if user.awaits_proof:  # the name is somebody else's choice, too
            user.name = user.email.partition("@")[0]
    user.awaits_proof = False
    user.save(update_fields=["password", "awaits_proof", "name"])
    if is_signed_in:
        update_session_auth_hash(request, user)


def _knows_password(request: HttpRequest, user: User) -> bool:
    return any(record["method"] in BY_PASSWORD for record in get_authentication_records(request, user))


def address_given(instance: User, update_fields: frozenset[str] | None, **kwargs: object) -> None:
    """An account has the one address it shows. When an administrator exchanges it, the former must not sign in."""
    if update_fields is None or "email" in update_fields:
        EmailAddress.objects.filter(user=instance).exclude(email=instance.email).delete()


@every_round("unproved accounts forgotten", Turn.FORGET)
def forget_unproved(now: dt.datetime) -> int:
    unproved = User.objects.filter(awaits_proof=True, date_joined__lte=now - UNPROVED_ARE_KEPT)
    return unproved.delete()[1].get(User._meta.label, 0)
