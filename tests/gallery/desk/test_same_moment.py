"""Somebody taps twice, and both arrive before either has been answered."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection

from gallery.desk import entry_form
from gallery.models.entries import Entry
from gallery.models.masters import Master
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import UserFactory
from tests.factories.photos import jpeg, upload
from tests.gallery.desk.forms import desk_url, enter_url, filled_in, signed_in

TAPS = 3

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="two at the same moment need PostgreSQL: SQLite lets in one writer"
    ),
]


@pytest.fixture
def tap(monkeypatch: pytest.MonkeyPatch):
    """Sends the same form several times at once: all have asked what their page has made before any makes
    anything."""
    together = threading.Barrier(TAPS)
    look = entry_form._named_entry

    def look_together(*args):
        found = look(*args)
        together.wait(20)
        return found

    monkeypatch.setattr(entry_form, "_named_entry", look_together)

    def tap(person, exhibition, forms):
        answers = []

        def send(fields):
            try:
                answers.append(signed_in(person).post(enter_url(exhibition), {**fields, "page": "abc123"}))
            finally:
                connection.close()

        cache.clear()
        threads = [threading.Thread(target=send, args=(fields,)) for fields in forms]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert len(answers) == TAPS
        return [(answer.status_code, answer.get("Location")) for answer in answers]

    return tap


@pytest.mark.parametrize("places", [1, 3])
@pytest.mark.parametrize(
    ("words", "pictures", "action"),
    [({"title": "Twice"}, 0, "save"), ({"title": "Twice"}, 1, "save"), ({}, 1, "photo")],
)
def test_a_form_sent_at_the_same_moment_makes_one_draft(tap, work, places, action, words, pictures):
    forms = [{**words, "photo": [upload()] * pictures, "action": action} for _ in range(TAPS)]
    answers = tap(UserFactory(), make_exhibition(entries_per_person=places), forms)
    work()
    entry = Entry.objects.get()
    assert answers == [(302, desk_url(entry, "edit/" if action == "photo" else ""))] * TAPS
    assert (entry.title, Master.objects.count()) == (words.get("title", ""), pictures)


def test_several_pictures_make_one_draft_each(tap, work):
    pictures = [[upload(jpeg(tone=number), f"{number}.jpg") for number in range(3)] for _ in range(TAPS)]
    forms = [{"photo": photos, "action": "save"} for photos in pictures]
    tap(UserFactory(), make_exhibition(entries_per_person=3), forms)
    work()
    assert (Entry.objects.count(), Master.objects.count()) == (3, 3)


def test_what_is_sent_in_at_the_same_moment_is_sent_in_once(tap, work):
    fields = filled_in()
    answers = tap(UserFactory(), make_exhibition(), [{**fields, "photo": upload()} for _ in range(TAPS)])
    work()
    entry = Entry.objects.get()
    assert answers == [(302, desk_url(entry))] * TAPS
    assert (entry.state, entry.master) == ("in-review", Master.objects.get())
