from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.search import index

from cms.core.fields import BodyField
from cms.core.models import StandfirstPage
from home.blocks.body import BODY_BLOCKS


class StandardPage(StandfirstPage):
    """Words and pictures: about, how to enter, how we decide."""

    parent_page_types = ["home.HomePage", "home.SectionPage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    body = BodyField(BODY_BLOCKS, blank=True)

    content_panels = [*StandfirstPage.content_panels, FieldPanel("body")]
    search_fields = [*StandfirstPage.search_fields, index.SearchField("body")]
    api_fields = [*StandfirstPage.api_fields, APIField("body")]
