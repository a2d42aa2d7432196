"""The rules for an entry's words, the same for the form, the moderator and the service."""

import datetime as dt
import re

from django.utils import timezone

from gallery.models.entries import Entry
from gallery.models.word_limits import ALT_CHARACTERS, CAPTION_WORDS, TECHNIQUE_WORDS, TITLE_CHARACTERS

_TAKEN_ON = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?", re.ASCII)


def count_words(text: str) -> int:
    return len(text.split())


def parse_taken_on(text: str) -> dt.date | None:
    """The first day a `YYYY-MM` or `YYYY-MM-DD` can mean; None when it is neither.

    >>> parse_taken_on("2026-03")
    datetime.date(2026, 3, 1)
    """
    match = _TAKEN_ON.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        return dt.date(int(year), int(month), int(day or 1))
    except ValueError:
        return None


def problems(entry: Entry, *, now: dt.datetime) -> dict[str, str]:
    """What is wrong with the words: field → sentence that says what to do."""
    found: dict[str, str] = {}
    if not entry.title.strip():
        found["title"] = "Please give it a title. Up to nine words work best."
    elif len(entry.title) > TITLE_CHARACTERS:
        found["title"] = f"Please keep the title to {TITLE_CHARACTERS} characters; it has {len(entry.title)}."
    if not entry.caption.strip():
        found["caption"] = "Please say what is happening, as you would to a visitor."
    elif (number := count_words(entry.caption)) > CAPTION_WORDS:
        found["caption"] = f"Please keep this to {CAPTION_WORDS} words, so that it fits the label; it has {number}."
    if (number := count_words(entry.technique)) > TECHNIQUE_WORDS:
        found["technique"] = f"Please keep this to {TECHNIQUE_WORDS} words; it has {number}."
    least, most = ALT_CHARACTERS
    if not entry.alt_text.strip():
        found["alt_text"] = (
            "Please describe the picture, as you would to someone on the telephone. For example: "
            "“Two gloved hands ease a glass slide under a ribbon of wax floating on dark water.”"
        )
    elif len(entry.alt_text.strip()) < least:
        found["alt_text"] = f"Please say a little more: at least {least} characters. Who or what is where?"
    elif len(entry.alt_text) > most:
        found["alt_text"] = f"Please keep this to {most} characters; it has {len(entry.alt_text)}."
    if entry.category is None:
        found["category"] = "Please choose a category. We may move it if another fits better."
    if entry.department is None:
        found["department"] = "Please choose your department."
    if taken := _taken_on_problem(entry, now):
        found["taken_on"] = taken
    return found


def _taken_on_problem(entry: Entry, now: dt.datetime) -> str:
    if not entry.taken_on:
        return "Please say when you took it. The month and year are enough."
    taken = parse_taken_on(entry.taken_on)
    if taken is None:
        return "Please write the date as year and month, such as 2026-03, or as 2026-03-18."
    if taken > timezone.localdate(now):
        return "This date is still to come. Please check the year."
    years = entry.exhibition.max_photo_age_years
    closes = timezone.localdate(entry.exhibition.closes_at)
    if (taken.year + years, taken.month) < (closes.year, closes.month):
        return f"Photographs for this exhibition may be up to {years} years old. Please choose a newer one."
    return ""
