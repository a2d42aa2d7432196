"""Reads the mails that the demo keeps in a folder instead of sending them.

Django's file backend writes each connection's mails into one file, with a line of dashes after each.
"""

import datetime as dt
import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

_END = re.compile(rb"^-{79}\r?\n", re.MULTILINE)
_NAME = re.compile(r"[\w-]+\.log")
#: Older mails stay in the folder and off the page.
MOST_SHOWN = 200
NO_DATE = dt.datetime.min.replace(tzinfo=dt.UTC)


class NoSuchMail(Exception):
    """There is no mail of that name."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail in plain text; nothing in it is markup. `file` and `place` name it in addresses."""

    file: str
    place: int
    sender: str
    to: str
    subject: str
    date: dt.datetime | None
    body: str

    @property
    def beginning(self) -> str:
        """The first line after the greeting."""
        lines = [line for line in self.body.splitlines() if line.strip()]
        return next((line for line in lines if not line.startswith(("Hello", "Dear"))), "")


def folder() -> Path | None:
    """None when mail really leaves this machine."""
    path = getattr(settings, "EMAIL_FILE_PATH", None)
    return Path(path) if path and settings.EMAIL_BACKEND.endswith("filebased.EmailBackend") else None


def newest() -> list[Mail]:
    """The newest mails first."""
    where = folder()
    if where is None or not where.is_dir():
        return []
    files = sorted(where.glob("*.log"), key=lambda file: file.stat().st_mtime_ns)[-MOST_SHOWN:]
    found = [mail for file in files for mail in _read(file)]
    found.sort(key=lambda mail: mail.date or NO_DATE)  # whole seconds; within one, the files know better
    return found[: -MOST_SHOWN - 1 : -1]


def one(file: str, place: int) -> Mail:
    where = folder()
    if where is None or not _NAME.fullmatch(file) or not (where / file).is_file():
        raise NoSuchMail(file)
    mails = _read(where / file)
    if not 0 <= place < len(mails):
        raise NoSuchMail(f"{file}, {place}")
    return mails[place]


def _read(file: Path) -> list[Mail]:
    parts = [part for part in _END.split(file.read_bytes()) if part.strip()]
    return [_mail(file.name, place, part) for place, part in enumerate(parts)]


def _mail(file: str, place: int, raw: bytes) -> Mail:
    message = message_from_bytes(raw, policy=default)
    return Mail(
        file=file,
        place=place,
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or "No subject"),
        date=_date(message),
        body=_body(message),
    )


def _date(message: EmailMessage) -> dt.datetime | None:
    try:
        date = parsedate_to_datetime(str(message["Date"]))
    except ValueError:
        return None
    return date if date.tzinfo is not None else date.replace(tzinfo=dt.UTC)  # Django writes UTC as “-0000”


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    return str(part.get_content()) if part is not None else ""
