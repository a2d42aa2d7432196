import re
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.element import PreformattedString
from django.conf import settings
from wagtail import blocks
from wagtail.rich_text import RichText, expand_db_html

#: No image and no embed: a picture inside a sentence glues its description to the words around it.
INLINE_FEATURES = ["bold", "italic", "link"]


#: What no paragraph of ours holds, taken out should old or imported text hold it all the same.
NOT_TEXT = ["audio", "embed", "figure", "iframe", "img", "object", "picture", "script", "style", "svg", "video"]
#: Where one line of plain text ends and the next begins.
LINES = [
    "blockquote",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "td",
    "th",
    "tr",
    "ul",
]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        template = "core/blocks/heading.html"
        max_length = 120


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(features=[*INLINE_FEATURES, "ul", "ol"], **kwargs)

    def get_api_representation(self, value: RichText, context: dict | None = None) -> dict[str, str]:
        """`html`, whose links work on any site, and `text`, one line for each paragraph and list item."""
        soup = BeautifulSoup(expand_db_html(value.source), "html.parser")
        for element in soup.find_all(NOT_TEXT):
            element.replace_with(" ")
        for comment in soup.find_all(string=lambda string: isinstance(string, PreformattedString)):
            comment.extract()
        for link in soup.find_all("a"):
            address = str(link.get("href", ""))
            if not address:
                link.unwrap()
            elif not address.startswith("#"):
                link["href"] = urljoin(f"{settings.BASE_URL}/", address)
        return {"html": str(soup), "text": _plain(soup)}

    class Meta:
        icon = "pilcrow"
        template = "core/blocks/paragraph.html"


def _plain(soup: BeautifulSoup) -> str:
    """Changes `soup`: line breaks come from its elements only."""
    for string in soup.find_all(string=True):
        string.replace_with(re.sub(r"\s+", " ", string))
    for element in soup.find_all("br"):
        element.replace_with("\n")
    for element in soup.find_all(LINES):
        element.insert_before("\n")
        element.insert_after("\n")
    lines = (" ".join(line.split()) for line in soup.get_text().split("\n"))
    return "\n".join(line for line in lines if line)
