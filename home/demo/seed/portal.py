"""What the parts of the seed have in common."""

from dataclasses import dataclass

from wagtail.models import Page

from cms.people.models import User
from home.pages.models import HomePage


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
