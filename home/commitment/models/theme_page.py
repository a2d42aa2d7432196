import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import Page, get_page_models
from wagtail.search import index

from cms.core.fields import BodyField
from cms.core.listing import listed
from cms.core.models import StandfirstPage
from gallery.blocks import ExhibitBlock
from gallery.cards import fill_card
from gallery.models.exhibits import Exhibit
from home.blocks.body import BODY_BLOCKS
from home.blocks.sharing import share_picture
from home.commitment.models.action import Action
from home.commitment.models.action_plan_page import ActionPlanPage
from home.events.models.event_page import EventPage
from home.topics.models.theme import Theme

#: Its page shows the newest; the rest is found from there.
STORIES = 6
EVENTS = 4
PHOTOGRAPHS = 6


class ThemePage(StandfirstPage):
    """One theme of the Commitment: what we do for it, and what came of it. It gathers by itself whatever names the
    theme anywhere on the site."""

    parent_page_types = ["commitment.CommitmentPage"]
    subpage_types: list[str] = []

    theme = models.OneToOneField(Theme, on_delete=models.PROTECT, related_name="+")
    standfirst = models.TextField(
        blank=True, max_length=300, help_text="Left empty, the theme’s own line stands here."
    )
    body = BodyField(BODY_BLOCKS, blank=True)
    photographs = BodyField(
        [("exhibit", ExhibitBlock())], blank=True, max_num=6, help_text="From the exhibition, in your order."
    )
    photograph_tag = models.SlugField(
        max_length=100, blank=True, help_text="Or a tag: the newest photographs that carry it follow by themselves."
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("theme"),
        FieldPanel("standfirst"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("photographs"), FieldPanel("photograph_tag")], "Photographs"),
    ]
    search_fields = [*StandfirstPage.search_fields, index.SearchField("body")]
    api_fields = [
        *StandfirstPage.api_fields,
        APIField("theme_slug"),
        APIField("body"),
        APIField("photographs"),
    ]

    class Meta:
        verbose_name = "theme"

    @property
    def introduction(self) -> str:
        return self.standfirst or self.theme.line or self.search_description

    @property
    def theme_slug(self) -> str:
        return self.theme.slug

    @property
    def share_picture(self) -> dict | None:
        return share_picture([*self.photographs, *self.body])

    def get_context(self, request, *args, **kwargs):
        now = timezone.now()
        chosen = [fill_card(child.value.card) for child in self.photographs if child.value is not None]
        plan = ActionPlanPage.objects.sibling_of(self).shown().defer("body", "initiatives").first()
        actions = Action.objects.filter(plan=plan, theme=self.theme_id).select_related("owner") if plan else []
        return super().get_context(request, *args, **kwargs) | {
            "plan": plan,
            "actions": list(actions),
            "stories": find_stories(self.theme, now),
            "events": find_events(self.theme, now),
            "cards": chosen or find_cards(self.photograph_tag, now),
            "others": list(
                ThemePage.objects.sibling_of(self, inclusive=False)
                .live()
                .public()
                .select_related("theme")
                .order_by("theme__sort_order")
            ),
        }


def page_types_with_themes() -> list[type[Page]]:
    """Page types whose pages name the themes they serve, except events: articles, case studies, whatever comes."""
    found = []
    for model in get_page_models():
        field = next((one for one in model._meta.local_many_to_many if one.related_model is Theme), None)
        if field is not None and field.name == "themes" and model is not EventPage:
            found.append(model)
    return found


def find_stories(theme: Theme, now: dt.datetime) -> list[Page]:
    """Newest first. One query, and one more for each type among them."""
    named = Q()
    for model in page_types_with_themes():
        named |= Q(pk__in=model._default_manager.filter(themes=theme).values("pk"))
    if not named:
        return []
    pages = listed(Page.objects.filter(named), now)
    return list(pages.order_by("-first_published_at", "-pk").specific()[:STORIES])


def find_events(theme: Theme, now: dt.datetime) -> list[EventPage]:
    """What comes; if nothing does, what was last."""
    related = EventPage.objects.related_to_theme(theme).defer("body", "programme").shown()
    return list(related.not_over(now)[:EVENTS]) or list(related.over(now)[:EVENTS])


def find_cards(tag: str, now: dt.datetime) -> list[str]:
    """Cards of the newest photographs with this tag, ready for the page."""
    if not tag:
        return []
    tagged = Exhibit.objects.on_wall(now).filter(labels__kind="tag", labels__slug=tag)
    stored = tagged.order_by("-hung_at", "public_id").values_list("card", flat=True)
    return [fill_card(card) for card in stored[:PHOTOGRAPHS]]
