"""The demo's own page: only with DEMO=1, one click per role, and a mailbox that trusts no mail."""

import os

import pytest
from django.core.mail import EmailMessage
from wagtail.models import Site

from cms.core.models import PortalSettings
from home.demo import accounts
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import UserFactory

ADDRESSES = ["/demo/", "/demo/components/", "/demo/mail/", "/demo/mail/20261121-100000-1.log/0/"]
JUDE = {
    "role": "photographer",
    "name": "Jude Ashcombe",
    "email": "jude@calderwick.example",
    "password": "4sc7-ghmd-s3ev",
}


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.VAR = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path


@pytest.fixture
def jude(db):
    user = UserFactory(name=JUDE["name"], email=JUDE["email"], is_demo=True)
    user.set_password(JUDE["password"])
    user.save()
    return user


def send(subject="Hello", body="Hello you,\n\nSome words.\n", to="jude@calderwick.example"):
    EmailMessage(subject=subject, body=body, to=[to]).send()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_there_without_demo(client, demo, settings, address):
    settings.DEMO = False
    accounts.keep([JUDE])
    assert client.get(address).status_code == 404
    assert client.post("/demo/sign-in/", {"login": JUDE["email"], "password": JUDE["password"]}).status_code == 404


def test_six_things_to_try_with_the_accounts_beside(client, demo, jude):
    make_exhibition(slug="in-the-making")
    accounts.keep([JUDE])
    response = client.get("/demo/")
    page = response.content.decode()
    for words in (
        "Visit the wall",
        "Enter a photograph",
        "Review it",
        "See it in the API",
        "Withdraw it",
        "Read the e-mails",
    ):
        assert words in page
    assert "/exhibitions/in-the-making/enter/" in page
    assert JUDE["password"] in page
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("domains", "words"),
    [("", "with any address."), ("a.example, b.example", "with any address that ends in a.example or b.example.")],
)
def test_it_says_who_can_make_an_account(client, demo, jude, domains, words):
    accounts.keep([JUDE])
    portal = PortalSettings.for_site(Site.objects.get())
    portal.sign_up_domains = domains
    portal.save()
    assert f"make an account of your own</a>, {words}" in client.get("/demo/").content.decode()


@pytest.mark.django_db
def test_without_accounts_it_says_how_to_make_them(client, demo):
    assert "There are no accounts yet" in client.get("/demo/").content.decode()


def test_one_click_signs_in_and_goes_there(client, demo, jude):
    response = client.post(
        "/demo/sign-in/", {"login": JUDE["email"], "password": JUDE["password"], "next": "/desk/?from=demo"}
    )
    assert (response.status_code, response["Location"]) == (302, "/desk/?from=demo")
    assert client.session["_auth_user_id"] == str(jude.pk)


def test_one_click_changes_over_from_somebody_else(client, demo, jude):
    client.force_login(UserFactory())
    client.post("/demo/sign-in/", {"login": JUDE["email"], "password": JUDE["password"]})
    assert client.session["_auth_user_id"] == str(jude.pk)


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""]
)
def test_it_never_leads_to_another_site(client, demo, jude, target):
    response = client.post("/demo/sign-in/", {"login": JUDE["email"], "password": JUDE["password"], "next": target})
    assert response["Location"] == "/desk/start/"


def test_a_wrong_password_signs_nobody_in(client, demo, jude):
    response = client.post("/demo/sign-in/", {"login": JUDE["email"], "password": "wrong"})
    assert response.status_code == 403
    assert "the password of this account was changed" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_real_accounts_do_not_come_in_here(client, demo, jude):
    jude.is_demo = False
    jude.save()
    response = client.post("/demo/sign-in/", {"login": JUDE["email"], "password": JUDE["password"]})
    assert response.status_code == 403
    assert "_auth_user_id" not in client.session


def test_another_site_cannot_press_the_button(demo, jude):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/demo/sign-in/", {"login": JUDE["email"], "password": JUDE["password"]})
    assert response.status_code == 403
    assert "_auth_user_id" not in strict.session


@pytest.mark.django_db
def test_the_mailbox_lists_the_newest_first_and_opens_each(client, demo):
    send(subject="First é")
    (first,) = (demo / "mail").iterdir()
    # Django names the file by second and by memory address: two mails may share both, and one file.
    first = first.rename(first.with_name(f"first-{first.name}"))
    os.utime(first, (1, 1))
    send(subject="Second", body="Hello you,\n\nYour code: 482913\nhttp://127.0.0.1:8000/desk/\n")
    page = client.get("/demo/mail/").content.decode()
    assert page.index("Second") < page.index("First é")
    (second,) = set((demo / "mail").iterdir()) - {first}
    opened = client.get(f"/demo/mail/{second.name}/0/").content.decode()
    assert "Your code: 482913" in opened
    assert '<a href="http://127.0.0.1:8000/desk/"' in opened


@pytest.mark.django_db
def test_mails_are_text_whatever_they_hold(client, demo):
    send(
        subject="<script>alert(1)</script>",
        body="Hello\n\n<img src=x onerror=alert(2)>\n",
        to="<b>@calderwick.example",
    )
    (file,) = (demo / "mail").iterdir()
    for address in ("/demo/mail/", f"/demo/mail/{file.name}/0/"):
        page = client.get(address).content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page


@pytest.mark.django_db
def test_several_mails_in_one_file_are_told_apart(client, demo):
    from django.core.mail import get_connection

    connection = get_connection()
    connection.send_messages(
        [
            EmailMessage(subject=subject, body=f"{'-' * 78}\n{subject}", to=["a@x.example"])
            for subject in ("One", "Two")
        ]
    )
    (file,) = (demo / "mail").iterdir()
    assert "<h1>One</h1>" in client.get(f"/demo/mail/{file.name}/0/").content.decode()
    assert "<h1>Two</h1>" in client.get(f"/demo/mail/{file.name}/1/").content.decode()
    assert client.get(f"/demo/mail/{file.name}/2/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["nothing.log", "..", "demo-accounts.json", "..%2Fdemo-accounts.json", "a.log%00"])
def test_only_mails_can_be_read(client, demo, name):
    accounts.keep([JUDE])
    send()
    response = client.get(f"/demo/mail/{name}/0/")
    assert response.status_code == 404


@pytest.mark.django_db
def test_it_says_when_mail_really_leaves(client, demo, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "Mail leaves this machine" in client.get("/demo/mail/").content.decode()
