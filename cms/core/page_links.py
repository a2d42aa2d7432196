"""Links to pages inside paragraphs: an address only of a page that is published."""

from typing import Any

from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from .addresses import path_of
from .listing import published


class OpenPageLinkHandler(PageLinkHandler):
    """Wagtail's own links to drafts and pages under embargo, too, and names them by doing so. Here the words stay,
    without a link, until the page is published. A page behind a password is linked: that is how one gets there."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        wanted = [int(attrs["id"]) for attrs in attrs_list if str(attrs.get("id", "")).isdecimal()]
        pages = {str(page.pk): page for page in published(Page.objects.filter(pk__in=wanted))}
        found = [pages.get(str(attrs.get("id"))) for attrs in attrs_list]
        return [f'<a href="{escape(path_of(page))}">' if page else "<a>" for page in found]
