"""What a visitor's words find: pages of the portal and photographs on the wall, each kind for itself."""

import re
from dataclasses import dataclass

from wagtail.models import Page

from cms.core.listing import listed
from gallery.models.exhibits import Exhibit
from gallery.walls import PER_PAGE, cards

#: Longer questions are cut: what follows would not narrow the answer.
LONGEST = 200
MOST_PAGES = 10


@dataclass(frozen=True)
class Found:
    #: Each with `title`, `url`, `introduction`.
    pages: list[dict]
    cards: list[str]
    #: More photographs than shown.
    has_more: bool

    def __bool__(self) -> bool:
        return bool(self.pages or self.cards)


def find(words: str, *, start: int = 0) -> Found:
    """Pages (with the first photographs only) and one page of photographs, newest first, from `start`.

    Three queries. Photographs are not counted: `has_more` costs one row, an exact number would read them all.
    """
    words = words[:LONGEST].strip()
    if not words:
        return Found([], [], has_more=False)
    pages = [] if start else [_listed(page) for page in _pages(words)]
    exhibits = Exhibit.objects.on_wall().filter(exhibition__live=True).matching(words)
    newest = exhibits.order_by("-hung_at", "public_id").values_list("card", flat=True)
    stored = list(newest[start : start + PER_PAGE + 1])
    return Found(pages, cards(stored[:PER_PAGE]), has_more=len(stored) > PER_PAGE)


def _pages(words: str) -> list[Page]:
    """Only the words themselves: Wagtail hands a lone quotation mark to SQLite, which takes it for a mistake."""
    plain = " ".join(re.findall(r"\w+", words))
    return list(listed().search(plain)[:MOST_PAGES]) if plain else []


def _listed(page: Page) -> dict:
    """The address is the path below the home page, so that no result asks the database for it."""
    below_home = page.url_path.split("/", 2)[2]
    return {"title": page.title, "url": f"/{below_home}", "introduction": page.search_description}
