"""Several photographs sent at once, as a browser without scripts sends them."""

import pytest
from django.contrib.messages import get_messages

from gallery.enums import EntryState
from gallery.models.entries import Entry
from gallery.models.masters import Master
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import UserFactory
from tests.factories.photos import jpeg, upload
from tests.gallery.desk.forms import desk_url, enter_url, filled_in, signed_in

pytestmark = pytest.mark.django_db


def three() -> list:
    return [upload(jpeg(tone=number), f"IMG_{number}.jpg") for number in (1, 2, 3)]


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_the_first_belongs_to_the_form_and_the_others_become_drafts():
    exhibition, client = make_exhibition(), signed_in(UserFactory())
    response = client.post(enter_url(exhibition), filled_in(photo=three()))
    first, *others = Entry.objects.order_by("pk").select_related("master")
    assert response["Location"] == desk_url(first)
    assert (first.state, first.title, first.master.original_name) == (
        EntryState.IN_REVIEW,
        "Four Necks",
        "IMG_1.jpg",
    )
    kept = [(entry.state, entry.title, entry.caption, entry.master.original_name) for entry in others]
    assert kept == [("draft", "", "", "IMG_2.jpg"), ("draft", "", "", "IMG_3.jpg")]
    page = client.get(response["Location"]).content.decode()
    for entry in others:
        assert f"“{entry.master.original_name}”, <a href='{desk_url(entry, 'edit/')}'>go on with it</a>" in page


def test_the_form_lists_the_other_drafts_by_the_names_of_their_files():
    exhibition, client = make_exhibition(), signed_in(UserFactory())
    response = client.post(enter_url(exhibition), {"photo": three()[:2], "action": "photo"})
    first, second = Entry.objects.order_by("pk")
    assert response["Location"] == desk_url(first, "edit/")
    page = client.get(response["Location"]).content.decode()
    assert "Also kept: “IMG_2.jpg”" in page
    assert desk_url(second, "edit/") in page
    assert "“IMG_1.jpg”" not in page
    assert told(response) == []


def test_those_that_fit_are_kept_and_the_others_are_named():
    exhibition, person = make_exhibition(entries_per_person=3), UserFactory()
    make_entry("in-review", exhibition=exhibition, photographer=person)
    response = signed_in(person).post(enter_url(exhibition), {"photo": three(), "action": "save"})
    assert sorted(Entry.objects.values_list("master__original_name", flat=True)) == [
        "IMG_0001.jpg",
        "IMG_1.jpg",
        "IMG_2.jpg",
    ]
    assert told(response)[0] == (
        "“IMG_3.jpg” could not be kept as well. You have 3 entries already, which is the most for one person. "
        "On your desk you can withdraw one, or throw a draft away, if you would rather send another."
    )
    assert Master.objects.count() == 3


def test_a_bad_file_among_them_loses_no_other():
    files = [three()[0], upload(b"GIF89a no picture", "moving.gif"), three()[2]]
    response = signed_in(UserFactory()).post(enter_url(make_exhibition()), {"photo": files, "action": "save"})
    assert [entry.master.original_name for entry in Entry.objects.order_by("pk")] == ["IMG_1.jpg", "IMG_3.jpg"]
    assert told(response)[0].startswith("“moving.gif” was not kept. This is a GIF picture")


@pytest.mark.parametrize("extra", [1, 3 * 1024 * 1024])
def test_a_file_that_is_too_large_among_them_is_named(extra):
    exhibition = make_exhibition(max_megabytes=1)
    large = upload(b"\xff\xd8" + b"\0" * (1024 * 1024 + extra), "large.jpg")
    client = signed_in(UserFactory())
    response = client.post(enter_url(exhibition), {"photo": [three()[0], large, three()[2]], "action": "save"})
    assert [entry.master.original_name for entry in Entry.objects.order_by("pk")] == ["IMG_1.jpg", "IMG_3.jpg"]
    assert told(response)[0].startswith("“large.jpg” was not kept")


def test_no_more_is_read_than_all_places_may_hold():
    exhibition = make_exhibition(max_megabytes=1, entries_per_person=1)
    files = [upload(jpeg() + b"\0" * 900_000, f"{number}.jpg") for number in range(4)]
    response = signed_in(UserFactory()).post(enter_url(exhibition), {"photo": files, "action": "save"})
    assert "“2.jpg” was not kept: it is larger than the 1 MB we can take." in " ".join(told(response))
    assert Entry.objects.count() == 1


def test_the_same_page_sent_twice_makes_no_draft_twice(work):
    exhibition, client = make_exhibition(entries_per_person=9), signed_in(UserFactory())
    for _ in range(2):
        client.post(enter_url(exhibition), {"photo": three(), "page": "abc123", "action": "save"})
    work()
    assert (Entry.objects.count(), Master.objects.count()) == (3, 3)


def test_an_entry_that_was_sent_in_takes_no_others():
    entry = make_entry("changes-asked")
    data = {"photo": three(), "action": "save"}
    response = signed_in(entry.photographer).post(desk_url(entry, "edit/"), data)
    assert (response.status_code, Entry.objects.count(), Master.objects.count()) == (422, 1, 1)


def test_several_are_offered_only_while_there_are_places():
    person, exhibition = UserFactory(), make_exhibition(entries_per_person=2)
    client = signed_in(person)
    assert 'id="photo" multiple' in client.get(enter_url(exhibition)).content.decode()
    entry = make_entry("draft", exhibition=exhibition, photographer=person)
    for address in (enter_url(exhibition), desk_url(entry, "edit/")):
        assert 'id="photo" accept' in client.get(address).content.decode()
