"""Links in mails that prove who asked. What they hold is signed, so nothing is kept until one is followed."""

from django.core import signing

#: Time enough to come back from leave.
CONFIRM_DAYS = 14


class LinkTooOld(Exception):
    """The link was made too long ago, or is not one of ours. The message says what to do."""

    def __init__(self) -> None:
        super().__init__("This link has run out. Please fill in the form again: it takes a minute.")


def make(purpose: str, facts: dict) -> str:
    return signing.dumps(facts, salt=f"applications.{purpose}", compress=True)


def read(purpose: str, token: str, *, days: int | None = CONFIRM_DAYS) -> dict:
    try:
        return signing.loads(token, salt=f"applications.{purpose}", max_age=days * 24 * 60 * 60 if days else None)
    except signing.BadSignature as bad:
        raise LinkTooOld from bad
