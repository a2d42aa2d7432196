from django.conf import settings
from wagtail import blocks
from wagtail.models import Page


class NeedBlock(blocks.StructBlock):
    """One thing somebody wants to do, and the page that helps."""

    words = blocks.CharBlock(max_length=60, help_text="Goes on from “I want to…”, such as “find a mentor”.")
    page = blocks.PageChooserBlock()

    @staticmethod
    def address(page: Page | None) -> str:
        """Empty when the page is gone or not public yet: the need is then left out."""
        return f"/{page.url_path.split('/', 2)[2]}" if page is not None and page.live else ""

    def get_context(self, value: dict, parent_context: dict | None = None) -> dict:
        return super().get_context(value, parent_context=parent_context) | {"address": self.address(value["page"])}

    def get_api_representation(self, value: dict, context: dict | None = None) -> dict[str, str] | None:
        address = self.address(value["page"])
        return {"words": value["words"], "url": settings.BASE_URL + address} if address else None

    class Meta:
        icon = "help"
        template = "home/need.html"
