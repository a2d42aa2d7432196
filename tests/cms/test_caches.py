"""The cache is away: nobody sees an error, and what must not be done uncounted is not done (decision 0025)."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from wagtail.models import PageViewRestriction, Site

from cms.core import caches
from cms.core.open_forms import is_too_often
from cms.core.outages import NothingCounts
from cms.mail.models import Message
from cms.settings import base
from gallery.models.entries import Entry
from tests.factories.exhibitions import make_exhibition
from tests.people.signing_in import code_in, member, sign_in, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def cache_away(settings):
    """The real cache of production, whose table is missing. Redis is another place; what it raises is caught by
    the same lines."""
    settings.CACHES = base.CACHES
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS portal_cache")


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (lambda: cache.get("a"), None),
        (lambda: cache.get("a", 7), 7),
        (lambda: cache.get_many(["a"]), {}),
        (lambda: cache.get_or_set("a", 7), 7),
        (lambda: cache.set("a", 7), None),
        (lambda: cache.add("a", 7), True),
        (lambda: cache.delete("a"), False),
        (lambda: "a" in cache, False),
    ],
)
def test_it_is_empty_and_forgets_at_once(cache_away, ask: Callable[[], object], answer: object):
    assert ask() == answer
    assert Entry.objects.count() == 0  # the transaction goes on


def test_the_log_says_so_once_and_once_more_when_it_is_back(cache_away, monkeypatch, caplog):
    monkeypatch.setattr(caches, "_said_away", False)
    for _ in range(3):
        cache.get("a")
    error = "OperationalError" if connection.vendor == "sqlite" else "ProgrammingError"
    assert [one.getMessage() for one in caplog.records] == [f"The cache did not get_many: {error}"]
    caplog.clear()
    caplog.set_level("INFO", "cms")
    call_command("createcachetable")
    for _ in range(3):
        cache.get("a")
    assert [one.getMessage() for one in caplog.records] == ["The cache answers again."]


def test_readiness_notices(cache_away, client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["cache"]) == (503, "problem")


def test_nothing_is_counted_and_what_must_be_is_not_done(cache_away):
    assert [is_too_often("a", "b", most=1) for _ in range(2)] == [False, False]
    with pytest.raises(NothingCounts):
        is_too_often("a", "b", most=1, surely=True)


def test_with_a_password_people_come_in(cache_away, client):
    person = member(email="ann@calderwick.example")
    assert sign_in(client, person.email)["Location"] == "/desk/start/"
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize("address", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_no_codes_are_sent_and_everybody_is_told_to_try_again(cache_away, address):
    person = member(email="ann@calderwick.example")
    answer = Client(raise_request_exception=False).post(address, {"email": person.email})
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "does not answer just now" in answer.text
    assert not Message.objects.exists()


def test_the_right_code_is_not_called_wrong(settings, client):
    sign_up(client, "ann@calderwick.example")
    code = code_in(Message.objects.get())
    settings.CACHES = base.CACHES
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS portal_cache")
    client.raise_request_exception = False
    answer = client.post("/accounts/confirm-email/", {"code": code})
    assert answer.status_code == 503
    assert "not the code" not in answer.text


def test_the_password_of_a_page_waits(cache_away):
    home = Site.objects.get(is_default_site=True).root_page
    lock = PageViewRestriction.objects.create(page=home, restriction_type="password", password="blue lamp")
    address = f"/_util/authenticate_with_password/{lock.pk}/{home.pk}/"
    client = Client(raise_request_exception=False)
    answer = client.post(address, {"password": "blue lamp", "return_url": "/"})
    assert answer.status_code == 503
    assert "was wrong" not in answer.text


def test_open_forms_and_entries_arrive(cache_away, client):
    answers = {"name": "Ada", "email": "ada@calderwick.example"}
    assert client.post("/forms/network/", answers).status_code == 302
    edition = make_exhibition()
    client = Client()
    client.force_login(member(email="ann@calderwick.example"))
    address = f"/exhibitions/{edition.slug}/enter/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"page": "a" * 32, "title": "Blue lamp", "action": "save"}).status_code == 302
    assert Entry.objects.get().title == "Blue lamp"
