"""Links in mails that prove who asked. They say nothing to whoever reads them in passing, and whoever reads our
database can press none. What was written waits for two weeks and then is deleted."""

import datetime as dt
import hashlib
import secrets

from cms.jobs.periodic import Turn, every_round
from home.applications.models.links import Link

#: Time enough to come back from leave. Forms and mails say so in words.
CONFIRM_DAYS = 14


class LinkTooOld(Exception):
    """The link was made too long ago, or is not one of ours. The message says what to do."""

    def __init__(self) -> None:
        super().__init__("This link has run out. Please fill in the form again: it takes a minute.")


def make(purpose: str, facts: dict, *, now: dt.datetime, days: int | None = CONFIRM_DAYS) -> str:
    """Returns the token for the mail. It is kept nowhere else."""
    token = secrets.token_urlsafe(32)
    expires_at = None if days is None else now + dt.timedelta(days=days)
    Link.objects.create(token_hash=_hash(token), purpose=purpose, facts=facts, expires_at=expires_at)
    return token


def read(purpose: str, token: str, *, now: dt.datetime) -> Link:
    """The link, ours until the transaction ends. Raises `LinkTooOld`."""
    link = Link.objects.select_for_update().filter(purpose=purpose, token_hash=_hash(token)).first()
    if link is None or (link.expires_at is not None and link.expires_at <= now):
        raise LinkTooOld
    return link


def spend(link: Link, *, made: int) -> None:
    """It has been pressed: what it held stands in the row it has made, and nowhere else."""
    link.facts, link.made = {}, made
    link.save(update_fields=["facts", "made"])


@every_round("links forgotten", Turn.FORGET)
def forget_old(now: dt.datetime) -> int:
    return Link.objects.filter(expires_at__lte=now).delete()[0]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
