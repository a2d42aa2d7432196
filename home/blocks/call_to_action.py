from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from wagtail import blocks

from cms.core.addresses import absolute_url, open_path


class CallToActionBlock(blocks.StructBlock):
    """A button with a few words. Its address is complete in the API and in feeds, so it works wherever the text
    is shown again."""

    words = blocks.CharBlock(max_length=200, help_text="Why somebody should, in a sentence.")
    button = blocks.CharBlock(max_length=40, help_text="What it does, such as “Book a place”.")
    page = blocks.PageChooserBlock(required=False)
    address = blocks.CharBlock(required=False, help_text="For another site: begins with https://, or mailto:.")

    def clean(self, value: dict) -> dict:
        cleaned = super().clean(value)
        address = cleaned["address"]
        if bool(cleaned["page"]) == bool(address):
            problem = ValidationError("Choose a page or write an address: one of the two.")
            raise blocks.StructBlockValidationError({"page": problem})
        if address and not address.startswith("mailto:"):
            try:
                URLValidator(["http", "https"])(address)
            except ValidationError as error:
                raise blocks.StructBlockValidationError({"address": error}) from error
        return cleaned

    @staticmethod
    def target(value: dict) -> str:
        """Where the button leads; empty when its page is gone or not public yet."""
        if value["page"] is not None:
            return open_path(value["page"])
        address: str = value["address"]
        return address if address.startswith(("https://", "http://", "mailto:")) else ""

    def get_context(self, value: dict, parent_context: dict | None = None) -> dict:
        return super().get_context(value, parent_context=parent_context) | {"target": self.target(value)}

    def get_api_representation(self, value: dict, context: dict | None = None) -> dict[str, str] | None:
        target = self.target(value)
        if not target:
            return None
        return {"words": value["words"], "button": value["button"], "url": absolute_url(target)}

    class Meta:
        icon = "link"
        label = "Button with a few words"
        template = "blocks/call_to_action.html"
