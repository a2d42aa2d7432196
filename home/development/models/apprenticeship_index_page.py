from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.search import index

from cms.core.fields import BodyField
from cms.core.listing import listed
from cms.core.models import StandfirstPage
from home.blocks.body import BODY_BLOCKS
from home.development.models.apprenticeship_page import ApprenticeshipPage


class OfferBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=60)
    text = blocks.CharBlock(max_length=200)

    class Meta:
        icon = "tick"
        label = "Offer"


class ApprenticeshipIndexPage(StandfirstPage):
    """Every apprenticeship, and what makes applying fair: the offers stand on each of them."""

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = ["development.ApprenticeshipPage"]

    welcome = models.TextField(blank=True, max_length=600, help_text="Whom you would like to hear from.")
    offers = BodyField(
        [("offer", OfferBlock())], blank=True, help_text="What everybody may ask for. Shown on each apprenticeship."
    )
    body = BodyField(BODY_BLOCKS, blank=True, help_text="Stands at the end.")

    content_panels = [
        *StandfirstPage.content_panels,
        FieldPanel("welcome"),
        FieldPanel("offers"),
        FieldPanel("body"),
    ]
    search_fields = [
        *StandfirstPage.search_fields,
        index.SearchField("welcome"),
        index.SearchField("body"),
    ]
    api_fields = [*StandfirstPage.api_fields, APIField("welcome"), APIField("offers"), APIField("body")]

    def get_context(self, request, *args, **kwargs):
        every = list(
            listed(ApprenticeshipPage.objects.child_of(self))
            .prefetch_related("departments", "role_families")
            .order_by("applications_close", "title")
        )
        families = {family.slug: family for page in every for family in page.role_families.all()}
        departments = {department.slug: department for page in every for department in page.departments.all()}
        family = families.get(request.GET.get("family", ""))
        department = departments.get(request.GET.get("department", ""))
        shown = [
            page
            for page in every
            if (family is None or family in page.role_families.all())
            and (department is None or department in page.departments.all())
        ]
        return super().get_context(request, *args, **kwargs) | {
            "families": sorted(families.values(), key=lambda each: (each.sort_order, each.name)),
            "departments": sorted(departments.values(), key=lambda each: each.name),
            "family": family,
            "department": department,
            "open": [page for page in shown if not page.is_closed],
            "closed": [page for page in shown if page.is_closed],
        }
