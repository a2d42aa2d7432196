from .apprenticeship_index_page import ApprenticeshipIndexPage
from .apprenticeship_page import ApprenticeshipCohort, ApprenticeshipPage
from .mentoring_scheme_page import MentoringRound, MentoringSchemePage
from .network_page import NetworkPage
from .opportunity_index_page import OpportunityIndexPage
from .opportunity_page import OpportunityPage

__all__ = [
    "ApprenticeshipCohort",
    "ApprenticeshipIndexPage",
    "ApprenticeshipPage",
    "MentoringRound",
    "MentoringSchemePage",
    "NetworkPage",
    "OpportunityIndexPage",
    "OpportunityPage",
]
