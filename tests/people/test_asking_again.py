"""A session left open is not its owner: what opens the account changes after a password or a code only."""

import time

import pytest
from django.core import mail
from django.test import Client

from cms.people.models import User
from tests.people.signing_in import PASSWORD, code_in, member, page_form, sign_in, sign_in_by_code

pytestmark = pytest.mark.django_db

NEW = "four rather odd words"
CHANGES = {
    "/accounts/email/": {"email": "eve@calderwick.example", "action_add": ""},
    "/accounts/password/change/": {"password1": NEW, "password2": NEW},
    "/accounts/password/set/": {"password1": NEW, "password2": NEW},
}


@pytest.fixture
def person() -> User:
    return member(email="ann@calderwick.example")


def left_open(client: Client) -> None:
    """As the session is an hour later."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - 60 * 60
    session.save()


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize("has_password", [True, False])
def test_a_session_left_open_changes_nothing(person, path, has_password):
    client = Client()
    sign_in_by_code(client, person.email)
    left_open(client)
    if not has_password:
        person.set_unusable_password()
        person.save()
        client.force_login(person)
    sent, before = len(mail.outbox), person.password
    way = "reauthenticate/" if has_password else "reauthenticate/code/"
    for answer in (client.get(path), client.post(path, CHANGES[path])):
        assert answer["Location"].startswith(f"/accounts/{way}?next=%2Faccounts%2F")
    person.refresh_from_db()
    assert (len(mail.outbox), person.email, person.password) == (sent, "ann@calderwick.example", before)


def test_the_password_once_more_opens_the_way_to_the_change(person):
    client = Client()
    sign_in(client, person.email)
    left_open(client)
    address, fields = page_form(client, "/accounts/password/change/")
    assert client.post(address, fields | {"password": "wrong"}).status_code == 200
    answer = client.post(address, fields | {"password": PASSWORD})
    assert answer["Location"] == "/accounts/password/change/"
    path, fields = page_form(client, answer["Location"])
    client.post(path, fields | {"password1": NEW, "password2": NEW})
    assert sign_in(Client(), person.email, NEW)["Location"] == "/desk/start/"


@pytest.mark.parametrize("has_password", [True, False])
def test_a_code_opens_it_too_and_leads_back(person, has_password):
    client = Client()
    if not has_password:
        person.set_unusable_password()
        person.save()
    sign_in_by_code(client, person.email)
    left_open(client)
    address, fields = page_form(client, "/accounts/reauthenticate/code/?next=/accounts/email/")
    assert address == "/accounts/reauthenticate/code/?next=/accounts/email/"
    asks = client.post("/accounts/logout/", fields)["Location"]
    assert asks == "/accounts/login/code/?next=%2Faccounts%2Femail%2F"
    _, fields = page_form(client, asks)
    types = client.post("/accounts/login/code/", fields | {"email": person.email})["Location"]
    address, fields = page_form(client, types)
    answer = client.post(address, fields | {"code": code_in(mail.outbox[-1])})
    assert answer["Location"] == "/accounts/email/"
    assert client.get("/accounts/email/").status_code == 200


def test_the_page_that_asks_for_the_password_offers_a_code(person):
    client = Client()
    sign_in(client, person.email)
    page = client.get("/accounts/reauthenticate/?next=/accounts/email/").content.decode()
    assert 'href="/accounts/reauthenticate/code/?next=/accounts/email/"' in page


def test_who_has_just_signed_in_is_not_asked_again(person):
    client = Client()
    sign_in(client, person.email)
    assert client.get("/accounts/email/").status_code == 200
