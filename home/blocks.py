"""What the body of a portal page may hold."""

from cms.core.blocks import HeadingBlock, ParagraphBlock, QuoteBlock
from gallery.blocks import ExhibitBlock

BODY_BLOCKS = [
    ("heading", HeadingBlock()),
    ("paragraph", ParagraphBlock()),
    ("quote", QuoteBlock()),
    ("exhibit", ExhibitBlock()),
]
