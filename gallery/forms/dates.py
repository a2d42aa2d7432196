"""Reads the day a photograph was taken, however people write it."""

import re

from cms.core.text import fold
from gallery.services.entry_rules import parse_taken_on

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/. :](?P<month>\d{1,2})(?:[-/. :](?P<day>\d{1,2}))?")
_YEAR_LAST = re.compile(r"(?:(?P<day>\d{1,2})[-/. ])?(?P<month>\d{1,2})[-/. ](?P<year>\d{4})")
_NAMED = re.compile(r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)? (?:of )?)?(?P<name>[a-z]{3,9})\.?,? (?P<year>\d{4})")
_NAMED_LAST = re.compile(r"(?P<year>\d{4}),? (?:(?P<day>\d{1,2}) )?(?P<name>[a-z]{3,9})\.?")


def read_taken_on(text: str) -> str | None:
    """`YYYY-MM` or `YYYY-MM-DD`; empty for empty text, None when no day or month can be read. Days come first,
    as in Britain; digits may be of any script, and dashes what a telephone made of them.

    >>> read_taken_on("March 2026"), read_taken_on("18/3/2026"), read_taken_on("2026-3")
    ('2026-03', '2026-03-18', '2026-03')
    """
    tidy = " ".join(fold(text).split())
    if not tidy:
        return ""
    patterns = (_YEAR_FIRST, _YEAR_LAST, _NAMED, _NAMED_LAST)
    match = next((found for pattern in patterns if (found := pattern.fullmatch(tidy))), None)
    if match is None:
        return None
    parts = match.groupdict()
    month = _month_named(parts["name"]) if "name" in parts else int(parts["month"])
    day = f"-{int(parts['day']):02d}" if parts["day"] else ""
    written = f"{int(parts['year']):04d}-{month:02d}{day}"
    return written if parse_taken_on(written) is not None else None


def _month_named(name: str) -> int:
    """1 to 12, or 0 for a word that is no month."""
    return next((number for number, start in enumerate(MONTHS, 1) if name.startswith(start)), 0)
