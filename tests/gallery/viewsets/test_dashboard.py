"""The admin's first page: what keeps failing, told to those who can do something about it."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.models.failures import FileJob, JobFailure
from tests.factories.entries import make_entry
from tests.factories.people import UserFactory, administrator, curator, editor, moderator

pytestmark = pytest.mark.django_db
WORDS = "The place where we keep files did not answer as it should (EndpointConnectionError)."


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def in_trouble(entry: Entry, *, job: FileJob = FileJob.HANG, tries: int = 3) -> JobFailure:
    since = dt.datetime(2027, 3, 4, 9, 30, tzinfo=dt.UTC)
    later = timezone.now() + dt.timedelta(minutes=30)
    return JobFailure.objects.create(
        entry=entry, job=job, tries=tries, problem=WORDS, since=since, next_try_at=later
    )


def dashboard(user) -> str:
    return signed_in(user).get("/admin/").content.decode()


def again(user, trouble: JobFailure, method: str = "post") -> int:
    return getattr(signed_in(user), method)(f"/admin/snippets/gallery/entry/try-again/{trouble.pk}/").status_code


@pytest.mark.parametrize("person", [moderator, curator, administrator])
def test_it_says_which_photograph_what_and_since_when(person):
    in_trouble(make_entry("approved", title="The Ribbon of Wax"))
    page = dashboard(person())
    for words in ("The Ribbon of Wax", f"It could not be put on the wall. {WORDS}", "4 March, 09:30", "3 times"):
        assert words in page
    assert page.count("Try again now") == 1


def test_two_failures_are_not_yet_worth_telling():
    in_trouble(make_entry("approved"), tries=2)
    assert "Try again now" not in dashboard(administrator())


def test_editors_are_not_told():
    in_trouble(make_entry("approved", title="The Ribbon of Wax"))
    assert "The Ribbon of Wax" not in dashboard(editor())


def test_curators_hear_of_cleared_photographs_only():
    in_trouble(make_entry("in-review", title="The Ribbon of Wax"), job=FileJob.PREVIEW)
    assert "Try again now" not in dashboard(curator())
    assert "The Ribbon of Wax" in dashboard(moderator())


def test_what_was_never_sent_in_has_no_words_and_no_link():
    entry = make_entry("draft", title="The Ribbon of Wax")
    in_trouble(entry, job=FileJob.PREVIEW)
    page = dashboard(moderator())
    assert "A photograph that was never sent in" in page
    assert "Its preview could not be made." in page
    assert "The Ribbon of Wax" not in page
    assert f"/edit/{entry.pk}/" not in page


@pytest.mark.parametrize("person", [moderator, curator, administrator])
def test_the_button_tries_at_once(person, work):
    make_entry("approved", title="The Ribbon of Wax")
    trouble = in_trouble(Entry.objects.get())
    work()
    assert Exhibit.objects.count() == 0
    assert again(person(), trouble) == 302
    work()
    assert (Exhibit.objects.count(), JobFailure.objects.count()) == (1, 0)


def test_the_button_works_from_the_page_with_its_token(work):
    in_trouble(make_entry("approved"))
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator())
    page = client.get("/admin/").content.decode()
    form = page[page.index("try-again/") - 60 :]
    address = form.split('action="', 1)[1].split('"', 1)[0]
    token = form.split('name="csrfmiddlewaretoken" value="', 1)[1].split('"', 1)[0]
    assert client.post(address).status_code == 403
    assert client.post(address, {"csrfmiddlewaretoken": token}).status_code == 302
    work()
    assert Exhibit.objects.count() == 1


@pytest.mark.parametrize(
    ("person", "state", "status"),
    [(editor, "approved", 404), (curator, "in-review", 404), (UserFactory, "approved", 403)],
)
def test_others_cannot_try(person, state, status, work):
    trouble = in_trouble(make_entry(state))
    before = trouble.next_try_at
    assert again(person(), trouble) == status
    trouble.refresh_from_db()
    assert trouble.next_try_at == before


def test_looking_does_nothing():
    trouble = in_trouble(make_entry("approved"))
    assert again(moderator(), trouble, "get") == 405
