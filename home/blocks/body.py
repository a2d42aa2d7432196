"""What the body of a portal page may hold. Pictures are blocks of their own, never inside a sentence."""

from cms.core.blocks import HeadingBlock, ParagraphBlock
from gallery.blocks import ExhibitBlock

from .call_to_action import CallToActionBlock
from .figure import FiguresBlock
from .latest_news import LatestNewsBlock
from .media import MediaBlock
from .picture import PictureBlock
from .quote import QuoteBlock
from .upcoming_events import UpcomingEventsBlock

BODY_BLOCKS = [
    ("heading", HeadingBlock()),
    ("paragraph", ParagraphBlock()),
    ("exhibit", ExhibitBlock()),
    ("picture", PictureBlock()),
    ("quote", QuoteBlock()),
    ("call_to_action", CallToActionBlock()),
    ("figures", FiguresBlock()),
    ("media", MediaBlock()),
    ("latest_news", LatestNewsBlock()),
    ("upcoming_events", UpcomingEventsBlock()),
]
