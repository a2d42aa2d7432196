from typing import Any

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.models import Page
from wagtail.search import index

from cms.core.fields import BodyField
from cms.core.models import BasePage
from cms.people.models import Department, Profile
from home.blocks.body import BODY_BLOCKS
from home.development.blocks import RepBlock


class NetworkPage(BasePage):
    """What the network is, when it meets, and whom to ask in each department. Who has joined stands nowhere."""

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types: list[str] = []

    standfirst = models.TextField(max_length=300, help_text="One or two sentences under the title.")
    body = BodyField(BODY_BLOCKS, blank=True, help_text="What it is.")
    meetings = BodyField(BODY_BLOCKS, blank=True, help_text="When and where people meet.")
    reps = BodyField([("rep", RepBlock())], blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("standfirst"),
        FieldPanel("body"),
        FieldPanel("meetings"),
        FieldPanel("reps"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("standfirst"),
        index.SearchField("body"),
        index.SearchField("meetings"),
    ]
    api_fields = [*BasePage.api_fields, APIField("body"), APIField("meetings"), APIField("reps")]

    @property
    def introduction(self) -> str:
        return self.standfirst

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
