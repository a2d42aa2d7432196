"""Five questions, and the registers they lead to."""

import re

import pytest
from django.test import Client

from home.registration.models import RegistrationHubPage
from tests.factories.people import UserFactory
from tests.factories.registration import (
    LicensingAuthorityFactory,
    make_finder,
    make_register,
)
from tests.home.registration.reading import ALL_FIVE, person, said, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def finder(hub) -> str:
    make_finder(hub)
    make_register(
        hub,
        "RSciTech",
        examples=[
            ("example", {"area": "A: knowledge", "person": person("Bogna", "RSciTech"), "words": "I traced it."})
        ],
    )
    make_register(hub, "RSci", standing=2)
    return "/registration/which/"


def test_the_first_question_is_there_at_once(client: Client, finder: str) -> None:
    text = shown(client, finder)
    assert "1 of 5" in said(text)
    assert "What is most of your week about?" in text
    assert text.count('type="radio"') == 6
    assert 'rel="canonical"' in text


def test_an_answer_stands_in_the_address_and_comes_along(client: Client, finder: str) -> None:
    text = shown(client, f"{finder}?work=science&years=long")
    assert "3 of 5" in said(text)
    assert '<input type="hidden" name="work" value="science">' in text
    assert '<input type="hidden" name="years" value="long">' in text
    back = re.search(r'href="([^"]+ask=years)"', text)[1].replace("&amp;", "&")
    again = shown(client, back)
    assert "2 of 5" in said(again)
    assert re.search(r'value="long" required checked', again)
    assert '<input type="hidden" name="work" value="science">' in again


def test_what_is_no_answer_is_asked_again(client: Client, finder: str) -> None:
    text = said(shown(client, f"{finder}?work=magic&years=%00&ask=nothing"))
    assert "1 of 5" in text


def test_five_answers_lead_to_registers_an_example_and_somebody_to_ask(client: Client, hub, finder: str) -> None:
    hub.mentors = [("mentor", {"person": person("Shanice", "RSciTech"), "helps_with": ""})]
    hub.save()
    text = shown(client, f"{finder}?{ALL_FIVE}")
    words = said(text)
    order = [
        "RSciTech",
        "Your first step.",
        "Somebody to ask. Shanice",
        "I traced it.",
        "Bogna",
        "RSci ",
        "You answered",
    ]
    assert [words.index(part) for part in order] == sorted(words.index(part) for part in order)
    assert 'href="/registration/rscitech/#checklist"' in text
    assert text.count(">Change<") == 5


def test_a_register_without_an_example_borrows_the_nearest(client: Client, finder: str) -> None:
    hub = RegistrationHubPage.objects.get()
    it = LicensingAuthorityFactory(name="BCS", slug="bcs")
    make_register(hub, "RITTech", authority=it, works=["digital"])
    words = said(shown(client, f"{finder}?{ALL_FIVE.replace('science', 'digital')}"))
    assert words.index("What such writing looks like, from RSciTech") < words.index("I traced it.")


def test_the_same_answers_are_the_same_page_for_everybody(client: Client, finder: str) -> None:
    addresses = [finder, f"{finder}?work=science", f"{finder}?{ALL_FIVE}"]
    anonymous = [shown(client, address) for address in addresses]
    client.force_login(UserFactory(name="Somebody Signed In", is_superuser=True))
    assert [shown(client, address) for address in addresses] == anonymous
