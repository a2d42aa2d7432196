from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.search import index

from cms.core.fields import BodyField
from cms.core.listing import listed
from cms.core.models import StandfirstPage
from home.blocks.body import BODY_BLOCKS


class SectionPage(StandfirstPage):
    """A way in: a few words, and a card for each page below it. Its pages decide themselves what they say there."""

    parent_page_types = ["home.HomePage", "home.SectionPage"]

    body = BodyField(BODY_BLOCKS, blank=True, help_text="Stands above the cards.")

    content_panels = [*StandfirstPage.content_panels, FieldPanel("body")]
    search_fields = [*StandfirstPage.search_fields, index.SearchField("body")]
    api_fields = [*StandfirstPage.api_fields, APIField("body")]

    def get_context(self, request, *args, **kwargs):
        below = listed(self.get_children()).specific()
        return super().get_context(request, *args, **kwargs) | {"cards": list(below)}
