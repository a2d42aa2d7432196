from typing import Any

from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from rest_framework.fields import ListField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.api import APIField
from wagtail.models import Orderable, Page
from wagtail.search import index

from cms.core.dates import DayField
from cms.core.fields import BodyField
from cms.core.listing import listed
from cms.core.models import BasePage
from cms.people.models import Department, Profile, ProfileKey, RoleFamily
from home.blocks.body import BODY_BLOCKS
from home.development.models.opportunity_page import job_posting, local_date


class ApprenticeshipPage(BasePage):
    """One apprenticeship. After the last day to apply it says so by itself, and offers to tell people next time."""

    parent_page_types = ["development.ApprenticeshipIndexPage"]
    subpage_types: list[str] = []

    summary = models.TextField(max_length=300, help_text="What one does, in a sentence or two.")
    level = models.PositiveSmallIntegerField(default=3)
    length = models.CharField("how long", max_length=80, help_text="Such as “About two years”.")
    vacancies = models.PositiveSmallIntegerField("places this year", default=1)
    applications_close = DayField(
        "last day to apply",
        null=True,
        blank=True,
        help_text="At midnight after it the page says “closed” and offers to tell people next time.",
    )
    starts = DayField(null=True, blank=True)
    departments = ParentalManyToManyField(Department, blank=True, related_name="+")
    role_families = ParentalManyToManyField(
        RoleFamily, blank=True, related_name="+", help_text="Under which it is found."
    )
    leads_to = models.CharField(
        max_length=120, blank=True, help_text="Letters after the name, with commas between: EngTech, RSciTech."
    )
    story = ProfileKey(
        verbose_name="an apprentice’s story", help_text="Somebody who did it, and shows their profile."
    )
    apply_address = models.URLField("where to apply", blank=True, help_text="On the university’s jobs site.")
    body = BodyField(BODY_BLOCKS, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("level"), FieldPanel("length"), FieldPanel("vacancies")]),
        FieldRowPanel([FieldPanel("applications_close"), FieldPanel("starts")]),
        FieldPanel("departments"),
        FieldPanel("role_families"),
        FieldPanel("leads_to"),
        FieldPanel("story"),
        FieldPanel("apply_address"),
        FieldPanel("body"),
        InlinePanel("cohorts", label="cohort", heading="Cohorts"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("leads_to"),
        index.SearchField("body"),
    ]
    api_fields = [
        *BasePage.api_fields,
        *(APIField(name) for name in ("level", "length", "vacancies", "applications_close", "starts")),
        APIField("letters", serializer=ListField()),
        APIField("department_names", serializer=ListField()),
        APIField("cohorts"),
        APIField("body"),
    ]

    @property
    def introduction(self) -> str:
        return self.summary

    @property
    def is_closed(self) -> bool:
        return self.applications_close is not None and self.applications_close < local_date(timezone.now())

    @property
    def letters(self) -> list[str]:
        return [letters.strip() for letters in self.leads_to.split(",") if letters.strip()]

    @property
    def department_names(self) -> list[str]:
        return [department.name for department in self.departments.all()]

    @property
    def structured_data(self) -> dict[str, Any] | None:
        """Apprentices are employed, so an open one with places is a job posting."""
        if self.is_closed or not self.vacancies:
            return None
        return job_posting(self, closes=self.applications_close)

    def registers(self) -> list[dict[str, str]]:
        """The letters it leads to, each with the address of its page among ours, if there is one. One query."""
        root = "/".join(self.url_path.split("/")[:2])
        paths = {f"{root}/registration/{letters.lower()}/": letters for letters in self.letters}
        there = set(listed(Page.objects.filter(url_path__in=paths)).values_list("url_path", flat=True))
        return [
            {"letters": letters, "url": path.removeprefix(root) if path in there else ""}
            for path, letters in paths.items()
        ]

    def get_context(self, request, *args, **kwargs):
        above = self.get_parent().specific
        return super().get_context(request, *args, **kwargs) | {
            "is_closed": self.is_closed,
            "index": above,
            "departments": self.department_names,
            "registers": self.registers() if self.letters else [],
            "story": Profile.objects.select_related("department").filter(pk=self.story_id).first(),
            "cohorts": sorted(self.cohorts.all(), key=lambda each: each.starts, reverse=True),
        }


class ApprenticeshipCohort(Orderable):
    page = ParentalKey(ApprenticeshipPage, on_delete=models.CASCADE, related_name="cohorts")
    starts = DayField("started")
    size = models.PositiveSmallIntegerField("people")
    college = models.CharField("partner college", max_length=120, blank=True)

    panels = [FieldRowPanel([FieldPanel("starts"), FieldPanel("size"), FieldPanel("college")])]
    api_fields = [APIField("starts"), APIField("size"), APIField("college")]

    def __str__(self) -> str:
        return f"{self.starts:%Y}"
