"""What no browser sends: other charsets, letters nobody types, numbers no row has."""

import pytest
from django.db import connection
from django.test import Client

from cms.core.odd_requests import NUMBER_TOO_LARGE
from tests.factories.entries import make_entry
from tests.factories.people import administrator, moderator

pytestmark = pytest.mark.django_db

FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
PART = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'


def signed_in(person: object) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


@pytest.mark.parametrize("charset", ["utf-16", "latin-1", "rot13", "idna", "nonsense", "utf-8"])
@pytest.mark.parametrize("path", ["/accounts/login/", "/forms/report/", "/search/", "/nowhere/"])
def test_a_form_is_read_whatever_charset_it_names(path: str, charset: str) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get("/accounts/login/")
    token = client.cookies["csrftoken"].value.encode()
    expected = client.generic("POST", path, b"csrfmiddlewaretoken=" + token, content_type=FORM).status_code
    assert expected in {200, 404, 405, 422}
    parts = PART % (b"csrfmiddlewaretoken", token) + PART % (b"login", "é".encode()) + b"--x--\r\n"
    for kind, sent in ((FORM, b"csrfmiddlewaretoken=" + token), (f"{PARTS}; boundary=x", parts)):
        answer = client.generic("POST", path, sent, content_type=f"{kind}; charset={charset}")
        assert answer.status_code == expected, kind


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        (PARTS, b"a"),
        (f"{PARTS}; boundary=x", b"--x\r\nContent-Disposition: form-data; name=a\r\n"),
        (FORM, b"a=1&" * 1200),
        (FORM, b"\xff\xfe=%ff%00"),
        ("text/plain; charset=rot13", b"a"),
    ],
)
@pytest.mark.parametrize("path", ["/accounts/login/", "/forms/report/", "/nowhere/"])
def test_no_body_is_our_error(path: str, kind: str, sent: bytes) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get("/accounts/login/")
    assert 400 <= client.generic("POST", path, sent, content_type=kind).status_code < 500


@pytest.mark.parametrize("letter", ["%EE%80%80", "%00", "%C2%9B", "%EF%BF%BF"])
def test_a_question_holds_no_letter_that_no_text_of_ours_holds(client: Client, letter: str) -> None:
    answer = client.get(f"/search/?{letter}q=gl{letter}ass")
    assert answer.status_code == 200
    assert 'value="glass"' in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["tag-autocomplete/?term=", "pages/?q=", "snippets/gallery/entry/?q=", "images/?q=", "redirects/?q="]
)
def test_nor_in_the_admin(path: str) -> None:
    assert signed_in(administrator()).get(f"/admin/{path}%00").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "snippets/gallery/entry/?exhibition=",
        "pages/?owner=",
        "pages/?site=",
        "pages/?content_type=",
        "pages/?p=",
        "snippets/gallery/entry/edit/",
        "pages/",
    ],
)
def test_what_has_a_number_no_row_can_have_is_not_there(path: str) -> None:
    make_entry("in-review")
    for person in (moderator(), administrator()):
        answer = signed_in(person).get(f"/admin/{path}{'9' * 20}", follow=True)
        assert answer.status_code in {200, 403, 404}, person


def test_another_overflow_stays_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def overflow(*args: object, **kwargs: object) -> None:
        raise OverflowError("date value out of range")

    monkeypatch.setattr("search.views.find", overflow)
    assert Client(raise_request_exception=False).get("/search/?q=a").status_code == 500


def test_the_drivers_words_are_still_these() -> None:
    if connection.vendor == "sqlite":
        with pytest.raises(OverflowError) as refused:
            connection.cursor().execute("SELECT %s", [10**20])
        assert str(refused.value) == NUMBER_TOO_LARGE
