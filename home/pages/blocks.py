from wagtail import blocks

from cms.core.addresses import absolute_url, open_path


class NeedBlock(blocks.StructBlock):
    """One thing somebody wants to do, and the page that helps. Left out while that page is not published."""

    words = blocks.CharBlock(max_length=60, help_text="Goes on from “I want to…”, such as “find a mentor”.")
    page = blocks.PageChooserBlock()

    def get_context(self, value: dict, parent_context: dict | None = None) -> dict:
        return super().get_context(value, parent_context=parent_context) | {"address": open_path(value["page"])}

    def get_api_representation(self, value: dict, context: dict | None = None) -> dict[str, str] | None:
        address = open_path(value["page"])
        return {"words": value["words"], "url": absolute_url(address)} if address else None

    class Meta:
        icon = "help"
        template = "home/need.html"
