from typing import Any

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from cms.core.addresses import open_path
from cms.core.blocks import ParagraphBlock
from cms.core.players import Player, player


class MediaBlock(blocks.StructBlock):
    """A film or recording of another site. That site hears of a visitor only once they press “Play”."""

    title = blocks.CharBlock(max_length=160, help_text="What it is, such as “A tour of the wind tunnel”.")
    address = blocks.CharBlock(
        max_length=300,
        help_text="Copy it from your browser: a film on YouTube or Vimeo, sound on SoundCloud.",
    )
    poster = ImageChooserBlock(required=False, help_text="A still from our library, shown before it plays.")
    length = blocks.CharBlock(max_length=40, required=False, help_text="Such as “12 minutes”.")
    transcript = ParagraphBlock(required=False, help_text="Every word that is said, and what can be heard.")
    transcript_page = blocks.PageChooserBlock(required=False, help_text="If the transcript has a page of its own.")

    def clean(self, value: dict) -> dict:
        cleaned = super().clean(value)
        errors: dict[str, ErrorList] = {}
        if player(cleaned["address"]) is None:
            told = (
                "We can show films of YouTube and Vimeo and recordings of SoundCloud. Copy the film’s own address."
            )
            errors["address"] = ErrorList([ValidationError(told)])
        if not cleaned["transcript_page"] and not str(cleaned["transcript"].source).strip():
            told = "Add the transcript, or choose the page that holds it. Many people need it."
            errors["transcript"] = ErrorList([ValidationError(told)])
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned

    @staticmethod
    def frame_source(value: dict) -> str:
        """Origin that the page's content policy has to allow; empty for none."""
        found = player(value["address"])
        return found.origin if found else ""

    def get_context(self, value: dict, parent_context: dict | None = None) -> dict:
        more = {"player": player(value["address"]), "transcript_address": open_path(value["transcript_page"])}
        return super().get_context(value, parent_context=parent_context) | more

    def get_api_representation(self, value: dict, context: dict | None = None) -> dict[str, Any] | None:
        found: Player | None = player(value["address"])
        if found is None:
            return None
        transcript = self.child_blocks["transcript"].get_api_representation(value["transcript"])
        return {
            "title": value["title"],
            "provider": found.provider,
            "url": found.link,
            "length": value["length"],
            "transcript": transcript,
        }

    class Meta:
        icon = "media"
        label = "Film or recording of another site"
        template = "blocks/media.html"
