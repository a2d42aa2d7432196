from .event_index_page import EventIndexPage
from .event_page import EventPage, EventTag

__all__ = ["EventIndexPage", "EventPage", "EventTag"]
