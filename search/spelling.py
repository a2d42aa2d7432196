"""What somebody may have meant whose words find nothing.

Nothing a visitor types makes it work longer than for a few milliseconds: few words are looked at, each is compared
with few of those we know, and which these are an index of pairs of letters says, read no further than a set number
of places.
"""

import datetime as dt
import difflib
import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from functools import partial

from django.db.models import Count, F, Max, Sum
from django.utils import timezone
from wagtail.search.backends import get_search_backend

from cms.changes.models import KindVersion
from cms.core.listing import listed
from cms.core.process_cache import ProcessCache
from cms.core.text import fold
from cms.people.models import Department
from gallery.enums import EXHIBIT
from gallery.models.exhibits import Exhibit
from home.technicians.models import Facility, open_profiles

from .models import Synonym

#: Shorter words are too close to everything, longer ones to nothing.
SHORTEST, LONGEST = 4, 30
CLOSE_ENOUGH = 0.75
#: Whoever types more words we do not know is not helped by a guess at each.
MOST_UNKNOWN = 3
#: Places in the index read for one word, and words it is then compared with letter by letter.
MOST_PLACES, MOST_COMPARED = 4_000, 12
#: Photographs that teach us words, and pages of which more than the title is read (5 ms each): the newest.
PHOTOGRAPHS, PAGES = 3_000, 200


class Vocabulary:
    """The words we know, and which of them hold a pair of letters."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(words)
        self.known = set(self.words)
        self.places: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self.words):
            for pair in _pairs(word):
                self.places[pair].append(number)

    def nearest(self, word: str) -> str | None:
        """The word most like it, if one is like enough."""
        return next(iter(difflib.get_close_matches(word, self.likely(word), n=1, cutoff=CLOSE_ENOUGH)), None)

    def likely(self, word: str) -> list[str]:
        """The few that share most of its pairs of letters."""
        pairs = _pairs(word)
        shared: Counter[int] = Counter()
        for places in self.read(pairs):
            shared.update(places)

        def likeness(number: int) -> float:
            return 2 * shared[number] / (len(pairs) + len(self.words[number]) + 1)

        return [self.words[number] for number in heapq.nlargest(MOST_COMPARED, shared, key=likeness)]

    def read(self, pairs: Iterable[str]) -> list[list[int]]:
        """Where these pairs occur, the rarest first: they say most. Never more than `MOST_PLACES` in all."""
        chosen, left = [], MOST_PLACES
        for places in sorted((self.places[pair] for pair in pairs if pair in self.places), key=len):
            if len(places) > left:
                break
            left -= len(places)
            chosen.append(places)
        return chosen


#: Of the version of what is public. Departments have none; what is offered is looked for before it is shown.
CACHE: ProcessCache[Vocabulary] = ProcessCache(seconds=600)


def suggestion(words: str, *, is_known: Callable[[str], bool]) -> str | None:
    """`words` with each unknown word replaced by the nearest one we know, or None when that changes nothing.

    Asks `is_known` of a word before it is replaced: a word that finds something is no mistake.
    """
    now = timezone.now()
    vocabulary = CACHE.get(partial(_read, now), version=_version(now))
    asked = fold(words).split()
    unknown = {word for word in asked if SHORTEST <= len(word) <= LONGEST and word not in vocabulary.known}
    if len(unknown) > MOST_UNKNOWN:
        return None
    near = {word: nearest for word in unknown if (nearest := vocabulary.nearest(word))}
    meant = {word: nearest for word, nearest in near.items() if not is_known(word)}
    return " ".join(meant.get(word, word) for word in asked) if meant else None


def _version(now: dt.datetime) -> Hashable:
    """Differs as soon as a photograph, page or profile stops being public, or becomes so, in any process."""
    exhibits = KindVersion.objects.filter(pk=EXHIBIT).first()
    pages = listed(now=now).order_by().aggregate(Count("pk"), Sum("pk"), Max("last_published_at"))
    people = open_profiles().order_by().aggregate(Count("pk"), Max("updated_at"))
    return (exhibits.version(now) if exhibits else None, *pages.values(), *people.values())


def _read(now: dt.datetime) -> Vocabulary:
    """Words of all that a visitor's words can find. Read when a search finds nothing."""
    return Vocabulary(_words(_texts(now)))


def _texts(now: dt.datetime) -> Iterable[str]:
    backend = get_search_backend()
    yield from listed(now=now).values_list("title", flat=True)
    for page in listed(now=now).order_by(F("last_published_at").desc(nulls_last=True))[:PAGES].specific():
        yield from backend.read(page)
    for profile in open_profiles().select_related("department"):
        yield from backend.read(profile)
    for department in Department.objects.all():
        yield from (department.name, department.faculty, department.blurb)
    yield from Facility.objects.values_list("name", flat=True)
    yield from Facility.objects.values_list("what", flat=True)
    yield from Synonym.objects.values_list("words", flat=True)
    newest = Exhibit.objects.on_wall(now).order_by("-hung_at")
    yield from newest.values_list("search_text", flat=True)[:PHOTOGRAPHS]


def _words(texts: Iterable[str]) -> set[str]:
    return {word for word in re.findall(r"\w+", fold(" ".join(texts))) if SHORTEST <= len(word) <= LONGEST}


def _pairs(word: str) -> set[str]:
    """Pairs of letters that follow each other, the word's beginning and end among them.

    >>> sorted(_pairs("oar"))
    [' o', 'ar', 'oa', 'r ']
    """
    framed = f" {word} "
    return {framed[place : place + 2] for place in range(len(framed) - 1)}
