"""What a visitor's words find: pages of the portal, people and photographs, each kind for itself."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify
from wagtail.models import Page
from wagtail.search.query import PlainText, SearchQuery

from cms.core.listing import listed
from cms.core.models import BasePage
from cms.people.models import Profile
from gallery.cards import fill_card
from gallery.models.exhibits import Exhibit, fold
from gallery.public.wall.page import EAGER_CARDS, PER_PAGE
from home.technicians.models import open_profiles

from . import spelling, synonyms

#: Longer questions are cut: what follows would not narrow the answer.
LONGEST = 200
#: Pages and people looked at; whoever has more should say more.
MOST = 60
#: Pages and people shown beside each other. Asked for one kind alone, all that were found are shown.
FIRST_PAGES, FIRST_PEOPLE = 8, 6
PHOTOGRAPHS, PEOPLE = "photographs", "people"


@dataclass
class Found:
    pages: list[BasePage] = field(default_factory=list)
    people: list[Profile] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    #: More photographs than shown.
    has_more: bool = False
    #: Name and number of each kind that was found, by its slug, in the order shown.
    kinds: dict[str, tuple[str, int]] = field(default_factory=dict)
    #: What the words were also taken to mean, and what they may have meant when nothing was found.
    also: str | None = None
    meant: str | None = None

    def __bool__(self) -> bool:
        return bool(self.kinds)


def find(words: str, *, kind: str = "", start: int = 0) -> Found:
    """Everything the words find, or one `kind` of it; photographs newest first, from `start`.

    Photographs are not counted: `has_more` costs one row, an exact number would read them all.
    """
    words = words[:LONGEST].strip()
    if not words:
        return Found()
    also = synonyms.also(words)
    query = _query(words, also)
    if query is None:
        return Found()
    pages = _pages(query, words, also)
    people = list(Profile.objects.select_related("department").search(query)[:MOST])
    if people and not open_profiles().exists():
        people = []
    exhibits = Exhibit.objects.on_wall().matching(words, also)
    newest = exhibits.order_by("-hung_at", "public_id").values_list("card", flat=True)
    stored = list(newest[start : start + PER_PAGE + 1])

    found = Found(also=also, kinds=_kinds(pages, people, len(stored), start))
    if kind in {"", PHOTOGRAPHS}:
        found.has_more = len(stored) > PER_PAGE
        found.cards = [fill_card(card, eager=place < EAGER_CARDS) for place, card in enumerate(stored[:PER_PAGE])]
    if not start:
        if kind in {"", PEOPLE}:
            found.people = people if kind else people[:FIRST_PEOPLE]
        chosen = [page for page in pages if kind in {"", slugify(_kind(page))}]
        found.pages = _whole(chosen if kind else chosen[:FIRST_PAGES])
    if not found:
        found.meant = spelling.suggestion(words)
    return found


def _query(words: str, also: str | None) -> SearchQuery | None:
    """Words only: Wagtail hands a lone quotation mark to SQLite, which takes it for a mistake."""
    plain = [" ".join(re.findall(r"\w+", text)) for text in (words, also or "")]
    queries = [PlainText(text) for text in plain if text]
    if not queries:
        return None
    return queries[0] | queries[1] if len(queries) > 1 else queries[0]


def _pages(query: SearchQuery, words: str, also: str | None) -> list[Page]:
    """Best first: a page that is called what was asked for stands before pages that only speak of it."""
    asked = tuple(fold(text) for text in (words, also) if text)
    found = list(listed().search(query)[:MOST])
    return sorted(found, key=lambda page: (fold(page.title) not in asked, not fold(page.title).startswith(asked)))


def _kind(page: Page) -> str:
    return getattr(page.cached_content_type.model_class(), "listed_as", BasePage.listed_as)


def _kinds(pages: list[Page], people: list[Profile], photographs: int, start: int) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for name, number in Counter(_kind(page) for page in pages).most_common():
        found[slugify(name)] = (name, number)
    if people:
        found[PEOPLE] = ("People", len(people))
    if photographs:
        found[PHOTOGRAPHS] = ("Photographs", start + min(photographs, PER_PAGE))
    return found


def _whole(pages: list[Page]) -> list[Any]:
    """The pages with their own fields: a query for each type among them, however many there are of it."""
    of_type: dict[type[Page], list[int]] = defaultdict(list)
    for page in pages:
        of_type[page.cached_content_type.model_class() or Page].append(page.pk)
    whole = {page.pk: page for model, keys in of_type.items() for page in model.objects.filter(pk__in=keys)}
    return [whole[page.pk] for page in pages if page.pk in whole]
