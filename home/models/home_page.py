from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.models import Page

from cms.core.fields import BodyField
from cms.core.models import BasePage
from gallery.models.exhibitions import ExhibitionPage
from gallery.models.exhibits import Exhibit
from gallery.walls import cards
from home.blocks import BODY_BLOCKS

#: Photographs on the home page.
SHOWN = 6


class HomePage(BasePage):
    """Whose site this is, one great picture, and the open call.

    A photograph at the very start of the body is the great picture; otherwise the newest wide one is.
    """

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"

    headline = models.CharField(max_length=120, default="The people who make it work, seen.")
    lead = models.TextField(blank=True, max_length=400)
    body = BodyField(BODY_BLOCKS, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("lead"), FieldPanel("body")]
    api_fields = [*BasePage.api_fields, APIField("headline"), APIField("lead"), APIField("body")]

    @property
    def introduction(self) -> str:
        return self.lead or self.search_description

    def get_context(self, request, *args, **kwargs):
        now = timezone.now()
        body = list(self.body)
        chosen = body.pop(0).value if body and body[0].block_type == "exhibit" else None
        hanging = Exhibit.objects.on_wall(now).filter(exhibition__live=True).select_related("exhibition")
        newest = list(hanging.defer("document", "search_text").order_by("-hung_at", "wall_order")[: SHOWN + 1])
        great = chosen or next((one for one in newest if one.width > one.height), None)
        editions = [
            (edition, edition.state(now))
            for edition in ExhibitionPage.objects.live().public().order_by("-on_show_from")
        ]
        return super().get_context(request, *args, **kwargs) | {
            "great": great,
            "cards": cards([one.card for one in newest if one != great][:SHOWN], eager=0),
            "editions": editions,
            "open_edition": next((edition for edition, _ in editions if edition.takes_entries(now)), None),
            "body": body,
        }
