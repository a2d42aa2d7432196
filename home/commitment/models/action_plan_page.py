import datetime as dt
from collections import Counter
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from cms.core.dates import DayField
from cms.core.fields import BodyField
from cms.core.models import StandfirstPage
from home.blocks.body import BODY_BLOCKS
from home.commitment.blocks import InitiativeBlock
from home.commitment.models.action import LATE, Action, Status


class Stage(models.TextChoices):
    SELF_ASSESSMENT = "self-assessment", "First self-assessment and plan"
    TWO = "stage-two", "Stage two"
    THREE = "stage-three", "Stage three"
    LATER = "later", "Later stage"


class ActionPlanQuerySet(PageQuerySet):
    def shown(self) -> "ActionPlanQuerySet":
        """Those everybody may see, newest first."""
        return self.live().public().order_by("-starts", "-pk")


class ActionPlanPage(StandfirstPage):
    """What we said we would do, by when, and how far we are. Earlier plans stay, with their dates."""

    parent_page_types = ["commitment.CommitmentPage"]
    subpage_types: list[str] = []

    stage = models.CharField(max_length=20, choices=Stage, default=Stage.SELF_ASSESSMENT)
    starts = DayField("period begins")
    ends = DayField("period ends")
    document_address = models.URLField(
        "document to download", blank=True, help_text="An accessible one: tagged, with headings."
    )
    document_words = models.CharField(
        max_length=120, blank=True, help_text="What it is and how big, such as “PDF, tagged, 12 pages”."
    )
    initiatives = BodyField(
        [("initiative", InitiativeBlock())], blank=True, help_text="Promises, each with the action that keeps it."
    )
    body = BodyField(BODY_BLOCKS, blank=True, help_text="Stands below the actions.")

    objects = PageManager.from_queryset(ActionPlanQuerySet)()

    content_panels = [
        *StandfirstPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("stage"), FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")])], "Stage and period"
        ),
        InlinePanel("actions", label="Action"),
        FieldPanel("initiatives"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("document_words"), FieldPanel("document_address")], "Document"),
    ]
    search_fields = [
        *StandfirstPage.search_fields,
        index.SearchField("initiatives"),
        index.SearchField("body"),
        index.RelatedFields("actions", [index.SearchField("what"), index.SearchField("progress")]),
    ]
    api_fields = [
        *StandfirstPage.api_fields,
        APIField("stage"),
        APIField("starts"),
        APIField("ends"),
        APIField("document_address"),
        APIField("actions"),
        APIField("initiatives"),
        APIField("body"),
    ]

    class Meta:
        verbose_name = "action plan"
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="plan_ends_after_start")
        ]

    def clean(self) -> None:
        super().clean()
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValidationError({"ends": "The period must end after it begins."})

    @property
    def months(self) -> int:
        """How long the period is."""
        after = self.ends + dt.timedelta(days=1)
        return (after.year - self.starts.year) * 12 + after.month - self.starts.month

    @property
    def is_current(self) -> bool:
        return self.starts <= timezone.localdate() <= self.ends

    def share_of_period(self, day: dt.date) -> float:
        """How much of the period lies before `day`, in per cent, from 0 to 100."""
        return round(min(100, max(0, (day - self.starts).days / (self.ends - self.starts).days * 100)), 1)

    def ordered_actions(self) -> list[Action]:
        """One query, owners and themes included. By theme, then as the editor put them."""
        found = list(self.actions.select_related("theme", "owner"))
        return sorted(
            found, key=lambda action: (action.theme.sort_order, action.theme.name, action.sort_order or 0)
        )

    def get_context(self, request, *args, **kwargs):
        today = timezone.localdate()
        actions = self.ordered_actions()
        asked = {name: request.GET.get(name, "") for name in ("theme", "status")}
        themes = {action.theme.slug: action.theme for action in actions}
        states = Counter(action.state_on(today) for action in actions)
        if asked["theme"] not in ("", *themes) or asked["status"] not in ("", LATE, *Status.values):
            raise Http404
        shown = [
            action
            for action in actions
            if asked["theme"] in ("", action.theme.slug) and asked["status"] in ("", action.state_on(today))
        ]
        others = ActionPlanPage.objects.sibling_of(self, inclusive=False).shown().defer("body", "initiatives")
        return super().get_context(request, *args, **kwargs) | {
            "today": today,
            "today_share": self.share_of_period(today) if self.is_current else None,
            "total": len(actions),
            "shown": len(shown),
            # Actions that are not shown are linked on the whole plan.
            "plan_address": self.address if any(asked.values()) else "",
            "groups": [
                (theme, [self._row(action, today) for action in found])
                for theme, found in groupby(shown, key=lambda action: action.theme)
            ],
            "themes": list(themes.values()),
            "states": [
                {"slug": slug, "name": name, "count": states[slug]}
                for slug, name in [(LATE, "Late"), *Status.choices]
                if states[slug] or slug == LATE
            ],
            "asked": asked,
            "stale": sum(action.is_stale_on(today) for action in actions),
            "references": {action.ref for action in actions},
            "others": list(others),
        }

    def _row(self, action: Action, today: dt.date) -> dict[str, Any]:
        """`start` and `length` place it on the plan's period, in per cent."""
        start = self.share_of_period(action.starts)
        return {
            "action": action,
            "state": action.state_on(today),
            "is_stale": action.is_stale_on(today),
            "start": start,
            "length": max(1.5, self.share_of_period(action.ends) - start),
        }
