"""The accessibility statement the law asks for, with what the checks really found."""

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import Page

from cms.core.dates import DayField
from cms.core.fields import BodyField
from cms.core.models import BasePage

#: Written by the checks themselves; see tests/journeys/test_everyone.py.
RESULTS = Path(__file__).resolve().parents[1] / "accessibility.json"
CHECKS = {
    "axe": "Rules of axe-core: names, contrast, headings, landmarks, forms",
    "reflow": "Nothing to scroll sideways at 400 % zoom",
    "targets": "Everything to press is large enough, or stands clear of the next thing",
    "text_spacing": "Wider text spacing cuts nothing off",
    "keyboard": "By keyboard alone: the focus is seen, and nothing lies over it",
    "forced_colours": "High-contrast mode keeps the edges of buttons",
    "stillness": "Nothing moves for people who asked for less motion",
}


class Compliance(models.TextChoices):
    FULL = "full", "fully compliant"
    PARTIAL = "partial", "partially compliant"
    NONE = "none", "not compliant"


@cache
def results() -> dict[str, Any]:
    """What the last full run of the checks found: its day, how many kinds of page, problems by check."""
    found = json.loads(RESULTS.read_text(encoding="utf-8"))
    return {
        "date": dt.date.fromisoformat(found["date"]),
        "kinds_of_page": found["kinds_of_page"],
        "widths": found["widths"],
        "checks": [(CHECKS[name], number) for name, number in found["checks"].items()],
        "problems": sum(found["checks"].values()),
    }


class AccessibilityPage(BasePage):
    """One for the site. Editors say what they know; the results of the checks come from the checks."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    compliance = models.CharField(
        max_length=10,
        choices=Compliance,
        default=Compliance.PARTIAL,
        help_text="With WCAG 2.2 at level AA. “Fully” only after people have tested it, not scripts alone.",
    )
    barriers = BodyField(
        [
            (
                "barrier",
                blocks.StructBlock(
                    [
                        ("what", blocks.CharBlock(max_length=200)),
                        ("why", blocks.CharBlock(max_length=300, help_text="And when it will be put right.")),
                        ("instead", blocks.CharBlock(max_length=300, help_text="What people can do until then.")),
                    ],
                    icon="warning",
                ),
            )
        ],
        blank=True,
        verbose_name="what is not accessible",
    )
    tested_by_people = models.TextField(
        blank=True,
        max_length=600,
        help_text="Who tried it, with what, and when. Leave it empty until somebody has: the page then says so.",
    )
    prepared_on = DayField(help_text="When the statement was first written.")
    reply_days = models.PositiveIntegerField("we answer within, working days", default=5)

    content_panels = [
        *Page.content_panels,
        FieldPanel("compliance"),
        FieldPanel("barriers"),
        FieldPanel("tested_by_people"),
        MultiFieldPanel([FieldPanel("prepared_on"), FieldPanel("reply_days")], "Dates"),
    ]
    api_fields = [*BasePage.api_fields, APIField("compliance"), APIField("barriers"), APIField("prepared_on")]

    @property
    def introduction(self) -> str:
        return self.search_description or "How well everybody can use this site, what we tested, and whom to ask."

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"results": results()}
