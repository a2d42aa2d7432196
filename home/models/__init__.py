from .article_page import ArticlePage
from .departments_page import DepartmentsPage
from .event_index_page import EventIndexPage
from .event_page import EventPage, EventTag
from .facility import Facility
from .home_page import HomePage
from .impact_figure import ImpactFigure
from .mentoring_scheme_page import MentoringRound, MentoringSchemePage
from .news_index_page import NewsIndexPage
from .opportunity_index_page import OpportunityIndexPage
from .opportunity_page import OpportunityPage
from .people_page import PeoplePage
from .section_page import SectionPage
from .standard_page import StandardPage
from .theme import Theme

__all__ = [
    "ArticlePage",
    "DepartmentsPage",
    "EventIndexPage",
    "EventPage",
    "EventTag",
    "Facility",
    "HomePage",
    "ImpactFigure",
    "MentoringRound",
    "MentoringSchemePage",
    "NewsIndexPage",
    "OpportunityIndexPage",
    "OpportunityPage",
    "PeoplePage",
    "SectionPage",
    "StandardPage",
    "Theme",
]
