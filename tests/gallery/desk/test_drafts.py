"""What makes a draft, what does not, and whom the form asks about the people in a picture."""

import pytest
from django.utils import timezone

from gallery.models.entries import Entry
from gallery.models.masters import Master
from gallery.services import entries
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import TechnicianFactory, UserFactory
from tests.factories.photos import upload
from tests.gallery.desk.forms import desk_url, enter_url, filled_in, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("action", ["save", "photo", "submit"])
@pytest.mark.parametrize("photo", [None, b"GIF89a no picture"])
def test_nothing_takes_no_place(action, photo):
    """Neither a form on which nothing was written nor a file that is refused, whatever was filled in beforehand."""
    technician = TechnicianFactory()
    fields = {"department": technician.department.slug, "licence": "cc-by-4.0", "credit_name": "role"}
    files = {"photo": upload(photo)} if photo else {}
    client, exhibition = signed_in(technician.user), make_exhibition()
    response = client.post(enter_url(exhibition), {**fields, **files, "page": "abc123", "action": action})
    assert (response.status_code, 'href="#photo"' in response.content.decode()) == (422, True)
    assert (Entry.objects.count(), Master.objects.count()) == (0, 0)
    assert "You can send 3 more photographs" in response.content.decode()


def test_a_picture_alone_keeps_what_was_chosen_beside_it():
    exhibition, client = make_exhibition(), signed_in(UserFactory())
    chosen = {"licence": "cc-by-4.0", "credit_name": "role", "action": "photo"}
    client.post(enter_url(exhibition), {"photo": upload(), **chosen})
    entry = Entry.objects.get()
    assert (entry.master is None, entry.licence, entry.credit_name) == (False, "cc-by-4.0", "role")


def test_words_alone_are_a_draft_that_its_page_leads_to():
    exhibition, person = make_exhibition(), UserFactory()
    client, address = signed_in(person), enter_url(exhibition)
    assert client.get(f"{address}?page=abc123").status_code == 200
    client.post(address, {"alt_text": "Two gloved hands", "page": "abc123", "action": "photo"})
    entry = Entry.objects.get()
    assert (entry.alt_text, entry.master) == ("Two gloved hands", None)
    assert client.get(f"{address}?page=abc123")["Location"] == desk_url(entry, "edit/")
    assert signed_in(UserFactory()).get(f"{address}?page=abc123").status_code == 200


@pytest.mark.parametrize(
    ("people", "answer", "kept"), [("none", "", "na"), ("none", "fix", "fix"), ("listed", "", "")]
)
def test_where_nobody_can_be_recognised_nobody_is_asked_whether_they_agreed(people, answer, kept):
    fields = filled_in(
        people=people, clear_people=answer, **{"people-0-name": "Sam Reed"} if people == "listed" else {}
    )
    response = signed_in(UserFactory()).post(enter_url(make_exhibition()), fields)
    entry = Entry.objects.get()
    assert (response.status_code, entry.clear_people) == (422 if people == "listed" else 302, kept)


def test_a_mistake_in_a_name_is_told_together_with_what_is_not_answered():
    fields = filled_in(people="listed", clear_people="", **{"people-0-name": "Sam Reed", "people-0-email": "x@"})
    html = signed_in(UserFactory()).post(enter_url(make_exhibition()), fields).content.decode()
    assert ('href="#people"' in html, 'href="#clear_people"' in html) == (True, True)


def test_somebody_recognised_after_all_is_asked():
    entry = make_entry("draft", people="none", clear_people="")
    assert entry.clear_people == "na"
    fields = filled_in(photo=None, people="listed", clear_people=None, **{"people-0-name": "Sam Reed"})
    response = signed_in(entry.photographer).post(desk_url(entry, "edit/"), fields)
    assert (response.status_code, 'href="#clear_people"' in response.content.decode()) == (422, True)


def test_limits_and_sentences_come_from_the_service():
    entry = make_entry("draft", caption="word " * 81)
    response = signed_in(entry.photographer).post(
        desk_url(entry, "edit/"), filled_in(photo=None, caption="word " * 81, action="submit")
    )
    assert "Please keep this to 80 words, so that it fits the label; it has 81." in response.content.decode()
    assert entries.problems(Entry.objects.get(), now=timezone.now())["caption"].endswith("it has 81.")


WORDS = {"title": "First words", "caption": "More", "taken_on": "2026-03", "page": "abc123", "action": "photo"}
NO_WORDS = {**WORDS, "title": "", "caption": " ", "taken_on": ""}


def emptied_draft(exhibition, client):
    client.post(enter_url(exhibition), WORDS)
    client.post(enter_url(exhibition), NO_WORDS)
    entry = Entry.objects.get()
    assert entry.is_empty
    return entry


def test_a_draft_that_was_emptied_gives_its_place_back():
    exhibition, person = make_exhibition(entries_per_person=1), UserFactory()
    client = signed_in(person)
    emptied_draft(exhibition, client)
    assert not Entry.objects.by(person).counting().exists()
    assert client.get(enter_url(exhibition)).status_code == 200
    response = client.post(enter_url(exhibition), {"title": "Another", "page": "def456", "action": "save"})
    assert (response.status_code, Entry.objects.counting().get().title) == (302, "Another")


@pytest.mark.parametrize("give", [lambda: {"title": "Back again"}, lambda: {"photo": upload()}])
def test_and_takes_it_again_with_the_first_word_or_a_picture(give):
    exhibition, person = make_exhibition(entries_per_person=1), UserFactory()
    client = signed_in(person)
    emptied = emptied_draft(exhibition, client)
    make_entry("draft", exhibition=exhibition, photographer=person, title="Another")
    for address in (desk_url(emptied, "edit/"), enter_url(exhibition)):
        response = client.post(address, {**NO_WORDS, **give()})
        assert response.status_code == 409
        assert "which is the most for one person" in response.content.decode()
        assert give().get("title", "") in response.content.decode()
        emptied.refresh_from_db()
        assert emptied.is_empty
    assert Entry.objects.by(person).counting().count() == 1
    assert not Master.objects.filter(pk__gt=Entry.objects.get(title="Another").master_id or 0).exists()
    Entry.objects.filter(title="Another").update(state="withdrawn")
    assert client.post(desk_url(emptied, "edit/"), {**NO_WORDS, **give()}).status_code in (200, 302, 422)
    assert Entry.objects.by(person).counting().get() == emptied
