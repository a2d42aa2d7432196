"""Counting forms, in whatever cache there is, and by the address that is really the sender's."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client, RequestFactory

from cms.core.open_forms import client_address, is_too_often
from cms.settings import base


def all_at_once(ask: Callable[[], object], times: int) -> list:
    together = Barrier(times)

    def one(_: int) -> object:
        together.wait(20)
        try:
            return ask()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(one, range(times)))


@pytest.fixture
def cache_of_production(settings):
    settings.CACHES = base.CACHES
    call_command("createcachetable", verbosity=0)
    cache.clear()


@pytest.fixture
def cache_of_threads(settings, transactional_db, monkeypatch, tmp_path):
    """The cache of production, for every thread but this one. SQLite in memory has a single connection, so there it
    is a file."""
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "cache.sqlite3"))
    settings.CACHES = base.CACHES
    all_at_once(lambda: call_command("createcachetable", verbosity=0), 1)


def test_the_count_is_kept_for_its_window_whatever_the_cache_would_do(settings, tmp_path):
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": str(tmp_path), "TIMEOUT": 0}}
    assert [is_too_often("report", "192.0.2.7", most=2) for _ in range(3)] == [False, False, True]
    assert not is_too_often("report", "192.0.2.8", most=2)
    assert not is_too_often("mentoring", "192.0.2.7", most=2)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_exactly_the_limit_gets_through(cache_of_threads):
    for times, most in ((60, 20), (20, 20), (21, 3), (2, 1)):
        answers = all_at_once(lambda: is_too_often("report", f"{times} of {most}", most=most), times)  # noqa: B023
        assert answers.count(False) == most


@pytest.mark.django_db(transaction=True)
def test_of_many_forms_sent_at_the_same_moment_twenty_are_taken(cache_of_threads):
    if connection.vendor == "sqlite":
        pytest.skip("forms sent at the same moment need PostgreSQL: SQLite in memory has one connection")

    def post() -> int:
        return Client().post("/forms/network/", {"name": "Ada", "email": "ada@calderwick.example"}).status_code

    assert sorted(all_at_once(post, 30)) == [302] * 20 + [429] * 10


@pytest.mark.django_db
def test_what_is_stored_tells_no_address(cache_of_production):
    is_too_often("report", "192.0.2.7", most=2)
    is_too_often("network-mail", "ada@calderwick.example", most=2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM portal_cache")
        (one, other) = cursor.fetchall()
    for key, value in (one, other):
        assert re.fullmatch(r":1:[0-9a-f]{64}:[01]", key)
        assert value == one[1]


def test_the_hash_is_keyed(settings):
    assert [is_too_often("report", "192.0.2.7", most=1) for _ in range(2)] == [False, True]
    settings.SECRET_KEY = "another"
    assert not is_too_often("report", "192.0.2.7", most=1)


@pytest.mark.django_db
def test_a_busy_day_drops_no_counter(cache_of_production):
    assert base.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] == 100_000
    people = [f"192.0.2.{number}" for number in range(350)]
    assert [is_too_often("report", who, most=1) for who in people + people] == [False] * 350 + [True] * 350


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the first is only what the client claims
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (1, "", "192.0.2.1"),
        (1, "203.0.113.9:50123", "203.0.113.9"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),  # one house has them all
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, forwarded, seen):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": forwarded})
    assert client_address(request) == seen


def test_fewer_proxies_than_configured_are_said_aloud(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    request = RequestFactory().get("/", headers={"x-forwarded-for": "203.0.113.9"})
    with pytest.raises(ImproperlyConfigured):
        client_address(request)
