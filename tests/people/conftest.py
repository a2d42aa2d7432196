import pytest

from cms.mail.jobs import SEND
from cms.mail.sending import send_due


@pytest.fixture(autouse=True)
def _mail_goes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever signs in reads their mail between two pages."""
    monkeypatch.setattr(SEND, "ring", send_due)
