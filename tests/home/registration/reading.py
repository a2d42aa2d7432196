"""Reading what visitors are shown, and the people it is about."""

import json
import re

from django.test import Client

from cms.core.models import PAGE_CACHE_CONTROL
from cms.people.models import Profile
from tests.factories.people import TechnicianFactory

ALL_FIVE = "work=science&years=long&own=directed&also=none&papers=none"


def person(name: str, registration: str = "", **facts: object) -> Profile:
    technician = TechnicianFactory(
        user=None, name=name, slug=name.lower(), registration=registration, profile_public=True, **facts
    )
    return Profile.objects.get(pk=technician.slug)


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == PAGE_CACHE_CONTROL
    assert not response.cookies
    return response.content.decode()


def said(text: str) -> str:
    """The words of the main part, without markup."""
    main = text[text.index("<main") : text.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def structured(text: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
