from wagtail.api import APIField

from cms.core.models import StandfirstPage


class NewsIndexPage(StandfirstPage):
    """Everything that has been written: one list, narrowed by its address."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.ArticlePage"]
    max_count = 1

    api_fields = [*StandfirstPage.api_fields, APIField("standfirst")]

    class Meta:
        verbose_name = "news"
