import datetime as dt
import hashlib

from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import Page

from cms.core.fields import BodyField
from cms.core.models import BasePage
from cms.people.models import Profile
from gallery.blocks import ExhibitBlock
from gallery.cards import fill_card
from gallery.models.exhibitions import ExhibitionPage
from gallery.models.exhibits import Exhibit
from home.blocks.body import BODY_BLOCKS
from home.events.models.event_page import EventPage
from home.news.models.article_page import ArticlePage
from home.pages.blocks import NeedBlock

#: Photographs and stories on the home page.
SHOWN = 6
STORIES = 4
#: From which the great picture is taken.
GREAT = 5


class HomePage(BasePage):
    """Whose site this is, one great picture, the open call, what is next, and help by need."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    private_page_options: list[str] = []  # it would take every photograph off its wall

    headline = models.CharField(max_length=120, default="The people who make it work, seen.")
    lead = models.TextField(blank=True, max_length=400, help_text="Two sentences under the headline.")
    great_picture = BodyField(
        [("exhibit", ExhibitBlock())],
        blank=True,
        max_num=GREAT,
        help_text="Stands large at the top: the first of these that is on the wall.",
    )
    newest_is_great = models.BooleanField(
        "otherwise the newest photograph",
        default=True,
        help_text=(
            "While none of those is on the wall, the newest wide photograph stands there, and another whenever one "
            "is hung. Not ticked, nothing does."
        ),
    )
    needs = BodyField(
        [("need", NeedBlock())],
        blank=True,
        verbose_name="I want to…",
        help_text="The few things people come for, each with the page that helps. Four are plenty.",
    )
    body = BodyField(BODY_BLOCKS, blank=True, help_text="Stands near the end.")

    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("great_picture"), FieldPanel("newest_is_great")], "Great picture"),
        FieldPanel("needs"),
        FieldPanel("body"),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("headline"),
        APIField("lead"),
        APIField("great_picture"),
        APIField("needs"),
        APIField("body"),
    ]

    @property
    def introduction(self) -> str:
        return self.lead or self.search_description

    def get_context(self, request, *args, **kwargs):
        now = timezone.now()
        chosen = next((block.value for block in self.great_picture if block.value is not None), None)
        hanging = Exhibit.objects.on_wall(now).select_related("exhibition")
        newest = list(hanging.defer("document", "search_text").order_by("-hung_at", "wall_order")[: SHOWN + 1])
        wide = (one for one in newest if one.width > one.height)
        great = chosen or (next(wide, None) if self.newest_is_great else None)
        editions = [
            (edition, edition.state(now))
            for edition in ExhibitionPage.objects.live().public().order_by("-on_show_from")
        ]
        stories = ArticlePage.objects.shown(now).features_first()[:STORIES].with_pictures()
        return super().get_context(request, *args, **kwargs) | {
            "great": great,
            "cards": [fill_card(one.card) for one in newest if one != great][:SHOWN],
            "editions": editions,
            "open_edition": next((edition for edition, _ in editions if edition.takes_entries(now)), None),
            "next_event": EventPage.objects.upcoming(now).taking_place().first(),
            "stories": stories,
            "news_address": f"{stories[0].address.rsplit('/', 2)[0]}/" if stories else "",
            "somebody": somebody(timezone.localdate(now)),
            "body": self.body,
        }


def somebody(today: dt.date) -> Profile | None:
    """A technician to meet today, with something they said. The same for everybody all day; another tomorrow."""
    place = hashlib.sha256(today.isoformat().encode()).hexdigest()
    letter = "abcdefghijklmnopqrstuvwxyz"[int(place, 16) % 26]
    quoted = Profile.objects.exclude(quote="").select_related("department").order_by("slug")
    return quoted.filter(slug__gte=letter).first() or quoted.first()
