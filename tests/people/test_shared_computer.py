"""On a computer that others use, too, the session ends with the browser, whichever way somebody came in."""

import pytest
from django.core import mail
from django.test import Client

from tests.people.signing_in import PASSWORD, code_in, member, page_form, sign_in

pytestmark = pytest.mark.django_db


def by_password(client: Client, email: str, **tick: str) -> None:
    address, fields = page_form(client, "/accounts/login/")
    client.post(address, fields | {"login": email, "password": PASSWORD} | tick)


def by_code(client: Client, email: str, **tick: str) -> None:
    address, fields = page_form(client, "/accounts/login/code/")
    client.post(address, fields | {"email": email} | tick)
    client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])})


def by_signing_up(client: Client, email: str, **tick: str) -> None:
    address, fields = page_form(client, "/accounts/signup/")
    client.post(address, fields | {"name": "Ann", "email": f"new{len(tick)}-{email}", "password1": PASSWORD} | tick)
    client.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])})


@pytest.mark.parametrize("way", [by_password, by_code, by_signing_up])
def test_the_session_ends_with_the_browser_if_the_computer_is_shared(way):
    person = member()
    for tick, is_kept in (({}, True), ({"shared": "on"}, False)):
        client = Client()
        way(client, person.email, **tick)
        assert client.get("/desk/").status_code == 200
        assert bool(client.cookies["sessionid"]["max-age"]) is is_kept
        client.get("/desk/details/")
        assert bool(client.cookies["sessionid"]["max-age"]) is is_kept


@pytest.mark.parametrize("path", ["login/", "login/code/", "signup/"])
def test_the_choice_stands_on_the_page(path):
    page = Client().get(f"/accounts/{path}").content.decode()
    assert "This is a shared computer" in page
    assert 'type="checkbox" name="shared"' in page


def test_a_new_password_signs_nobody_in_before_they_said_whose_computer_it_is():
    person, client = member(), Client()
    client.post("/accounts/password/reset/", {"email": person.email})
    link = next(word for word in mail.outbox[-1].body.split() if "/reset/key/" in word)
    address, fields = page_form(client, link)
    new = {"password1": "four rather odd words", "password2": "four rather odd words"}
    page = client.post(address, fields | new, follow=True).content.decode()
    assert 'href="/accounts/login/"' in page
    assert client.get("/desk/").status_code == 302
    assert sign_in(client, person.email, new["password1"])["Location"] == "/desk/start/"
