from .case_study_page import CaseStudyIndexPage, CaseStudyPage
from .departments_page import DepartmentsPage
from .facility import Facility
from .people_page import PeoplePage, open_profiles

__all__ = ["CaseStudyIndexPage", "CaseStudyPage", "DepartmentsPage", "Facility", "PeoplePage", "open_profiles"]
