"""Nothing tells a stranger whether an address has an account; nothing lets in an address that is not welcome."""

import re

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.test import Client

from cms.people.models import User
from tests.factories.people import UserFactory
from tests.people.signing_in import member, page_form, sign_in, sign_up
from tests.people.test_accounts import welcome

pytestmark = pytest.mark.django_db

NEW, KNOWN, UNPROVED, INVITED, OFF = (f"{who}@calderwick.example" for who in ("new", "kno", "unp", "inv", "off"))


@pytest.fixture
def _everybody():
    member(email=KNOWN)
    sign_up(Client(), UNPROVED)
    UserFactory(email=INVITED)
    UserFactory(email=OFF, is_active=False)
    mail.outbox.clear()


def plain(response) -> tuple:
    """What a stranger sees of an answer, without the address and what is drawn by lot."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    page = re.sub(r"\w+@calderwick.example", "ADDRESS", page)
    return response.status_code, response.get("Location"), set(response.cookies), page


def walk(client: Client, first: str, answers: dict, then: str) -> list:
    posts = [{"code": "WRONG1"}, {"action": "resend"}, {"action": "change", "email": "x@calderwick.example"}]
    seen = [plain(client.post(first, answers)), plain(client.get(then))]
    for answer in posts:
        seen += [plain(client.post(then, answer)), plain(client.get(then))]
    return [*seen, len(mail.outbox)]


@pytest.mark.usefixtures("_everybody")
@pytest.mark.parametrize(
    ("first", "answers", "then"),
    [
        ("signup/", {"name": "Ann", "password1": "three odd words"}, "confirm-email/"),
        ("signup/", {"name": "Ann", "password1": "short"}, "confirm-email/"),
        ("login/code/", {}, "login/code/confirm/"),
        ("password/reset/", {}, "password/reset/done/"),
        ("login/", {"password": "three odd words, wrong"}, "confirm-email/"),
    ],
)
def test_every_door_answers_the_same_for_every_address(first, answers, then):
    seen = {}
    for who in (KNOWN, UNPROVED, INVITED, OFF, NEW):
        mail.outbox.clear()
        given = answers | {"email": who, "login": who}
        seen[who] = walk(Client(), f"/accounts/{first}", given, f"/accounts/{then}")
        for message in mail.outbox:
            assert message.to == [who]
    for who, answer in seen.items():
        for ours, new in zip(answer, seen[NEW], strict=True):
            assert ours == new, who


@pytest.mark.usefixtures("_everybody")
def test_an_own_password_for_somebody_elses_address_tells_nothing():
    seen = []
    for who in (NEW, KNOWN, UNPROVED):
        sign_up(Client(), who)
        seen.append(plain(sign_in(Client(), who)))
    assert seen[0] == seen[2]
    assert "do not go together" in seen[0][-1]


@pytest.mark.usefixtures("_everybody")
def test_signing_up_takes_one_hash_whether_the_address_is_known_or_not(monkeypatch):
    made = []
    hasher = hashers.get_hasher()
    monkeypatch.setattr(type(hasher), "encode", lambda *args: made.append(1) or "md5$x$y")
    for who in (NEW, KNOWN, UNPROVED, INVITED, OFF):
        sign_up(Client(), who)
        assert len(made) == 1, who
        made.clear()


def test_the_rule_who_may_sign_up_holds_at_every_door():
    welcome("calderwick.example")
    refused = "Please use your work address, which ends in calderwick.example."
    assert refused in sign_up(Client(), "eve@evil.example").content.decode()
    client = Client()
    sign_up(client, "not.mine@calderwick.example")
    client.post("/accounts/confirm-email/", {"action": "change", "email": "eve@evil.example"})
    member(email=KNOWN)
    signed_in = Client()
    sign_in(signed_in, KNOWN)
    address, fields = page_form(signed_in, "/accounts/email/")
    page = signed_in.post(address, fields | {"email": "eve@evil.example", "action_add": ""}).content.decode()
    assert refused in page
    assert not [message for message in mail.outbox if "evil" in message.to[0]]
    assert not User.objects.filter(email__contains="evil")


def test_people_with_an_account_of_another_domain_sign_in_all_the_same():
    member(email="guest@elsewhere.example")
    welcome("calderwick.example")
    for path in ("login/code/", "password/reset/"):
        Client().post(f"/accounts/{path}", {"email": "guest@elsewhere.example"})
        assert mail.outbox[-1].to == ["guest@elsewhere.example"]
    assert sign_in(Client(), "guest@elsewhere.example")["Location"] == "/desk/start/"


def test_whoever_mistyped_the_address_starts_again():
    client = Client()
    sign_up(client, "tpyo@calderwick.example")
    assert "That is not my address: start again" in client.get("/accounts/confirm-email/").content.decode()
    client.post("/accounts/logout/", {"next": "/accounts/signup/"})
    assert "Make my account" in client.get("/accounts/signup/").content.decode()
    assert sign_up(client, "typo@calderwick.example")["Location"] == "/accounts/confirm-email/"
    assert mail.outbox[-1].to == ["typo@calderwick.example"]
