"""Whatever a stranger gives as a name, no link of theirs travels in a mail of ours."""

import pytest
from django import forms
from django.test import Client

from cms.core.person_names import NOT_A_NAME, PersonNameField
from cms.mail.models import Message
from cms.people.models import User
from tests.people.signing_in import member, sign_in, sign_up

LINKS = [
    "Your account is suspended. Restore it at http://evil.example/x",
    "www.evil",
    "Ann evil.com",
    "EVIL.COM",
    "bit.ly/x",
    "ann@evil.example",
    "evil。com",
    "evil．com",
    "//evil",
    "a\\b",
]


@pytest.mark.parametrize("name", LINKS)
def test_a_name_with_an_address_in_it_is_refused(name):
    with pytest.raises(forms.ValidationError):
        PersonNameField().clean(name)


@pytest.mark.parametrize(
    "name",
    ["Ann Marsh", "J.R.R. Tolkien", "Dr. Inês d’Ávila-O’Hara & Co", "St. John Smythe", "王小明"],
)
def test_people_s_names_are_taken(name):
    assert PersonNameField().clean(f"  {name} ") == name


def test_a_name_is_no_longer_than_a_person_s():
    assert PersonNameField().clean("n" * 60)
    with pytest.raises(forms.ValidationError, match="60 characters"):
        PersonNameField().clean("n" * 61)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/forms/network/", "/forms/mentoring/"])
def test_open_forms_refuse_addresses_in_names(path):
    answers = {"name": LINKS[0], "email": "ann@x.example", "role": "mentee", "hopes": "Advice"}
    answer = Client().post(path, answers)
    assert (answer.status_code, NOT_A_NAME in answer.content.decode()) == (422, True)
    assert Message.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/forms/network/", "/forms/mentoring/"])
def test_no_name_stands_in_a_mail_to_an_address_that_is_not_proved(path):
    Client().post(path, {"name": "Ada Lovelace", "email": "ann@x.example", "role": "mentee", "hopes": "Advice"})
    message = Message.objects.get(to="ann@x.example")
    assert "Ada" not in message.subject + message.body


@pytest.mark.django_db
def test_signing_up_and_changing_a_name_refuse_addresses_in_it():
    assert NOT_A_NAME in sign_up(Client(), "ann@x.example", name=LINKS[2]).content.decode()
    assert User.objects.count() == 0
    person, client = member(name="Ann"), Client()
    sign_in(client, person.email)
    assert client.post("/desk/details/", {"name": LINKS[2]}).status_code == 422


@pytest.mark.django_db
def test_the_mail_with_the_code_greets_nobody_by_a_name_a_stranger_chose():
    sign_up(Client(), "ann@x.example", name="Ada Lovelace")
    message = Message.objects.get()
    assert message.body.startswith("Hello,\n")
    assert "Ada" not in message.body
