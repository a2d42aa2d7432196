from .accessibility_page import AccessibilityPage
from .home_page import HomePage
from .section_page import SectionPage
from .standard_page import StandardPage

__all__ = ["AccessibilityPage", "HomePage", "SectionPage", "StandardPage"]
