from wagtail import blocks


class PeerReviewBlock(blocks.StructBlock):
    """What a panel of peers said, when, and where to read all of it."""

    quote = blocks.TextBlock(max_length=900, help_text="Word for word, without quotation marks.")
    panel = blocks.CharBlock(max_length=160, help_text="Who said it, such as “Peer review panel, stage two”.")
    on = blocks.DateBlock(label="Date")
    document_words = blocks.CharBlock(
        max_length=120, required=False, help_text="What the document is, such as “Feedback, PDF, 3 pages”."
    )
    document_address = blocks.URLBlock(required=False)

    class Meta:
        icon = "openquote"
        label = "Peer review"
        template = "home/blocks/peer_review.html"
