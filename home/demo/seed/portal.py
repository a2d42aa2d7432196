"""The portal's pages, part by part. Each part is a module of this folder with one `seed(content, portal)`."""

from dataclasses import dataclass
from typing import Any, Protocol

from wagtail.models import Page

from cms.people.models import User
from home.demo.seed import (
    accolades,
    commitment,
    development,
    events,
    figures,
    news,
    people_pages,
    registration,
    sections,
    stories,
    themes,
)
from home.models import HomePage


@dataclass
class Portal:
    home: HomePage
    #: Account that writes and publishes.
    editor: User
    #: Public ids of hung photographs by their id in the content; those that do not hang are missing.
    exhibits: dict[str, str]
    #: Slugs of technicians by their id in the content. Not all of them show a profile.
    technicians: dict[str, str]

    def add(self, page: Page, under: Page | None = None) -> Page:
        """Adds a page, written and published by the editor."""
        page.owner, page.live = self.editor, False
        (under or self.home).add_child(instance=page)
        page.save_revision(user=self.editor).publish(user=self.editor)
        return page


class Part(Protocol):
    __name__: str

    def seed(self, content: dict[str, Any], portal: Portal) -> None: ...


#: In the order of the main menu. Later parts may look up the pages of earlier ones.
PARTS: tuple[Any, ...] = (
    themes,
    figures,
    accolades,
    people_pages,
    sections,
    events,
    registration,
    development,
    news,
    commitment,
    stories,
)


def seed(content: dict[str, Any], portal: Portal) -> None:
    for part in PARTS:
        part.seed(content, portal)
