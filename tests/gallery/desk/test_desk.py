"""Her own entries: where they stand, what to do next, how to take them back."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from gallery.enums import EntryState
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import UserFactory, administrator, moderator
from tests.gallery.desk.forms import desk_url, signed_in

pytestmark = pytest.mark.django_db

PAGES = ["", "edit/", "withdraw/", "start-again/", "preview/", "original/"]
STATES = [state.value for state in EntryState]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", ["Draft", "Only you can see this.", "Go on with it"]),
        ("in-review", ["In review", "usually within five working days"]),
        ("changes-asked", ["One thing to change", "Please look at the label on the left.", "send it again"]),
        ("on-hold", ["On hold", "It has not been refused."]),
        ("refused", ["Not accepted", "Please look at the label on the left.", "start again with another picture"]),
        ("approved", ["Approved", "It will be on the wall in a few minutes."]),
        ("hung", ["On the wall", "See it on the wall"]),
        ("withdrawn", ["Withdrawn", "Its files are deleted."]),
    ],
)
def test_each_state_says_what_it_means_and_what_to_do(state, words):
    entry = make_entry(state)
    client = signed_in(entry.photographer)
    page = client.get(desk_url(entry)).content.decode()
    assert [word for word in words if word not in page] == []
    assert words[0] in client.get("/desk/").content.decode()


def test_the_timeline_names_who_decided_when_and_why():
    entry = make_entry("refused", by=moderator(name="Mo Idris"))
    page = signed_in(entry.photographer).get(desk_url(entry)).content.decode()
    assert page.index("Sent in") < page.rindex("by Mo Idris")
    assert "Please look at the label on the left." in page


def test_a_hung_photograph_links_to_its_page():
    entry = make_entry("hung")
    exhibit = Exhibit.objects.get()
    client = signed_in(entry.photographer)
    for address in ("/desk/", desk_url(entry)):
        assert f'href="{exhibit.path}"' in client.get(address).content.decode()


def test_open_calls_say_how_many_places_are_left():
    person, exhibition = UserFactory(), make_exhibition(title="Half Built")
    make_exhibition(title="Over", closes_at=timezone.now() - dt.timedelta(hours=1))
    make_entry("draft", exhibition=exhibition, photographer=person)
    make_entry("withdrawn", exhibition=exhibition, photographer=person)
    page = signed_in(person).get("/desk/").content.decode()
    assert "You can send 2 more photographs." in page
    assert f'href="/exhibitions/{exhibition.slug}/enter/"' in page
    assert "<h2>Over</h2>" not in page


def test_the_desk_shows_nobody_elses_work():
    make_entry("in-review", title="Somebody else’s flask")
    page = signed_in(UserFactory()).get("/desk/").content.decode()
    assert "Somebody else’s flask" not in page
    assert "Nothing here yet." in page


@pytest.mark.parametrize("items", [1, 3])
def test_the_desk_costs_the_same_for_one_and_three(items, django_assert_num_queries):
    person, exhibition = UserFactory(), make_exhibition()
    for _ in range(items):
        make_entry("in-review", exhibition=exhibition, photographer=person)
    client = signed_in(person)
    client.get("/desk/")
    with django_assert_num_queries(9):
        client.get("/desk/")


@pytest.mark.parametrize("state", STATES)
def test_another_persons_entry_is_like_a_missing_one(state):
    entry = make_entry(state)
    client = signed_in(UserFactory())
    for ending in PAGES:
        other, missing = client.get(desk_url(entry, ending)), client.get(f"/desk/entries/999999/{ending}")
        assert (ending, other.status_code, missing.status_code) == (ending, 404, 404)
        assert other.content == missing.content
        posted = client.post(desk_url(entry, ending), {"action": "submit", "title": "Mine now"})
        assert posted.status_code == (405 if ending in ("", "preview/", "original/") else 404)
    after = Entry.objects.get()
    assert (after.title, after.state) == ("Four Necks", state)


def test_staff_have_no_place_at_another_persons_desk():
    entry = make_entry("in-review")
    for person in (moderator(), administrator()):
        client = signed_in(person)
        for ending in ("", "edit/", "withdraw/", "start-again/"):
            assert client.get(desk_url(entry, ending)).status_code == 404


@pytest.mark.parametrize(
    "path", ["/desk/", "/desk/details/", "/desk/my-data/", *(f"/desk/entries/1/{end}" for end in PAGES)]
)
def test_strangers_are_asked_to_sign_in(path):
    response = Client().get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=")
    assert response["Cache-Control"] == "no-store, private"


# --- Taking back


@pytest.mark.parametrize("state", [state for state in STATES if state != "withdrawn"])
def test_an_entry_is_taken_back_from_any_state_after_asking_once(state, work):
    entry = make_entry(state)
    client = signed_in(entry.photographer)
    asked = client.get(desk_url(entry, "withdraw/"))
    entry.refresh_from_db()
    assert (asked.status_code, entry.state) == (200, state)
    response = client.post(desk_url(entry, "withdraw/"))
    work()
    entry = Entry.objects.get()
    assert (response["Location"], entry.state) == (desk_url(entry), EntryState.WITHDRAWN)
    assert Exhibit.objects.count() == 0
    assert entry.master.erased_at is not None
    assert "The picture is deleted." in client.get(desk_url(entry)).content.decode()
    assert client.get(desk_url(entry, "original/")).status_code == 404


def test_taking_back_twice_says_so():
    entry = make_entry("withdrawn")
    client = signed_in(entry.photographer)
    page = client.post(desk_url(entry, "withdraw/"), follow=True).content.decode()
    assert "This entry was already withdrawn." in page


def test_starting_again_brings_the_words_along():
    entry = make_entry("changes-asked", people=[{"name": "Sam Reed", "email": ""}])
    client = signed_in(entry.photographer)
    assert client.get(desk_url(entry, "start-again/")).status_code == 200
    assert Entry.objects.count() == 1
    response = client.post(desk_url(entry, "start-again/"))
    fresh = Entry.objects.exclude(pk=entry.pk).get()
    assert response["Location"] == desk_url(fresh, "edit/")
    assert (fresh.state, fresh.title, fresh.master, fresh.people) == (entry.state, "Four Necks", None, "")
    entry.refresh_from_db()
    assert entry.state == EntryState.WITHDRAWN


@pytest.mark.parametrize("state", ["draft", "on-hold", "approved", "hung", "withdrawn"])
def test_starting_again_is_not_offered_where_it_makes_no_sense(state):
    entry = make_entry(state)
    client = signed_in(entry.photographer)
    client.get(desk_url(entry, "start-again/"))
    client.post(desk_url(entry, "start-again/"))
    assert list(Entry.objects.values_list("state", flat=True)) == [state]


# --- Details and data


def test_the_name_can_be_changed():
    person = UserFactory(name="A. Marsh")
    client = signed_in(person)
    client.post("/desk/details/", {"name": "  Ann \n Marsh "})
    person.refresh_from_db()
    assert person.name == "Ann Marsh"
    assert client.post("/desk/details/", {"name": " "}).status_code == 422


def test_my_data_holds_mine_and_nobody_elses():
    entry = make_entry("changes-asked", people=[{"name": "Sam Reed", "email": "sam@x.example"}])
    make_entry("in-review", title="Another person’s")
    response = signed_in(entry.photographer).get("/desk/my-data/")
    data = response.json()
    assert response["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert data["account"]["email"] == entry.photographer.email
    assert [found["title"] for found in data["entries"]] == ["Four Necks"]
    assert data["entries"][0]["people_pictured"][0]["email"] == "sam@x.example"
    assert data["entries"][0]["history"][-1]["reason"] == "Please look at the label on the left."
    assert "Another person’s" not in response.content.decode()
