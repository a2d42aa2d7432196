from typing import Any

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.search import index

from cms.core.fields import BodyField
from cms.core.models import StandfirstPage
from cms.people.models import Department, Profile
from home.blocks.body import BODY_BLOCKS
from home.development.blocks import RepBlock


class NetworkPage(StandfirstPage):
    """What the network is, when it meets, and whom to ask in each department. Who has joined stands nowhere."""

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types: list[str] = []

    standfirst = models.TextField(max_length=300, help_text="One or two sentences under the title.")
    body = BodyField(BODY_BLOCKS, blank=True, help_text="What it is.")
    meetings = BodyField(BODY_BLOCKS, blank=True, help_text="When and where people meet.")
    reps = BodyField([("rep", RepBlock())], blank=True)

    content_panels = [
        *StandfirstPage.content_panels,
        FieldPanel("body"),
        FieldPanel("meetings"),
        FieldPanel("reps"),
    ]
    search_fields = [
        *StandfirstPage.search_fields,
        index.SearchField("body"),
        index.SearchField("meetings"),
    ]
    api_fields = [*StandfirstPage.api_fields, APIField("body"), APIField("meetings"), APIField("reps")]

    @property
    def reps_shown(self) -> list[dict[str, Any]]:
        """By department. `profile` is None where the place is free, or its holder shows no profile."""
        filled = [block.value for block in self.reps if block.value["department"] is not None]
        return sorted(filled, key=lambda rep: rep["department"].name)

    def rep_of(self, department: Department | None) -> Profile | None:
        found = (rep["profile"] for rep in self.reps_shown if rep["department"] == department)
        return next(found, None)

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"reps": self.reps_shown}
