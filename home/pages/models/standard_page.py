from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.models import Page
from wagtail.search import index

from cms.core.fields import BodyField
from cms.core.models import BasePage
from home.blocks.body import BODY_BLOCKS


class StandardPage(BasePage):
    """Words and pictures: about, how to enter, how we decide."""

    parent_page_types = ["home.HomePage", "home.SectionPage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    standfirst = models.TextField(blank=True, max_length=300, help_text="One or two sentences under the title.")
    body = BodyField(BODY_BLOCKS, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("standfirst"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("standfirst"), index.SearchField("body")]
    api_fields = [*BasePage.api_fields, APIField("body")]

    @property
    def introduction(self) -> str:
        return self.standfirst or self.search_description
