from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.people.blocks import ProfileBlock
from cms.people.models import Department


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
