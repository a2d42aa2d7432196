"""What people do at the door, for tests of it."""

import re
from html import unescape

from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from cms.people.models import User
from tests.factories.people import UserFactory

PASSWORD = "three odd words"


def member(**facts: object) -> User:
    """With a password, and an address that is proved."""
    person = UserFactory(**facts)
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def code_in(message) -> str:
    return re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]{3,})$", message.body, re.MULTILINE)[1]


def sign_up(client: Client, email: str, **answers: str):
    return client.post("/accounts/signup/", {"name": "Ann", "email": email, "password1": PASSWORD} | answers)


def sign_in(client: Client, email: str, password: str = PASSWORD, **answers: str):
    return client.post("/accounts/login/", {"login": email, "password": password} | answers)


def sign_in_by_code(client: Client, email: str, **answers: str):
    client.post("/accounts/login/code/", {"email": email} | answers)
    return client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])})


def page_form(client: Client, path: str) -> tuple[str, dict[str, str]]:
    """Where the page ended up, and what its largest form would send as it was rendered."""
    response = client.get(path, follow=True)
    address = response.redirect_chain[-1][0] if response.redirect_chain else path
    forms = re.findall(r"<form.*?</form>", response.content.decode(), re.DOTALL)
    form = max(forms, key=len)
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form):
        facts = {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        is_tick = facts.get("type") in ("checkbox", "radio")
        if "name" in facts and (not is_tick or re.search(r"\bchecked\b", tag)):
            fields[facts["name"]] = facts.get("value", "on" if is_tick else "")
    return address, fields
