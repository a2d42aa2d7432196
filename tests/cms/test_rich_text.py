"""What other sites get of an editor's paragraphs: plain text, and links that work elsewhere."""

import pytest
from wagtail.rich_text import RichText

from cms.core.blocks import ParagraphBlock

BASE = "https://portal.example"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\nTwo."),
        ("<p>One<br/>two</p>", "One\ntwo"),
        ("<p>Before.<img alt='A flask' src='/x.jpg'/>After.</p>", "Before. After."),
        (
            "<p>Before.</p><figure><img alt='A flask'/><figcaption>Caption</figcaption></figure><p>After.</p>",
            "Before.\nAfter.",
        ),
        ("<p>Tea &amp; <i>bis</i>cuits &lt;3</p>", "Tea & biscuits <3"),
        ("<p>Line one\nline two</p>\n<!-- note --><p> </p>", "Line one line two"),
        ("<ol><li>First</li><li>Second</li></ol>", "First\nSecond"),
        ("", ""),
    ],
)
def test_plain_text_is_glued_to_nothing(db, html, text):
    assert ParagraphBlock().get_api_representation(RichText(html))["text"] == text


def test_links_work_elsewhere(db):
    html = ParagraphBlock().get_api_representation(
        RichText(
            '<p><a href="/exhibitions/">Wall</a> <a href="https://x.example/a?b=c&amp;d=e">X</a> '
            '<a href="mailto:a@x.example">Mail</a> <a href="#top">Top</a> '
            '<a linktype="page" id="999999">Gone</a></p>'
        )
    )["html"]
    assert html == (
        f'<p><a href="{BASE}/exhibitions/">Wall</a> <a href="https://x.example/a?b=c&amp;d=e">X</a> '
        f'<a href="mailto:a@x.example">Mail</a> <a href="#top">Top</a> Gone</p>'
    )
