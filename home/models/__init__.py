from .home_page import HomePage
from .section_page import SectionPage
from .standard_page import StandardPage
from .theme import Theme

__all__ = ["HomePage", "SectionPage", "StandardPage", "Theme"]
