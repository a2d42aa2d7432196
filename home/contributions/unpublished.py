"""Titles in the admin of what a contributor may not see yet.

Wagtail asks every page for its title: in lists, on choosers, in forms that hold a chosen page. So it is there that
somebody who only contributes gets no title of another's draft, and of a changed page the one that is public.
"""

from contextvars import ContextVar

from wagtail.models import Page

UNPUBLISHED = "A page that is not published"
#: The account of somebody who only contributes, while their request is answered.
contributor: ContextVar[int | None] = ContextVar("contributor", default=None)

_title_for_editors = Page.get_admin_display_title


def title_to_show(page: Page) -> str:
    reader = contributor.get()
    if reader is None or page.owner_id == reader:
        return _title_for_editors(page)
    return page.title if page.live else UNPUBLISHED


def hide_unpublished_titles() -> None:
    Page.get_admin_display_title = title_to_show
