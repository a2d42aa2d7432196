from typing import Any

from wagtail import blocks

from cms.core.addresses import absolute_url
from cms.core.interfaces import data_for


class UpcomingEventsBlock(blocks.StructBlock):
    """What comes next, read from the calendar whenever the page is shown."""

    heading = blocks.CharBlock(max_length=80, default="Coming up")
    tag = blocks.CharBlock(
        max_length=60, required=False, help_text="Only events with this tag. Leave empty for all."
    )
    number = blocks.IntegerBlock(default=3, min_value=1, max_value=6)

    def get_context(self, value: dict, parent_context: dict | None = None) -> dict:
        return super().get_context(value, parent_context=parent_context) | data_for(self, value)

    def get_api_representation(self, value: dict, context: dict | None = None) -> dict[str, Any]:
        return {
            "heading": value["heading"],
            "events": [
                {
                    "id": event.pk,
                    "title": event.title,
                    "starts": event.starts.isoformat(),
                    "ends": event.ends.isoformat(),
                    "when": event.when,
                    "venue": event.venue,
                    "url": absolute_url(event.address),
                }
                for event in data_for(self, value)["events"]
            ],
        }

    class Meta:
        icon = "date"
        label = "Next events"
        template = "blocks/upcoming_events.html"
