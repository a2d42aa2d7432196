from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.core.models import BasePage
from gallery.models.exhibitions import ExhibitionPage
from gallery.models.exhibits import Exhibit
from gallery.walls import cards
from home.blocks import BODY_BLOCKS

#: Photographs on the home page.
SHOWN = 6


class HomePage(BasePage):
    """Whose site this is, one great picture, and the open call."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["gallery.ExhibitionIndexPage", "home.StandardPage"]
    template = "home/home_page.html"

    headline = models.CharField(max_length=120, default="The people who make it work, seen.")
    lead = models.TextField(blank=True, max_length=400)
    body = StreamField(BODY_BLOCKS, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("lead"), FieldPanel("body")]

    #: Addresses at the top level that belong to the site itself, not to pages.
    RESERVED_SLUGS = frozenset(
        ["accounts", "admin", "api", "consent", "demo", "desk", "embed", "events", "feeds", "healthz", "iiif", "judge", "media", "oembed", "readyz", "search", "static"]
    )

    @property
    def introduction(self) -> str:
        return self.lead or self.search_description

    def get_context(self, request, *args, **kwargs):
        now = timezone.now()
        newest = list(
            Exhibit.objects.on_wall(now)
            .order_by("-hung_at", "wall_order")
            .values_list("card", flat=True)[:SHOWN]
        )
        editions = ExhibitionPage.objects.live().public().order_by("-on_show_from")
        return super().get_context(request, *args, **kwargs) | {
            "cards": cards(newest),
            "editions": [(edition, edition.state(now)) for edition in editions],
            "now": now,
        }
