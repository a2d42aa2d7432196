from .accessibility_page import AccessibilityPage
from .action import Action
from .action_plan_page import ActionPlanPage
from .apprenticeship_index_page import ApprenticeshipIndexPage
from .apprenticeship_page import ApprenticeshipCohort, ApprenticeshipPage
from .article_page import ArticlePage
from .case_study_page import CaseStudyIndexPage, CaseStudyPage
from .commitment_page import CommitmentPage
from .contributions import Nudge
from .departments_page import DepartmentsPage
from .event_index_page import EventIndexPage
from .event_page import EventPage, EventTag
from .facility import Facility
from .home_page import HomePage
from .impact_figure import ImpactFigure
from .licensing_authority import LicensingAuthority
from .mentoring_scheme_page import MentoringRound, MentoringSchemePage
from .network_page import NetworkPage
from .news_index_page import NewsIndexPage
from .opportunity_index_page import OpportunityIndexPage
from .opportunity_page import OpportunityPage
from .people_page import PeoplePage
from .professional_body import ProfessionalBody
from .register_finder_page import RegisterFinderPage
from .register_page import RegisterPage
from .registration_hub_page import RegistrationHubPage
from .section_page import SectionPage
from .standard_page import StandardPage
from .steering_group_page import SteeringGroupPage, SteeringMember
from .theme import Theme
from .theme_page import ThemePage

__all__ = [
    "AccessibilityPage",
    "Action",
    "ActionPlanPage",
    "ApprenticeshipCohort",
    "ApprenticeshipIndexPage",
    "ApprenticeshipPage",
    "ArticlePage",
    "CaseStudyIndexPage",
    "CaseStudyPage",
    "CommitmentPage",
    "DepartmentsPage",
    "EventIndexPage",
    "EventPage",
    "EventTag",
    "Facility",
    "HomePage",
    "ImpactFigure",
    "LicensingAuthority",
    "MentoringRound",
    "MentoringSchemePage",
    "NetworkPage",
    "NewsIndexPage",
    "Nudge",
    "OpportunityIndexPage",
    "OpportunityPage",
    "PeoplePage",
    "ProfessionalBody",
    "RegisterFinderPage",
    "RegisterPage",
    "RegistrationHubPage",
    "SectionPage",
    "StandardPage",
    "SteeringGroupPage",
    "SteeringMember",
    "Theme",
    "ThemePage",
]
