from .licensing_authority import LicensingAuthority
from .professional_body import ProfessionalBody
from .register_finder_page import RegisterFinderPage
from .register_page import RegisterPage
from .registration_hub_page import RegistrationHubPage

__all__ = ["LicensingAuthority", "ProfessionalBody", "RegisterFinderPage", "RegisterPage", "RegistrationHubPage"]
