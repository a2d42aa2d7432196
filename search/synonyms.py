"""Other ways to say what a visitor typed. Few and rarely changed, so each process remembers them for a minute."""

import re

from cms.core.process_cache import ProcessCache
from cms.core.text import fold

from .models import Synonym

#: Forgotten when synonyms are saved.
CACHE: ProcessCache[list[tuple[re.Pattern[str], str]]] = ProcessCache()


def also(words: str) -> str | None:
    """`words` with every synonym in its place, or None when there is none. Whole words only.

    >>> also("bsl in the lab")  # with bsl = British Sign Language
    'British Sign Language in the lab'
    """
    folded = changed = fold(words)
    for pattern, means in CACHE.get(_read):
        changed = pattern.sub(means.replace("\\", r"\\"), changed)
    return None if changed == folded else changed


def _read() -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(rf"\b{re.escape(fold(synonym.words))}\b"), synonym.means) for synonym in Synonym.objects.all()
    ]
