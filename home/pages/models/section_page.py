from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.models import Page
from wagtail.search import index

from cms.core.fields import BodyField
from cms.core.listing import listed
from cms.core.models import BasePage
from home.blocks.body import BODY_BLOCKS


class SectionPage(BasePage):
    """A way in: a few words, and a card for each page below it. Its pages decide themselves what they say there."""

    parent_page_types = ["home.HomePage", "home.SectionPage"]

    standfirst = models.TextField(blank=True, max_length=300, help_text="One or two sentences under the title.")
    body = BodyField(BODY_BLOCKS, blank=True, help_text="Stands above the cards.")

    content_panels = [*Page.content_panels, FieldPanel("standfirst"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("standfirst"), index.SearchField("body")]
    api_fields = [*BasePage.api_fields, APIField("body")]

    @property
    def introduction(self) -> str:
        return self.standfirst or self.search_description

    def get_context(self, request, *args, **kwargs):
        below = listed(self.get_children()).specific()
        return super().get_context(request, *args, **kwargs) | {"cards": list(below)}
