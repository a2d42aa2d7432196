from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.models import Page
from wagtail.search import index

from cms.core.models import BasePage


class NewsIndexPage(BasePage):
    """Everything that has been written: one list, narrowed by its address."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.ArticlePage"]
    max_count = 1

    standfirst = models.TextField(blank=True, max_length=300, help_text="One or two sentences under the title.")

    content_panels = [*Page.content_panels, FieldPanel("standfirst")]
    search_fields = [*BasePage.search_fields, index.SearchField("standfirst")]
    api_fields = [*BasePage.api_fields, APIField("standfirst")]

    class Meta:
        verbose_name = "news"

    @property
    def introduction(self) -> str:
        return self.standfirst or self.search_description
