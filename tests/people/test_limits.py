"""Guessing stops, and nobody can shut the door for somebody else."""

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from cms.people.models import User
from cms.settings import base
from tests.cms.test_open_forms import all_at_once, cache_of_threads  # noqa: F401  (a fixture)
from tests.people.signing_in import PASSWORD, code_in, member, sign_in, sign_in_by_code, sign_up

pytestmark = pytest.mark.django_db

ADDRESS = "ann@calderwick.example"
REFUSED = "That was tried too often."


@pytest.fixture(autouse=True)
def _limits_of_production(settings):
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS


@pytest.fixture
def person() -> User:
    return member(email=ADDRESS)


def browser(place: str) -> Client:
    return Client(REMOTE_ADDR=place)


def guess(client: Client, times: int) -> list[bool]:
    """Which of so many wrong passwords were refused without a look, by the form or before it."""
    answers = [sign_in(client, ADDRESS, "wrong password") for _ in range(times)]
    return [answer.status_code == 429 or REFUSED in answer.content.decode() for answer in answers]


def test_guessing_from_one_place_stops_there_and_nowhere_else(person):
    stranger = browser("203.0.113.9")
    assert guess(stranger, 7) == [False] * 5 + [True] * 2
    assert REFUSED in sign_in(stranger, ADDRESS).content.decode()
    assert sign_in(browser("192.0.2.1"), ADDRESS)["Location"] == "/desk/start/"


def test_guessing_in_the_owner_s_own_network_locks_out_no_browser_they_have_used(person):
    own = browser("203.0.113.9")
    sign_in(own, ADDRESS)
    own.post("/accounts/logout/")
    guess(browser("203.0.113.9"), 7)
    assert sign_in(own, ADDRESS)["Location"] == "/desk/start/"
    code = browser("203.0.113.9")
    sign_in_by_code(code, ADDRESS)
    assert code.get("/desk/").status_code == 200


def test_guessing_from_everywhere_stops_but_for_browsers_the_owner_has_used(person):
    own = browser("192.0.2.1")
    sign_in(own, ADDRESS)
    own.post("/accounts/logout/")
    refused = [guess(browser(f"203.0.113.{place}"), 5) for place in range(1, 23)]
    assert refused == [[False] * 5] * 20 + [[True] * 5] * 2
    assert REFUSED in sign_in(browser("192.0.2.2"), ADDRESS).content.decode()
    assert sign_in(own, ADDRESS)["Location"] == "/desk/start/"
    code = browser("192.0.2.2")
    sign_in_by_code(code, ADDRESS)
    assert code.get("/desk/").status_code == 200


def test_a_browser_is_known_for_the_account_that_signed_in_and_not_on_a_shared_computer(person):
    member(email="eve@calderwick.example")
    eve = browser("203.0.113.9")
    sign_in(eve, "eve@calderwick.example")
    eve.post("/accounts/logout/")
    assert guess(eve, 7) == [False] * 5 + [True] * 2
    shared = browser("192.0.2.1")
    sign_in(shared, ADDRESS, shared="on")
    assert "known_browser" not in shared.cookies


def test_right_passwords_are_not_counted(person):
    for _ in range(8):
        client = browser("192.0.2.1")
        assert sign_in(client, ADDRESS)["Location"] == "/desk/start/"


MAILS = {
    "/accounts/login/code/": {},
    "/accounts/password/reset/": {},
    "/accounts/signup/": {"name": "Ann", "password1": PASSWORD},
}


@pytest.mark.parametrize("path", MAILS)
@pytest.mark.parametrize("address", [ADDRESS, "new@calderwick.example"])
def test_mails_asked_for_from_one_place_stop_there_and_nowhere_else(person, path, address):
    answers = MAILS[path] | {"email": address}
    pages = [browser("203.0.113.9").post(path, answers) for _ in range(7)]
    assert [page.status_code for page in pages] == [302] * 5 + [200] * 2
    assert "We have sent several mails to this address." in pages[-1].content.decode()
    assert len(mail.outbox) == 5
    assert browser("192.0.2.1").post(path, answers).status_code == 302


def test_mails_asked_for_from_everywhere_stop_but_for_browsers_the_owner_has_used(person):
    own = browser("192.0.2.1")
    sign_in(own, ADDRESS)
    own.post("/accounts/logout/")
    for place in range(1, 9):
        for path, answers in MAILS.items():
            for _ in range(2):
                browser(f"203.0.113.{place}").post(path, answers | {"email": ADDRESS})
    assert len(mail.outbox) == 30
    sign_in_by_code(own, ADDRESS)
    assert own.get("/desk/").status_code == 200


@pytest.mark.parametrize("way", ["signup", "login"])
def test_a_code_is_tried_three_times_however_many_come_at_once(person, way):
    client = Client()
    if way == "signup":
        sign_up(client, "new@calderwick.example")
        path = "/accounts/confirm-email/"
    else:
        client.post("/accounts/login/code/", {"email": ADDRESS})
        path = "/accounts/login/code/confirm/"
    at_once = dict(client.session.items())
    for _ in range(3):
        client.post(path, {"code": "WRONG1"})
        session = client.session  # each of them has read the session before the others wrote it
        session.update(at_once)
        session.save()
    client.post(path, {"code": code_in(mail.outbox[-1])})
    assert client.get("/desk/").status_code == 302


def test_the_third_try_of_a_code_may_be_the_right_one(person):
    client = Client()
    client.post("/accounts/login/code/", {"email": ADDRESS})
    for code in ("WRONG1", "WRONG2", code_in(mail.outbox[-1])):
        client.post("/accounts/login/code/confirm/", {"code": code})
    assert client.get("/desk/").status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("cache_of_threads")
def test_of_many_guesses_at_the_same_moment_five_are_looked_at(person):
    if connection.vendor == "sqlite":
        pytest.skip("guesses at the same moment need PostgreSQL: SQLite in memory has one connection")
    refused = all_at_once(lambda: guess(browser("203.0.113.9"), 1)[0], 24)
    assert refused.count(False) <= 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("cache_of_threads")
def test_of_many_mails_asked_for_at_the_same_moment_five_are_sent(person):
    if connection.vendor == "sqlite":
        pytest.skip("mails asked for at the same moment need PostgreSQL: SQLite in memory has one connection")
    mail.outbox.clear()
    path, answers = "/accounts/password/reset/", {"email": ADDRESS}
    all_at_once(lambda: browser("203.0.113.9").post(path, answers), 20)
    assert len(mail.outbox) == 5


def test_changing_one_s_address_sends_no_stranger_more_mails_than_that(person):
    client = browser("203.0.113.9")
    sign_in(client, ADDRESS)
    mail.outbox.clear()
    for _ in range(7):
        client.post("/accounts/email/", {"email": "stranger@calderwick.example", "action_add": ""})
    assert sum(message.to == ["stranger@calderwick.example"] for message in mail.outbox) <= 5
