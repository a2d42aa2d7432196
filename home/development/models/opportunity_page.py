import datetime as dt
from typing import Any

from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.api import APIField
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from cms.core.addresses import absolute_url
from cms.core.dates import DayField
from cms.core.fields import BodyField
from cms.core.models import BasePage, PortalSettings
from home.blocks.body import BODY_BLOCKS


def local_date(now: dt.datetime) -> dt.date:
    """The day it is where the university is, whatever an editor has set for themselves."""
    return timezone.localdate(now, timezone.get_default_timezone())


def job_posting(page: BasePage, *, closes: dt.date | None) -> dict[str, Any] | None:
    """For machines that look for work. None before it was published for the first time."""
    if page.first_published_at is None:
        return None
    site = page.get_site()
    facts = {
        "@type": "JobPosting",
        "title": page.title,
        "description": page.introduction,
        "datePosted": timezone.localdate(page.first_published_at).isoformat(),
        "url": absolute_url(page.address),
        "hiringOrganization": {
            "@type": "Organization",
            "name": PortalSettings.of(site).institution if site else "",
        },
    }
    if closes:
        facts["validThrough"] = f"{closes:%Y-%m-%d}T23:59"
    return facts


class OpportunityKind(models.TextChoices):
    PLACEMENT = "placement"
    SECONDMENT = "secondment"
    SHADOWING = "shadowing"
    VACANCY = "vacancy"
    FUNDING = "funding"
    AWARD = "award"
    OUTREACH = "outreach"
    VOLUNTEER = "volunteer", "Volunteering"

    @property
    def plural(self) -> str:
        """As a heading over several of them."""
        return {"shadowing": "Shadowing", "funding": "Funding", "outreach": "Outreach", "vacancy": "Vacancies"}.get(
            self.value, self.label if self.label.endswith("ing") else f"{self.label}s"
        )


class OpportunityQuerySet(PageQuerySet):
    def closed(self, now: dt.datetime) -> "OpportunityQuerySet":
        """Its last day is over where the university is."""
        return self.filter(closes__lt=local_date(now))


class OpportunityPage(BasePage):
    """One thing to put one's name to. After its last day it leaves every list at midnight and keeps its address."""

    Kind = OpportunityKind
    parent_page_types = ["development.OpportunityIndexPage"]
    subpage_types: list[str] = []
    listed_as = "Opportunity"

    kind = models.CharField(max_length=12, choices=OpportunityKind)
    summary = models.TextField(max_length=300, help_text="What it is, in a sentence or two.")
    audience = models.CharField("for whom", max_length=160, help_text="Such as “Any grade”.")
    hours = models.CharField("how much time", max_length=160, blank=True, help_text="Such as “One Saturday”.")
    closes = DayField(
        "last day",
        null=True,
        blank=True,
        help_text="At midnight after it this leaves all lists, and its page says “closed”. Empty: always open.",
    )
    takes_names = models.BooleanField(
        "people can put their name down",
        default=False,
        help_text="Shows a short form. Their names are in the admin, under Move on, and can be exported.",
    )
    body = BodyField(BODY_BLOCKS, blank=True)

    objects = PageManager.from_queryset(OpportunityQuerySet)()

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("closes")]),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("audience"), FieldPanel("hours")]),
        FieldPanel("body"),
        FieldPanel("takes_names"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("audience"),
        index.SearchField("body"),
        index.FilterField("kind"),
        index.FilterField("closes"),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("kind"),
        APIField("audience"),
        APIField("hours"),
        APIField("closes"),
        APIField("body"),
    ]

    @classmethod
    def withheld(cls, now: dt.datetime) -> models.QuerySet:
        return cls.objects.closed(now)

    @property
    def introduction(self) -> str:
        return self.summary

    @property
    def is_closed(self) -> bool:
        return self.closes is not None and self.closes < local_date(timezone.now())

    @property
    def structured_data(self) -> dict[str, Any] | None:
        """A vacancy, while it is open, is a job posting. Nothing else here is one."""
        if self.kind != OpportunityKind.VACANCY or self.is_closed:
            return None
        return job_posting(self, closes=self.closes)

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "is_closed": self.is_closed,
            "index_address": self.address.removesuffix(f"{self.slug}/"),
        }
