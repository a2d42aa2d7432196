from .home_page import HomePage
from .impact_figure import ImpactFigure
from .section_page import SectionPage
from .standard_page import StandardPage
from .theme import Theme

__all__ = ["HomePage", "ImpactFigure", "SectionPage", "StandardPage", "Theme"]
