from wagtail import blocks

from cms.people.blocks import ProfileBlock


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
