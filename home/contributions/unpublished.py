"""Titles and addresses in the admin of what a contributor may not see yet.

Wagtail asks every page for its title: in lists, on choosers, in forms that hold a chosen page. So it is there that
somebody who only contributes gets no title of another's draft, and of a changed page the one that is public.
"""

from contextvars import ContextVar
from typing import Any

from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.models import Page

UNPUBLISHED = "A page that is not published"
#: The account of somebody who only contributes, while their request is answered.
contributor: ContextVar[int | None] = ContextVar("contributor", default=None)

_title_for_editors = Page.get_admin_display_title
_link_for_editors = PageLinkElementHandler.get_attribute_data


def title_to_show(page: Page) -> str:
    reader = contributor.get()
    if reader is None or page.owner_id == reader:
        return _title_for_editors(page)
    return page.title if page.live else UNPUBLISHED


def link_to_show(handler: PageLinkElementHandler, attrs: dict[str, Any]) -> dict[str, Any]:
    """What the editor of a paragraph knows of a linked page."""
    page = Page.objects.filter(pk=attrs["id"]).first() if contributor.get() else None
    if page is not None and is_hidden_from_reader(page):
        return {"id": page.pk, "url": None, "parentId": None}
    return _link_for_editors(handler, attrs)


def is_hidden_from_reader(page: Page) -> bool:
    reader = contributor.get()
    return reader is not None and not page.live and page.owner_id != reader


def hide_unpublished_titles() -> None:
    Page.get_admin_display_title = title_to_show
    PageLinkElementHandler.get_attribute_data = link_to_show
