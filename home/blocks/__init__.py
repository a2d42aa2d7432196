"""What the body of a portal page may hold. Pictures are blocks of their own, never inside a sentence."""

from cms.core.blocks import HeadingBlock, ParagraphBlock
from gallery.blocks import ExhibitBlock

from .call_to_action import CallToActionBlock
from .figure import FigureBlock, FiguresBlock
from .latest_news import LatestNewsBlock
from .made_here import MadeHereBlock
from .media import MediaBlock
from .need import NeedBlock
from .picture import PictureBlock
from .question import QuestionBlock
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

__all__ = [
    "BODY_BLOCKS",
    "CallToActionBlock",
    "FigureBlock",
    "FiguresBlock",
    "LatestNewsBlock",
    "MadeHereBlock",
    "MediaBlock",
    "NeedBlock",
    "PictureBlock",
    "QuestionBlock",
    "QuoteBlock",
    "UpcomingEventsBlock",
]
