from collections import Counter
from typing import Any

from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.search import index

from cms.core.dates import DayField
from cms.core.fields import BodyField
from cms.core.listing import listed
from cms.core.models import StandfirstPage
from home.blocks.body import BODY_BLOCKS
from home.blocks.figure import FigureBlock
from home.blocks.sharing import share_picture
from home.commitment.blocks import PeerReviewBlock
from home.commitment.models.action import FINISHED, LATE, Action
from home.commitment.models.action_plan_page import ActionPlanPage
from home.commitment.models.theme_page import ThemePage


class CommitmentPage(StandfirstPage):
    """What we promised our technicians, and how anybody can see whether we keep it."""

    max_count = 1
    parent_page_types = ["home.HomePage"]

    signed = DayField("signed on", null=True, blank=True)
    body = BodyField(BODY_BLOCKS, blank=True)
    figures = BodyField(
        [("figure", FigureBlock())], blank=True, max_num=4, help_text="Each comes with its day and its source."
    )
    peer_reviews = BodyField([("peer_review", PeerReviewBlock())], blank=True, help_text="The latest first.")
    lead_name = models.CharField("who answers for it", max_length=120, blank=True)
    lead_post = models.CharField("their job", max_length=160, blank=True)
    contact_name = models.CharField("whom to ask", max_length=120, blank=True)
    contact_email = models.EmailField(
        "e-mail", blank=True, help_text="Left empty, the portal’s own contact stands here."
    )

    content_panels = [
        *StandfirstPage.content_panels,
        FieldPanel("signed"),
        FieldPanel("body"),
        FieldPanel("figures"),
        FieldPanel("peer_reviews"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("lead_name"), FieldPanel("lead_post")]),
                FieldRowPanel([FieldPanel("contact_name"), FieldPanel("contact_email")]),
            ],
            "People",
        ),
    ]
    search_fields = [
        *StandfirstPage.search_fields,
        index.SearchField("body"),
        index.SearchField("peer_reviews"),
    ]
    api_fields = [
        *StandfirstPage.api_fields,
        APIField("signed"),
        APIField("body"),
        APIField("figures"),
        APIField("peer_reviews"),
        APIField("lead_name"),
        APIField("lead_post"),
    ]

    class Meta:
        verbose_name = "commitment"

    @property
    def share_picture(self) -> dict | None:
        return share_picture(self.body)

    def get_context(self, request, *args, **kwargs):
        today = timezone.localdate()
        plans = list(ActionPlanPage.objects.child_of(self).shown().defer("body"))
        current = next((plan for plan in plans if plan.is_current), None)
        actions = list(Action.objects.filter(plan=current)) if current else []
        themes = ThemePage.objects.child_of(self).live().public().select_related("theme")
        kinds = (ThemePage, ActionPlanPage)
        return super().get_context(request, *args, **kwargs) | {
            "themes": [
                (page, tally([one for one in actions if one.theme_id == page.theme_id], today))
                for page in themes.order_by("theme__sort_order")
            ],
            "plans": plans,
            "current": current,
            "references": {action.ref for action in actions},
            "tally": tally(actions, today),
            "also": list(listed(self.get_children().not_exact_type(*kinds)).specific()),
        }


def tally(actions: list[Action], today: Any) -> dict[str, int]:
    """How many in all, done, late, and still going."""
    states = Counter(action.state_on(today) for action in actions)
    finished = sum(states[status] for status in FINISHED)
    return {
        "total": len(actions),
        "done": states["done"],
        "late": states[LATE],
        "going": len(actions) - finished - states[LATE],
    }
