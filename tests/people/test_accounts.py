"""Signing up, in, and back in when the password is gone."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from cms.core.models import PortalSettings
from cms.mail.models import Message
from cms.people.models import User
from tests.factories.exhibitions import make_exhibition
from tests.people.signing_in import PASSWORD, code_in, member, sign_in

pytestmark = pytest.mark.django_db

PAST = timezone.now() - dt.timedelta(hours=1)


def welcome(domains: str) -> None:
    portal = PortalSettings.for_site(Site.objects.get(is_default_site=True))
    portal.sign_up_domains = domains
    portal.full_clean()
    portal.save()


def test_a_newcomer_signs_up_confirms_by_code_and_lands_where_they_were_going():
    exhibition = make_exhibition()
    client = Client()
    target = f"/exhibitions/{exhibition.slug}/enter/"
    client.post(
        f"/accounts/signup/?next={target}",
        {"name": " Ann  Marsh ", "email": "Ann@Calderwick.example", "password1": PASSWORD, "next": target},
    )
    person = User.objects.get()
    assert (person.name, person.email) == ("Ann Marsh", "ann@calderwick.example")
    message = mail.outbox[-1]
    assert (message.subject, message.to) == ("Is this e-mail address yours?", ["ann@calderwick.example"])
    assert message.body.startswith("Hello,\n")
    response = client.post("/accounts/confirm-email/", {"code": code_in(message)}, follow=True)
    assert response.redirect_chain[-1][0] == target
    assert response.status_code == 200


def test_a_wrong_code_is_told_kindly():
    client = Client()
    client.post("/accounts/signup/", {"name": "Ann", "email": "ann@x.example", "password1": PASSWORD})
    assert (
        "We have sent a code to <strong>ann@x.example</strong>"
        in client.get("/accounts/confirm-email/").content.decode()
    )
    page = client.post("/accounts/confirm-email/", {"code": "WRONG1"}).content.decode()
    assert "That is not the code we sent." in page


def test_a_password_signs_in_and_a_wrong_one_says_what_to_do():
    person = member()
    wrong = Client().post("/accounts/login/", {"login": person.email, "password": "something else"})
    assert "let us send you a code instead" in wrong.content.decode()
    right = Client().post("/accounts/login/", {"login": person.email.upper(), "password": PASSWORD})
    assert right["Location"] == "/desk/start/"


def test_a_code_signs_in_without_a_password():
    person, client = member(), Client()
    client.post("/accounts/login/code/", {"email": person.email})
    message = mail.outbox[-1]
    assert message.subject == "Your code to sign in"
    response = client.post("/accounts/login/code/confirm/", {"code": code_in(message)})
    assert response["Location"] == "/desk/start/"


def test_only_the_sites_domains_may_sign_up():
    welcome("calderwick.example, partner.example")
    response = Client().post(
        "/accounts/signup/", {"name": "A", "email": "a@elsewhere.example", "password1": PASSWORD}
    )
    page = response.content.decode()
    assert "Please use your work address, which ends in calderwick.example or partner.example." in page
    assert User.objects.count() == 0
    for ending in ("Partner.Example", "calderwick.example"):
        Client().post("/accounts/signup/", {"name": "A", "email": f"a@{ending}", "password1": PASSWORD})
    assert set(User.objects.values_list("email", flat=True)) == {"a@partner.example", "a@calderwick.example"}


@pytest.mark.parametrize(
    "email", ["a@x.calderwick.example", "a@xcalderwick.example", "a@calderwick.example.x.example"]
)
def test_an_address_that_only_looks_like_the_sites_is_not_enough(email):
    welcome("calderwick.example")
    Client().post("/accounts/signup/", {"name": "A", "email": email, "password1": PASSWORD})
    assert User.objects.count() == 0


def test_newcomers_sign_up_all_year_whether_a_call_is_open_or_not():
    make_exhibition(closes_at=PAST)
    client = Client()
    assert "Make my account" in client.get("/accounts/signup/").content.decode()
    client.post("/accounts/signup/", {"name": "A", "email": "a@calderwick.example", "password1": PASSWORD})
    assert User.objects.get().name == "A"


def test_people_with_an_account_reset_their_password_from_any_domain():
    welcome("elsewhere.example")
    person, client = member(email="ann@calderwick.example"), Client()
    client.post("/accounts/password/reset/", {"email": person.email})
    link = re.search(r"https?://\S+/accounts/password/reset/key/\S+", mail.outbox[-1].body)[0]
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    client.post(address, {"password1": "four rather odd words", "password2": "four rather odd words"})
    person.refresh_from_db()
    assert person.check_password("four rather odd words")


def test_an_unknown_address_is_not_given_away():
    person = member()
    known = Client().post("/accounts/password/reset/", {"email": person.email})
    unknown = Client().post("/accounts/password/reset/", {"email": "nobody@calderwick.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


@pytest.mark.parametrize(
    "path", ["login/", "login/code/", "signup/", "password/reset/", "password/reset/done/", "inactive/"]
)
def test_account_pages_look_like_ours_and_are_kept_by_nobody(path):
    response = Client().get(f"/accounts/{path}")
    assert response.status_code == 200
    assert "cms/css/site.css" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["email/", "password/change/", "logout/", "reauthenticate/"])
def test_pages_for_members_look_like_ours(path):
    client = Client()
    sign_in(client, member().email)
    response = client.get(f"/accounts/{path}")
    assert response.status_code == 200
    assert "cms/css/site.css" in response.content.decode()


def test_signing_out_takes_a_button_not_a_link():
    client = Client()
    client.force_login(member())
    client.get("/accounts/logout/")
    assert client.get("/desk/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/desk/").status_code == 302


def test_a_changed_password_is_announced_by_mail():
    person, client = member(name="Ann"), Client()
    sign_in(client, person.email)
    new = "four rather odd words"
    client.post("/accounts/password/change/", {"password1": new, "password2": new})
    assert (mail.outbox[-1].subject, mail.outbox[-1].to) == ("Your password is changed", [person.email])


@pytest.mark.parametrize(
    ("path", "answers"),
    [
        ("/accounts/signup/", {"name": "Ann", "password1": PASSWORD, "email": "ann@x.example"}),
        ("/accounts/login/code/", {"email": "kim@x.example"}),
        ("/accounts/login/code/", {"email": "nobody@x.example"}),
        ("/accounts/password/reset/", {"email": "kim@x.example"}),
    ],
)
def test_no_door_waits_for_the_mail_server_and_no_mail_is_lost(settings, path, answers):
    """It is away, and the worker tries again as with every other mail."""
    member(email="kim@x.example")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert Client().post(path, answers).status_code == 302
    owed = Message.objects.unsent().get()
    assert (owed.to, owed.tries) == (answers["email"], 1)
    has_code = re.search(r"^[A-Z0-9]{3,}-?[A-Z0-9]{3,}$", owed.body, re.MULTILINE) is not None
    assert (owed.until is not None) is has_code


@pytest.mark.parametrize(("keeps_cookies", "title"), [(False, "Cookies are off"), (True, "Please try once more")])
def test_a_form_without_its_secret_says_which_of_two_reasons_it_was(keeps_cookies, title):
    client = Client(enforce_csrf_checks=True)
    if keeps_cookies:
        client.get("/accounts/login/")
    answer = client.post("/accounts/login/", {"login": "ann@portal.example", "password": "four clamps"})
    assert answer.status_code == 403
    assert f"<title>{title}" in answer.text
