"""Where somebody starts who comes to the admin to write: one press from its first page."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from gallery.models.exhibitions import ExhibitionIndexPage
from gallery.permissions import Visitor
from home.development.models import OpportunityIndexPage, OpportunityPage
from home.events.models import EventIndexPage, EventPage
from home.news.models import ArticlePage, NewsIndexPage

#: What is written most, and the page it stands under.
OFTEN = (
    ("News item", ArticlePage, NewsIndexPage),
    ("Event", EventPage, EventIndexPage),
    ("Opportunity", OpportunityPage, OpportunityIndexPage),
)


def starts_of(user: Visitor) -> list[dict[str, str]]:
    """Each `what` and `url`: only what this person may add, and only where its place has been made."""
    found = []
    for what, kind, place in OFTEN:
        above: Page | None = place.objects.order_by("pk").first()
        if above is not None and above.permissions_for_user(user).can_add_subpage():
            names = (kind._meta.app_label, kind._meta.model_name, above.pk)
            found.append({"what": what, "url": reverse("wagtailadmin_pages:add", args=names)})
    exhibitions = ExhibitionIndexPage.objects.first()
    if exhibitions is not None and exhibitions.permissions_for_user(user).can_add_subpage():
        found.append({"what": "Edition of the exhibition", "url": reverse("next_edition")})
    return found


class WritePanel(Component):
    name = "write"
    order = 40
    template_name = "home/admin/write.html"

    def __init__(self, starts: list[dict[str, str]]) -> None:
        self.starts = starts

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"starts": self.starts}


def panels_for(user: Visitor) -> list[Component]:
    starts = starts_of(user)
    return [WritePanel(starts)] if starts else []
