"""Numbers that several pages show."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from cms.people.models import Profile
from gallery.models.entries import Entry
from home.demo.seed.portal import Portal
from home.topics.models import ImpactFigure

#: Key in the content's metrics, what it counts, where it comes from.
TOLD = [
    ("technicians", "technicians work here", "Staff record, Human Resources"),
    (
        "registered",
        "of us hold letters from a professional register",
        "Registration list, technicians’ co-ordinator",
    ),
]
OWN_COUNT = "This site’s own count"


def seed(content: dict[str, Any], portal: Portal) -> None:
    metrics = content["metrics"]
    told = dt.date.fromisoformat(metrics["as_of"])
    sent_in = Entry.objects.seen_by_staff().filter(exhibition__slug="steady-hands").count()
    figures = [
        *((name, metrics[key], told, source) for key, name, source in TOLD),
        ("of us show a profile on this site", Profile.objects.count(), timezone.localdate(), OWN_COUNT),
        ("photographs were sent in for Steady Hands", sent_in, timezone.localdate(), OWN_COUNT),
    ]
    for name, value, day, source in figures:
        ImpactFigure.objects.create(
            name=name,
            value=value,
            as_of=day,
            source=source,
            review_by=day + dt.timedelta(days=182),
        )
