import pytest

from home.registration.models import RegistrationHubPage
from tests.factories.registration import make_hub


@pytest.fixture
def hub() -> RegistrationHubPage:
    return make_hub()
