from django.db.models import F
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.search import index

from cms.core.fields import BodyField
from cms.core.listing import listed, offer_choices
from cms.core.models import StandfirstPage
from home.blocks.body import BODY_BLOCKS
from home.development.models.opportunity_page import OpportunityPage


class OpportunityIndexPage(StandfirstPage):
    """Everything a technician could put their name to, the next to close first."""

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = ["development.OpportunityPage"]

    body = BodyField(BODY_BLOCKS, blank=True, help_text="Stands below the list.")

    content_panels = [*StandfirstPage.content_panels, FieldPanel("body")]
    search_fields = [*StandfirstPage.search_fields, index.SearchField("body")]
    api_fields = [*StandfirstPage.api_fields, APIField("body")]

    def get_context(self, request, *args, **kwargs):
        every = list(
            listed(OpportunityPage.objects.child_of(self)).order_by(F("closes").asc(nulls_last=True), "title")
        )
        here = {page.kind for page in every}
        kinds = [(kind.value, kind.plural, None) for kind in OpportunityPage.Kind if kind in here]
        chosen = request.GET.get("kind", "")
        chosen = chosen if chosen in here else ""
        shown = [page for page in every if chosen in ("", page.kind)]
        return super().get_context(request, *args, **kwargs) | {
            "kinds": offer_choices(
                [("", "Everything", None), *kinds],
                chosen=chosen,
                address=lambda kind: f"?kind={kind}" if kind else self.address,
            ),
            "closing": [page for page in shown if page.closes],
            "always": [page for page in shown if not page.closes],
        }
