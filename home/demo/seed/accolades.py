"""Awards the institution holds, each with its badge in the editors' library."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Site

from cms.core.models import PortalSettings
from cms.images.library import make_ladder
from cms.images.models import PortalImage
from home.demo.seed.pictures import shipped_file
from home.demo.seed.portal import Portal


def seed(content: dict[str, Any], portal: Portal) -> None:
    settings = PortalSettings.for_site(Site.objects.get(is_default_site=True))
    settings.accolades = [
        {"type": "accolade", "value": _accolade(facts, portal)} for facts in content["institution"]["accolades"]
    ]
    settings.save()


def _accolade(facts: dict[str, Any], portal: Portal) -> dict[str, Any]:
    badge = facts["badge"]
    file = shipped_file(badge["picture"])
    image = PortalImage(
        title=facts["name"],
        alt_text=badge["alt_text"],
        credit="Drawn by this project",
        uploaded_by_user=portal.editor,
        file=ContentFile(file.read_bytes(), name=file.name),
    )
    image.save()
    make_ladder(image_id=image.pk)
    return {
        "name": facts["name"],
        "awarded_by": facts["awarded_by"],
        "awarded_on": dt.date.fromisoformat(facts["awarded_on"]),
        "until": dt.date.fromisoformat(facts["until"]),
        "badge": image.pk,
        "address": "",
    }
