from typing import Any

from wagtail import blocks

from cms.core.interfaces import data_for
from home.blocks.enums import ArticleKind

MOST = 6


class LatestNewsBlock(blocks.StructBlock):
    """The newest articles. What is published stands here with the next visit, within the minute through a cache."""

    title = blocks.CharBlock(max_length=80, default="Latest news")
    kind = blocks.ChoiceBlock(
        choices=ArticleKind.choices, required=False, help_text="Only this kind. Left empty: all of them."
    )
    number = blocks.IntegerBlock(default=3, min_value=1, max_value=MOST)

    def get_context(self, value: dict, parent_context: dict | None = None) -> dict:
        return super().get_context(value, parent_context=parent_context) | data_for(self, value)

    def get_api_representation(self, value: dict, context: dict | None = None) -> dict[str, Any]:
        found = data_for(self, value)["articles"]
        articles = [{"title": one.title, "url": one.canonical_url, "kind": one.kind} for one in found]
        return {"title": value["title"], "kind": value["kind"] or None, "articles": articles}

    class Meta:
        icon = "list-ul"
        label = "Latest news"
        template = "blocks/latest_news.html"
