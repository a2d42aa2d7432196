from typing import Any

from django.apps import apps
from wagtail import blocks

MOST = 6


def kinds() -> list[tuple[str, str]]:
    return list(apps.get_model("home", "ArticlePage")._meta.get_field("kind").choices)


class LatestNewsBlock(blocks.StructBlock):
    """The newest articles. What is published stands here with the next visit, within the minute through a cache."""

    title = blocks.CharBlock(max_length=80, default="Latest news")
    kind = blocks.ChoiceBlock(choices=kinds, required=False, help_text="Only this kind. Left empty: all of them.")
    number = blocks.IntegerBlock(default=3, min_value=1, max_value=MOST)

    @staticmethod
    def found(value: dict) -> list:
        articles = apps.get_model("home", "ArticlePage").objects.shown()
        if value["kind"]:
            articles = articles.filter(kind=value["kind"])
        return articles.newest()[: value["number"]].with_pictures()

    def get_context(self, value: dict, parent_context: dict | None = None) -> dict:
        return super().get_context(value, parent_context=parent_context) | {"articles": self.found(value)}

    def get_api_representation(self, value: dict, context: dict | None = None) -> dict[str, Any]:
        articles = [{"title": one.title, "url": one.canonical_url, "kind": one.kind} for one in self.found(value)]
        return {"title": value["title"], "kind": value["kind"] or None, "articles": articles}

    class Meta:
        icon = "list-ul"
        label = "Latest news"
        template = "home/blocks/latest_news.html"
