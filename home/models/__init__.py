from .home_page import HomePage
from .impact_figure import ImpactFigure
from .opportunity_index_page import OpportunityIndexPage
from .opportunity_page import OpportunityPage
from .section_page import SectionPage
from .standard_page import StandardPage
from .theme import Theme

__all__ = [
    "HomePage",
    "ImpactFigure",
    "OpportunityIndexPage",
    "OpportunityPage",
    "SectionPage",
    "StandardPage",
    "Theme",
]
