"""Other ways to say what a visitor typed. Few and rarely changed, so each process remembers them for a minute."""

import re
import time

from gallery.models.exhibits import fold

from .models import Synonym

REMEMBER_SECONDS = 60.0
_remembered: tuple[float, list[tuple[re.Pattern[str], str]]] | None = None


def forget(**kwargs: object) -> None:
    """Reads afresh at the next search. Connected to saving synonyms."""
    global _remembered
    _remembered = None


def also(words: str) -> str | None:
    """`words` with every synonym in its place, or None when there is none. Whole words only.

    >>> also("bsl in the lab")  # with bsl = British Sign Language
    'British Sign Language in the lab'
    """
    folded = changed = fold(words)
    for pattern, means in _known():
        changed = pattern.sub(means.replace("\\", r"\\"), changed)
    return None if changed == folded else changed


def _known() -> list[tuple[re.Pattern[str], str]]:
    global _remembered
    if _remembered is None or _remembered[0] < time.monotonic():
        known = [
            (re.compile(rf"\b{re.escape(fold(synonym.words))}\b"), synonym.means)
            for synonym in Synonym.objects.all()
        ]
        _remembered = (time.monotonic() + REMEMBER_SECONDS, known)
    return _remembered[1]
