from wagtail import blocks

#: No image and no embed: a picture inside a sentence glues its description to the words around it.
INLINE_FEATURES = ["bold", "italic", "link"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        template = "core/blocks/heading.html"
        max_length = 120


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(features=[*INLINE_FEATURES, "ul", "ol"], **kwargs)

    class Meta:
        icon = "pilcrow"
        template = "core/blocks/paragraph.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(max_length=600)
    speaker = blocks.CharBlock(max_length=120)
    post = blocks.CharBlock(max_length=160, required=False, help_text="Their job, if it helps the reader.")

    class Meta:
        icon = "openquote"
        template = "core/blocks/quote.html"
