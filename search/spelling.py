"""What somebody may have meant whose words find nothing."""

import difflib
import re
from collections.abc import Iterable

from cms.core.listing import listed
from cms.core.process_cache import ProcessCache
from cms.people.models import Department, Profile
from gallery.models.exhibits import Exhibit, fold

#: Words this short are too close to everything.
SHORTEST = 4
CLOSE_ENOUGH = 0.75
#: Photographs whose titles teach us words: the newest.
LEARN_FROM = 3_000
#: For five minutes: it is much to read, and a new word may wait.
CACHE: ProcessCache[list[str]] = ProcessCache(seconds=300.0)


def suggestion(words: str) -> str | None:
    """`words` with each unknown word replaced by the nearest one we know, or None when that changes nothing."""
    known = CACHE.get(_vocabulary)
    asked = fold(words).split()
    meant = [word if len(word) < SHORTEST or word in known else _nearest(word, known) for word in asked]
    return None if meant == asked else " ".join(meant)


def _nearest(word: str, known: list[str]) -> str:
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=CLOSE_ENOUGH)), word)


def _vocabulary() -> list[str]:
    """Words of public titles and names only. Read when a search finds nothing."""
    return sorted(_words(_texts()))


def _texts() -> Iterable[str]:
    yield from listed().values_list("title", flat=True)
    yield from Department.objects.values_list("name", flat=True)
    for name, role, skills in Profile.objects.values_list("name", "role", "skills"):
        yield from (name, role, *skills)
    newest = Exhibit.objects.on_wall().order_by("-hung_at")
    for title, maker in newest.values_list("title", "photographer_name")[:LEARN_FROM]:
        yield from (title, maker)


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in re.findall(r"\w+", fold(text)) if len(word) >= SHORTEST}
