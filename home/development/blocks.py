"""What the pages of mentoring and the network are made of."""

from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.people.blocks import ProfileBlock
from cms.people.models import Department


class MentorBlock(blocks.StructBlock):
    """Somebody who mentors. When they hide their profile they leave the page."""

    profile = ProfileBlock()
    topics = blocks.ListBlock(blocks.CharBlock(max_length=60, label="Topic"), help_text="What to ask them about.")
    places = blocks.IntegerBlock(min_value=0, default=1, help_text="How many people they could take on now.")

    def get_api_representation(self, value: dict, context: dict | None = None) -> dict | None:
        return super().get_api_representation(value, context) if value["profile"] else None

    class Meta:
        icon = "user"
        label = "Mentor"


class DepartmentBlock(SnippetChooserBlock):
    def get_api_representation(self, value: Department | None, context: dict | None = None) -> dict | None:
        return {"slug": value.slug, "name": value.name} if value else None


class RepBlock(blocks.StructBlock):
    """Whom to ask in one department. When they hide their profile the place shows as free."""

    department = DepartmentBlock("people.Department")
    profile = ProfileBlock(required=False, help_text="Leave empty while the place is free.")

    class Meta:
        icon = "group"
        label = "Department and its representative"
