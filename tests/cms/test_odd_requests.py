"""What no browser sends: other charsets, letters nobody types, numbers no row has."""

import pytest
from django.db import DataError, connection, transaction
from django.http import HttpResponse
from django.test import Client

from cms.core.odd_requests import HALVES, NUL, NUMBER_TOO_LARGE
from home.news.models import ArticlePage
from tests.factories.entries import make_entry
from tests.factories.news import make_article
from tests.factories.people import UserFactory, administrator, moderator
from tests.test_odd_text import main_form

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


# --- Forms sent by hand: refused in plain English, never our error


def kind_refusal(answer: HttpResponse) -> None:
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "We could not read that" in page
    assert "load the page again" in page
    assert answer["Cache-Control"] == "no-store"


@pytest.fixture
def article() -> ArticlePage:
    return make_article(body=[("paragraph", "<p>As it was.</p>")])


def page_form(article: ArticlePage, **changes: object) -> dict[str, object]:
    """What the page editor sends, as it stands, with changes; without what is changed to None."""
    _, values, _ = main_form(signed_in(administrator()), f"/admin/pages/{article.pk}/edit/")
    fields = {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-type": "paragraph",
        "body-0-order": "0",
        "body-0-value": RICH % "Typed",
        "lead_picture-count": "0",
        "chosen_related-count": "0",
        "action-publish": "yes",
    }
    return {name: value for name, value in {**values, **fields, **changes}.items() if value is not None}


RICH = (
    '{"blocks":[{"key":"a","text":"%s","type":"unstyled","depth":0,"inlineStyleRanges":[],"entityRanges":[]}],'
    '"entityMap":{}}'
)


@pytest.mark.parametrize(
    "changes",
    [
        {"body-count": None},
        {"body-count": "many"},
        {"body-count": "2"},
        {"body-count": str(10**30)},
        {"body-0-type": None},
        {"body-0-order": "first"},
        {"body-0-value": "{"},
        {"body-0-value": "[]"},
        {
            "body-0-value": RICH.replace('"entityRanges":[]', '"entityRanges":[{"offset":0,"length":9,"key":7}]')
            % "a"
        },
        {"lead_picture-count": "\x00"},
    ],
)
def test_a_page_that_is_not_what_the_editor_sends_is_refused(article: ArticlePage, changes: dict) -> None:
    kind_refusal(signed_in(administrator()).post(f"/admin/pages/{article.pk}/edit/", page_form(article, **changes)))
    article.refresh_from_db()
    assert "As it was." in str(article.body)


def test_half_a_character_in_rich_text_is_left_out(article: ArticlePage) -> None:
    sent = page_form(article, **{"body-0-value": RICH % r"Half \ud83d a\u0000 character"})
    answer = signed_in(administrator()).post(f"/admin/pages/{article.pk}/edit/", sent)
    assert answer.status_code == 302
    article.refresh_from_db()
    assert "Half  a character" in str(article.body)


@pytest.mark.parametrize("path", ["/accounts/login/", "/forms/report/", "/search/", "/nowhere/", "/desk/profile/"])
def test_what_no_field_reads_may_hold_anything(path: str) -> None:
    client = signed_in(UserFactory())
    for name in ("action", "page", "entry", "next", "\x00", "\x0b\ud83d".encode("utf-8", "replace").decode()):
        answer = client.post(path, {name: "a\x00\x1b\x0bb", "next": "/\x00"})
        assert answer.status_code < 500, name


def test_nor_at_the_desk_and_in_the_admin() -> None:
    entry = make_entry("in-review")
    desk, staff = signed_in(entry.photographer), signed_in(moderator())
    address = f"/exhibitions/{entry.exhibition.slug}/enter/"
    for name in ("action", "page", "entry", "reason", "seen", "comments", "people-0-name", "csrfmiddlewaretoken"):
        odd = {name: "a\x00\x0bb"}
        assert desk.post(address, {"title": "x", **odd}).status_code < 500, name
        assert (
            staff.post(f"/admin/snippets/gallery/entry/edit/{entry.pk}/", {"action": "save", **odd}).status_code
            < 500
        )


def test_only_the_page_editor_takes_thousands_of_fields(article: ArticlePage) -> None:
    many = {f"x-{number}": "" for number in range(3_000)}
    for path in ("/accounts/login/", "/forms/report/", "/admin/images/add/", "/admin/redirects/add/"):
        kind_refusal(signed_in(administrator()).post(path, many))
    entry = make_entry("draft")
    kind_refusal(signed_in(entry.photographer).post(f"/desk/entries/{entry.pk}/edit/", many))
    answer = signed_in(administrator()).post(f"/admin/pages/{article.pk}/edit/", page_form(article, **many))
    assert answer.status_code == 302


def test_a_form_that_lacks_what_our_own_code_reads_is_refused() -> None:
    make_entry("hung")
    for path in (
        "/admin/",
        "/desk/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/login/code/confirm/",
    ):
        assert signed_in(administrator()).post(path, {}).status_code < 500, path


def test_halves_and_nothings_are_told_by_what_the_drivers_say() -> None:
    with pytest.raises(UnicodeEncodeError) as halved:
        "\ud83d".encode()
    assert halved.value.reason == HALVES
    if connection.vendor == "postgresql":
        with pytest.raises(DataError) as refused, transaction.atomic():
            connection.cursor().execute("SELECT %s", ["\x00"])
        assert NUL in str(refused.value)
