from typing import Any

from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.api import APIField
from wagtail.models import Orderable
from wagtail.search import index

from cms.core.dates import DayField
from cms.core.fields import BodyField
from cms.core.models import StandfirstPage
from home.blocks.body import BODY_BLOCKS
from home.development.blocks import MentorBlock
from home.development.models.opportunity_page import local_date


class MentoringSchemePage(StandfirstPage):
    """How mentoring works here, when the next round closes, and who mentors. Nothing about those who apply."""

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types: list[str] = []

    standfirst = models.TextField(max_length=300, help_text="One or two sentences under the title.")
    length = models.CharField("how long", max_length=120, blank=True, help_text="Such as “Six months”.")
    steps = BodyField([("step", blocks.CharBlock(max_length=200))], blank=True, help_text="What happens, in order.")
    principles = BodyField(
        [("principle", blocks.CharBlock(max_length=200))], blank=True, help_text="What people may rely on."
    )
    mentors = BodyField([("mentor", MentorBlock())], blank=True)
    body = BodyField(BODY_BLOCKS, blank=True, help_text="Stands at the end.")

    content_panels = [
        *StandfirstPage.content_panels,
        FieldPanel("length"),
        InlinePanel("rounds", label="round", heading="Rounds"),
        FieldPanel("steps"),
        FieldPanel("principles"),
        FieldPanel("mentors"),
        FieldPanel("body"),
    ]
    search_fields = [
        *StandfirstPage.search_fields,
        index.SearchField("steps"),
        index.SearchField("body"),
    ]
    api_fields = [
        *StandfirstPage.api_fields,
        APIField("length"),
        APIField("steps"),
        APIField("principles"),
        APIField("rounds"),
        APIField("mentors"),
        APIField("body"),
    ]

    @property
    def mentors_shown(self) -> list[dict[str, Any]]:
        """Mentors whose profile is there, those with a place first."""
        shown = [block.value for block in self.mentors if block.value["profile"] is not None]
        return sorted(shown, key=lambda mentor: not mentor["places"])

    def get_context(self, request, *args, **kwargs):
        today = local_date(timezone.now())
        coming = [each for each in self.rounds.all() if each.closes >= today]
        return super().get_context(request, *args, **kwargs) | {
            "next_round": min(coming, key=lambda each: each.closes, default=None),
            "mentors": self.mentors_shown,
        }


class MentoringRound(Orderable):
    page = ParentalKey(MentoringSchemePage, on_delete=models.CASCADE, related_name="rounds")
    name = models.CharField(max_length=60, help_text="Such as “Spring round”.")
    closes = DayField("last day to apply")
    starts = DayField("pairs meet from", null=True, blank=True)

    panels = [FieldPanel("name"), FieldRowPanel([FieldPanel("closes"), FieldPanel("starts")])]
    api_fields = [APIField("name"), APIField("closes"), APIField("starts")]

    def __str__(self) -> str:
        return self.name
