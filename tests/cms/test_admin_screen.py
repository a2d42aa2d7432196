"""Every page of our own in the admin is headed by its title."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories.people import administrator

SCREENS = {
    "/admin/mentoring/": "Mentoring",
    "/admin/network-and-lists/": "Network and lists",
    "/admin/something-wrong/": "Visitors’ reports",
    "/admin/reports/to-check/": "To check again",
}


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "title"), SCREENS.items())
def test_it_is_headed_by_its_title(address: str, title: str) -> None:
    client = Client()
    client.force_login(administrator())
    page = BeautifulSoup(client.get(address).content, "html.parser")
    steps = page.select(".w-breadcrumbs li")
    assert title in steps[-1].get_text(" ", strip=True)
