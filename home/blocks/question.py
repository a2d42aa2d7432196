from wagtail import blocks


class QuestionBlock(blocks.StructBlock):
    """A question and what somebody answered."""

    question = blocks.CharBlock(max_length=200)
    answer = blocks.TextBlock(max_length=2000, help_text="In their own words. An empty line begins a paragraph.")

    class Meta:
        icon = "help"
        label = "Question and answer"
        template = "home/blocks/question.html"
