"""Numbers that several pages show."""

from __future__ import annotations

import datetime as dt
from typing import Any

from home.demo.seed.portal import Portal
from home.topics.models import ImpactFigure

#: Key in the content's metrics, what it counts, where it comes from.
COUNTED = [
    ("technicians", "technicians work here", "Staff record, Human Resources"),
    (
        "registered",
        "of us hold letters from a professional register",
        "Registration list, technicians’ co-ordinator",
    ),
    ("profiles_published", "of us show a profile on this site", "This site’s own count"),
    ("entries_2026", "photographs were sent in for Steady Hands", "This site’s own count"),
]


def seed(content: dict[str, Any], portal: Portal) -> None:
    metrics = content["metrics"]
    day = dt.date.fromisoformat(metrics["as_of"])
    for key, name, source in COUNTED:
        ImpactFigure.objects.create(
            name=name,
            value=metrics[key],
            as_of=day,
            source=source,
            review_by=day + dt.timedelta(days=182),
        )
