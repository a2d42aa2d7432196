"""The themes of the Technician Commitment. Stories, events and actions name them."""

from __future__ import annotations

from typing import Any

from home.demo.seed.portal import Portal
from home.topics.models import Theme


def seed(content: dict[str, Any], portal: Portal) -> None:
    for number, facts in enumerate(content["commitment"]["themes"]):
        Theme.objects.update_or_create(
            slug=facts["id"], defaults={"name": facts["name"], "line": facts["line"], "sort_order": number}
        )
