"""The password of a page can be guessed a few times, from each place."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import get_resolver, resolve
from wagtail.models import PageViewRestriction, Site

from cms.core.page_passwords import open_page
from tests.cms.test_open_forms import all_at_once, cache_of_threads  # noqa: F401  (a fixture)
from tests.people.test_doors import views_below

pytestmark = pytest.mark.django_db

RIGHT, WRONG = "blue lamp", "red lamp"


@pytest.fixture
def address() -> str:
    home = Site.objects.get(is_default_site=True).root_page
    restriction = PageViewRestriction.objects.create(page=home, restriction_type="password", password=RIGHT)
    return f"/_util/authenticate_with_password/{restriction.pk}/{home.pk}/"


def tries(client: Client, address: str, password: str, times: int) -> list[int]:
    answers = {"password": password, "return_url": "/"}
    return [client.post(address, answers).status_code for _ in range(times)]


def test_ten_wrong_ones_pause_it_for_that_place_and_no_other(address):
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    assert tries(stranger, address, WRONG, 12) == [200] * 10 + [429] * 2
    assert tries(stranger, address, RIGHT, 1) == [429]
    page = stranger.post(address, {"password": RIGHT, "return_url": "/"}).content.decode()
    assert "wrong several times" in page
    assert tries(Client(REMOTE_ADDR="192.0.2.1"), address, RIGHT, 1) == [302]


def test_the_same_password_at_the_address_of_another_page_is_the_same(address):
    above = re.sub(r"\d+/$", "1/", address)
    assert above != address
    tries(Client(), address, WRONG, 5)
    tries(Client(), above, WRONG, 5)
    assert tries(Client(), above, RIGHT, 1) == [429]


def test_a_class_that_types_the_right_one_is_not_paused(address):
    assert tries(Client(), address, RIGHT, 30) == [302] * 30


def test_every_address_that_takes_the_password_of_a_page_counts(address):
    found = [route for route, view in views_below(get_resolver()) if view.__name__ == "authenticate_with_password"]
    assert found
    for route in found:
        assert resolve("/" + re.sub(r"<[^>]*>", "1", route)).func is open_page


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("cache_of_threads")
def test_of_many_at_the_same_moment_ten_are_looked_at(address):
    if connection.vendor == "sqlite":
        pytest.skip("passwords sent at the same moment need PostgreSQL: SQLite in memory has one connection")
    cache.clear()
    answers = all_at_once(lambda: tries(Client(), address, WRONG, 1)[0], 24)
    assert sorted(answers) == [200] * 10 + [429] * 14
