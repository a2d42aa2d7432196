from typing import Any

from wagtail import blocks
from wagtail.blocks.list_block import ListValue
from wagtail.snippets.blocks import SnippetChooserBlock


class FigureBlock(SnippetChooserBlock):
    """A number from the list of figures, with its day and source. Its value is an `ImpactFigure` or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("topics.ImpactFigure", **kwargs)

    def get_api_representation(self, value: Any, context: dict | None = None) -> dict | None:
        return value.facts if value else None

    class Meta:
        icon = "order"
        label = "Figure"
        template = "blocks/figure.html"


class FiguresBlock(blocks.ListBlock):
    """Up to four figures beside each other."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(FigureBlock(), **{"min_num": 1, "max_num": 4} | kwargs)

    def get_api_representation(self, value: ListValue, context: dict | None = None) -> list[dict]:
        return [figure.facts for figure in value if figure]

    class Meta:
        icon = "order"
        label = "Figures"
        template = "blocks/figures.html"
