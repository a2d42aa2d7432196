"""Nobody gets into an account by what they knew or chose before its address was proved."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from cms.jobs.periodic import tend
from cms.people.models import User
from tests.factories.people import UserFactory, administrator, moderator
from tests.people.signing_in import PASSWORD, code_in, member, page_form, sign_in, sign_in_by_code, sign_up

pytestmark = pytest.mark.django_db

OTHER = "four rather odd words"
ADDRESS = "ann@calderwick.example"


def opens(client: Client, password: str, email: str = ADDRESS) -> bool:
    sign_in(client, email, password)
    return client.get("/desk/").status_code == 200


def test_who_signs_up_and_types_the_code_signs_in_with_the_password_afterwards():
    client = Client()
    sign_up(client, ADDRESS)
    client.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])})
    assert client.get("/desk/").status_code == 200
    assert opens(Client(), PASSWORD)


def test_a_password_chosen_by_somebody_else_ends_when_the_owner_signs_in_by_code():
    stranger, owner = Client(), Client()
    sign_up(stranger, ADDRESS)
    assert not opens(Client(), PASSWORD)
    sign_in_by_code(owner, ADDRESS)
    assert owner.get("/desk/").status_code == 200
    assert not opens(Client(), PASSWORD)
    assert not opens(stranger, PASSWORD)
    stranger.get("/accounts/confirm-email/")
    assert stranger.get("/desk/").status_code == 302


def test_a_password_chosen_by_somebody_else_ends_when_the_owner_chooses_one():
    stranger, owner = Client(), Client()
    sign_up(stranger, ADDRESS)
    choose_password(owner, ADDRESS, OTHER)
    sign_in(owner, ADDRESS, OTHER)
    owner.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])})
    assert owner.get("/desk/").status_code == 200
    assert opens(Client(), OTHER)
    assert not opens(Client(), PASSWORD)
    assert not opens(stranger, PASSWORD)


def choose_password(client: Client, email: str, password: str) -> None:
    client.post("/accounts/password/reset/", {"email": email})
    link = next(word for word in mail.outbox[-1].body.split() if "/reset/key/" in word)
    address, _ = page_form(client, link)
    client.post(address, {"password1": password, "password2": password})


def test_the_password_of_an_invitation_holds_for_whoever_types_it_and_ends_for_whoever_does_not():
    for knows in (True, False):
        person = UserFactory(email=f"{knows}@calderwick.example".lower())
        person.set_password(PASSWORD)
        person.save()
        client = Client()
        if knows:
            sign_in(client, person.email)
        else:
            sign_in_by_code(client, person.email)
        client.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])})
        assert client.get("/desk/").status_code == 200
        assert opens(Client(), PASSWORD, person.email) is knows


def test_an_address_exchanged_in_the_admin_leaves_the_former_one_nothing():
    person, before = member(email=ADDRESS), Client()
    sign_in(before, ADDRESS)
    admin = Client()
    admin.force_login(administrator())
    address, fields = page_form(admin, f"/admin/users/edit/{person.pk}/")
    admin.post(address, fields | {"email": "ben@calderwick.example", "name": person.name})
    person.refresh_from_db()
    assert person.email == "ben@calderwick.example"
    assert before.get("/desk/").status_code == 302
    sent = len(mail.outbox)
    Client().post("/accounts/login/code/", {"email": ADDRESS})
    assert [message.subject for message in mail.outbox[sent:]] == ["There is no account with this address"]
    assert not opens(Client(), PASSWORD, "ben@calderwick.example")  # it takes a code sent there
    ben = Client()
    sign_in_by_code(ben, "ben@calderwick.example")
    ben.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])})
    assert ben.get("/desk/").status_code == 200
    assert not opens(Client(), PASSWORD, "ben@calderwick.example")


def test_changing_the_address_ends_other_sessions_and_keeps_this_one_and_the_password():
    person, here, elsewhere = member(email=ADDRESS), Client(), Client()
    for client in (here, elsewhere):
        sign_in(client, ADDRESS)
    here.post("/accounts/email/", {"email": "new@calderwick.example", "action_add": ""})
    here.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])})
    person.refresh_from_db()
    assert person.email == "new@calderwick.example"
    assert here.get("/desk/").status_code == 200
    assert elsewhere.get("/desk/").status_code == 302
    assert opens(Client(), PASSWORD, "new@calderwick.example")
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("new@calderwick.example", True)]


def test_a_waiting_password_is_used_for_the_first_proof_only():
    here = Client()
    sign_up(Client(), ADDRESS)
    sign_in_by_code(Client(), ADDRESS)
    person = User.objects.get()
    person.set_password(OTHER)
    person.save()
    sign_in(here, ADDRESS, OTHER)
    session = here.session
    session["password_waiting"] = {"user": person.pk, "password": "whatever"}
    session.save()
    here.post("/accounts/email/", {"email": "new@calderwick.example", "action_add": ""})
    here.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])})
    assert opens(Client(), OTHER, "new@calderwick.example")


def test_accounts_nobody_proved_are_deleted_after_a_day_and_no_others():
    sign_up(Client(), ADDRESS)
    sign_in_by_code(Client(), UserFactory(email="invited@calderwick.example").email)
    kept = {moderator().pk, member().pk, User.objects.get(email="invited@calderwick.example").pk}
    proved = Client()
    sign_up(proved, "proved@calderwick.example")
    proved.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])})
    kept.add(User.objects.get(email="proved@calderwick.example").pk)
    assert tend(now=timezone.now() + dt.timedelta(hours=23))["unproved accounts forgotten"] == 0
    assert tend(now=timezone.now() + dt.timedelta(hours=25))["unproved accounts forgotten"] == 1
    assert set(User.objects.values_list("pk", flat=True)) == kept


@pytest.mark.parametrize("known", [True, False])
def test_a_sign_up_that_waits_does_not_shut_the_sign_in(known):
    person = member(email=ADDRESS)
    client = Client()
    sign_up(client, ADDRESS if known else "new@calderwick.example")
    for path in ("/accounts/login/", "/accounts/login/code/", "/accounts/signup/"):
        assert client.get(path).status_code == 200
    sign_up(client, ADDRESS if known else "other@calderwick.example")
    assert opens(client, PASSWORD, person.email)


def test_the_name_of_whoever_did_not_prove_the_address_goes():
    sign_up(Client(), ADDRESS, name="Call Mallory Now")
    sign_in_by_code(Client(), ADDRESS)
    assert User.objects.get().name == "ann"
