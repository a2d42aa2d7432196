"""What a visitor's words find: pages of the portal, people and photographs, each kind for itself."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.utils.text import slugify
from wagtail.models import Page
from wagtail.search.query import PlainText, SearchQuery

from cms.core.listing import listed
from cms.core.models import BasePage
from cms.core.text import fold, read_terms, says
from cms.people.models import Department, Profile
from gallery.cards import fill_card
from gallery.models.exhibits import Exhibit
from gallery.public.wall.page import EAGER_CARDS, PER_PAGE
from home.technicians.models import DepartmentsPage, Facility, open_profiles

from . import spelling, synonyms

#: Longer questions are cut: what follows would not narrow the answer.
LONGEST = 200
#: Pages and people looked at; whoever has more should say more.
MOST = 60
#: Pages and people shown beside each other. Asked for one kind alone, all that were found are shown.
FIRST_PAGES, FIRST_PEOPLE = 8, 6
PHOTOGRAPHS, PEOPLE = "photographs", "people"


@dataclass(frozen=True)
class Place:
    """What is found and has an address, but no page of its own in the tree."""

    listed_as: str
    title: str
    address: str
    introduction: str


@dataclass
class Found:
    pages: list[BasePage | Place] = field(default_factory=list)
    people: list[Profile] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    #: More photographs than shown.
    has_more: bool = False
    #: Name and number of each kind that was found, by its slug, in the order shown.
    kinds: dict[str, tuple[str, int]] = field(default_factory=dict)
    #: What the words were also taken to mean, and what was looked for when they themselves found nothing.
    also: str | None = None
    meant: str | None = None

    def __bool__(self) -> bool:
        return bool(self.kinds)


def find(words: str, *, kind: str = "", start: int = 0) -> Found:
    """Everything the words find, or one `kind` of it; photographs newest first, from `start`. Words that find
    nothing are looked for once more as they may have been meant.

    Photographs are not counted: `has_more` costs one row, an exact number would read them all.
    """
    words = words[:LONGEST].strip()
    found = _find(words, kind=kind, start=start)
    if words and not found and (meant := spelling.suggestion(words, is_known=lambda word: bool(_find(word)))):
        found = _find(meant, kind=kind, start=start)
        found.meant = meant if found else None
    return found


def _find(words: str, *, kind: str = "", start: int = 0) -> Found:
    also = synonyms.also(words)
    query = _query(words, also)
    if query is None:
        return Found()
    pages = [*_places(words, also), *_pages(query, words, also)]
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
    return found


def _query(words: str, also: str | None) -> SearchQuery | None:
    queries = [PlainText(text) for text in (words, also) if text and read_terms(text)]
    if not queries:
        return None
    return queries[0] | queries[1] if len(queries) > 1 else queries[0]


def _places(words: str, also: str | None) -> list[Place]:
    """Departments and what they have for others to use, while there is a page that shows them."""
    asked = [text for text in (words, also) if text]

    def is_found(*texts: str) -> bool:
        return any(says(" ".join(texts), text) for text in asked)

    found = [
        Place("Department", one.name, f"/departments/{one.slug}/", one.blurb)
        for one in Department.objects.all()
        if is_found(one.name, one.code, one.faculty, one.blurb)
    ]
    for one in Facility.objects.select_related("department"):
        if any(one.says(text) for text in asked):
            address = f"/departments/facilities/?{urlencode({'q': one.name})}"
            found.append(Place("Facility", one.name, address, one.what))
    return found if found and listed(DepartmentsPage.objects.all()).exists() else []


def _pages(query: SearchQuery, words: str, also: str | None) -> list[Page]:
    """Best first: a page that is called what was asked for stands before pages that only speak of it."""
    asked = tuple(fold(text) for text in (words, also) if text)
    found = list(listed().search(query)[:MOST])
    return sorted(found, key=lambda page: (fold(page.title) not in asked, not fold(page.title).startswith(asked)))


def _kind(page: Page | Place) -> str:
    if isinstance(page, Place):
        return page.listed_as
    return getattr(page.cached_content_type.model_class(), "listed_as", BasePage.listed_as)


def _kinds(
    pages: list[Page | Place], people: list[Profile], photographs: int, start: int
) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for name, number in Counter(_kind(page) for page in pages).most_common():
        found[slugify(name)] = (name, number)
    if people:
        found[PEOPLE] = ("People", len(people))
    if photographs:
        found[PHOTOGRAPHS] = ("Photographs", start + min(photographs, PER_PAGE))
    return found


def _whole(pages: list[Page | Place]) -> list[Any]:
    """The pages with their own fields: a query for each type among them, however many there are of it."""
    of_type: dict[type[Page], list[int]] = defaultdict(list)
    for page in pages:
        if isinstance(page, Place):
            continue
        of_type[page.cached_content_type.model_class() or Page].append(page.pk)
    whole = {page.pk: page for model, keys in of_type.items() for page in model.objects.filter(pk__in=keys)}
    everything = (page if isinstance(page, Place) else whole.get(page.pk) for page in pages)
    return [page for page in everything if page is not None]
