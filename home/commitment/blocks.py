from wagtail import blocks

from cms.core.addresses import absolute_url, open_path
from cms.core.dates import DayBlock

STATES = [("promised", "Promised"), ("started", "Started"), ("done", "Done")]


class Initiative(blocks.StructValue):
    @property
    def state_words(self) -> str:
        return dict(STATES).get(self["state"], "")

    @property
    def evidence_url(self) -> str:
        page = self["evidence_page"]
        if page is not None:
            return open_path(page)
        return self["evidence_address"] or ""

    @property
    def evidence_words(self) -> str:
        page = self["evidence_page"]
        return self["evidence"] or (page.title if page is not None else "Evidence")


class InitiativeBlock(blocks.StructBlock):
    """One promise: which action keeps it, and how anybody can see that it was kept."""

    promise = blocks.CharBlock(max_length=200, help_text="As you would say it to a colleague.")
    state = blocks.ChoiceBlock(choices=STATES, default="promised")
    action = blocks.CharBlock(
        max_length=12, required=False, help_text="Reference of the action in this plan that keeps it, such as V1."
    )
    evidence = blocks.CharBlock(max_length=120, required=False, help_text="What there is to see.")
    evidence_page = blocks.PageChooserBlock(required=False)
    evidence_address = blocks.URLBlock(required=False, label="Evidence elsewhere")

    def get_api_representation(self, value: Initiative, context: dict | None = None) -> dict:
        url = value.evidence_url
        return {
            "promise": value["promise"],
            "state": value["state"],
            "action": value["action"],
            "evidence": {
                "words": value.evidence_words,
                "url": absolute_url(url),
            }
            if url
            else None,
        }

    class Meta:
        icon = "pick"
        value_class = Initiative


class PeerReviewBlock(blocks.StructBlock):
    """What a panel of peers said, when, and where to read all of it."""

    quote = blocks.TextBlock(max_length=900, help_text="Word for word, without quotation marks.")
    panel = blocks.CharBlock(max_length=160, help_text="Who said it, such as “Peer review panel, stage two”.")
    on = DayBlock(label="Date")
    document_words = blocks.CharBlock(
        max_length=120, required=False, help_text="What the document is, such as “Feedback, PDF, 3 pages”."
    )
    document_address = blocks.URLBlock(required=False)

    class Meta:
        icon = "openquote"
        label = "Peer review"
        template = "commitment/peer_review.html"
