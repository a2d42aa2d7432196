"""An account is deleted, one way or another: what is private goes with it, what hangs stays in reach."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision, TaskState

from cms.core.storage import STORAGE_PROBLEMS, PrivateDiskStorage
from cms.jobs.periodic import tend
from cms.mail.models import Message
from cms.people.models import User
from gallery import permissions
from gallery.enums import EntryState
from gallery.models.consents import PicturedPerson
from gallery.models.corrections import Suggestion
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.models.masters import Master
from gallery.models.reviews import ReviewDecision
from gallery.services import entries, hanging
from gallery.services.corrections import suggest
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import UserFactory, administrator, moderator
from tests.factories.photos import jpeg, upload
from tests.strangers import stranger

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PEOPLE = [{"name": "Quist", "email": "quist@x.example", "channels": ["web"]}]


def files() -> list[Path]:
    return [file for file in Path(settings.PRIVATE_ROOT).rglob("*") if file.is_file()]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def delete_in_the_admin(person: User) -> None:
    client, address = signed_in(administrator()), f"/admin/users/delete/{person.pk}/"
    asked = client.get(address)
    assert "What hangs on the wall stays there with its credit" in asked.content.decode()
    assert client.post(address).status_code == 302


def delete_among_others(person: User) -> None:
    other = UserFactory()
    client = signed_in(administrator())
    address = f"/admin/bulk/people/user/delete/?id={person.pk}&id={other.pk}"
    assert "What hangs on the wall stays there with its credit" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert not User.objects.filter(pk=other.pk).exists()


DOORS = {
    "admin": delete_in_the_admin,
    "admin, several": delete_among_others,
    "shell": lambda person: person.delete(),
    "shell, several": lambda person: User.objects.filter(pk=person.pk).delete(),
}


@pytest.fixture
def person() -> User:
    return UserFactory(name="Inês Quist-Marsh")


@pytest.mark.parametrize("delete", DOORS.values(), ids=DOORS)
def test_whichever_way_an_account_is_deleted_nothing_private_stays(delete, person, work):
    room = make_exhibition(entries_per_person=20, hang="by-curator")
    drafts = [make_entry("draft", photographer=person, exhibition=room, people=PEOPLE)]
    thrown = make_entry("draft", photographer=person, exhibition=room)
    entries.withdraw(entry=thrown, by=person, now=timezone.now())
    drafts.append(thrown)
    sent = [
        make_entry(state, photographer=person, exhibition=room, people=PEOPLE)
        for state in ("in-review", "on-hold", "changes-asked", "refused", "approved", "withdrawn")
    ]
    suggest(entry=sent[-2], words={"title": "Five"}, why="I counted again.", now=timezone.now())
    empty = entries.start(exhibition=room, photographer=person, now=timezone.now())
    work()
    assert files()

    delete(person)
    work()

    assert not User.objects.filter(pk=person.pk).exists()
    assert files() == []
    assert not Entry.objects.filter(pk__in=[entry.pk for entry in (*drafts, empty)]).exists()
    assert not PicturedPerson.objects.exists()
    assert not Suggestion.objects.exists()
    assert not Message.objects.filter(subject__contains="Four Necks", user=None).exists()
    for entry in Entry.objects.filter(pk__in=[entry.pk for entry in sent]):
        assert entry.state == EntryState.WITHDRAWN
        assert (entry.photographer, entry.photographer_name, entry.caption) == (None, "Deleted account", "")
        assert entry.current_workflow_state is None
        assert not Revision.objects.for_instance(entry).exists()
    assert set(Master.objects.values_list("original_name", "uploaded_by")) == {("", None)}
    assert not ReviewDecision.objects.filter(by_name=person.name).exists()
    assert not ModelLogEntry.objects.filter(label__contains="Quist").exists()
    assert not TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).exists()


def test_what_hangs_stays_with_its_credit_and_staff_can_still_take_it_down(person, work):
    entry = make_entry("hung", photographer=person, people=PEOPLE)
    path = Exhibit.objects.get().path
    person.delete()
    work()
    assert "Inês Quist-Marsh" in stranger().get(path).content.decode()
    assert PicturedPerson.objects.get().name == "Quist"  # what they allowed still holds
    hung = Entry.objects.get(pk=entry.pk)
    assert (hung.state, hung.photographer) == (EntryState.HUNG, None)
    assert hung in permissions.entries_shown_to(moderator())
    for by in (moderator(), administrator()):
        assert signed_in(by).get(f"/admin/snippets/gallery/entry/edit/{entry.pk}/").status_code == 200
        assert signed_in(by).get(f"/admin/snippets/gallery/entry/history/{entry.pk}/").status_code == 200
    hanging.take_down(entry=hung, by=moderator(), reason="They asked us to.", now=timezone.now())
    entries.withdraw(entry=hung, by=moderator(), reason="They asked us to.", now=timezone.now())
    work()
    assert stranger().get(path).status_code == 410
    assert files() == []


def test_administrators_find_what_has_no_account_behind_it(person, work):
    gone = make_entry("in-review", photographer=person, title="The Last Autoclave")
    make_entry("in-review", title="Another's")
    person.delete()
    client = signed_in(administrator())
    listed = client.get("/admin/snippets/gallery/entry/?is_left_behind=true").content.decode()
    assert ("The Last Autoclave" in listed, "Another" in listed) == (True, False)
    for screen in ("edit", "history"):
        assert client.get(f"/admin/snippets/gallery/entry/{screen}/{gone.pk}/").status_code == 200


def test_a_draft_without_its_photographer_cannot_be():
    draft = make_entry("draft")
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=draft.pk).update(photographer=None)


def test_other_peoples_photographs_forget_the_address_and_keep_the_consent(person):
    pictured = [{"name": "Inês", "email": person.email.upper(), "channels": ["web"]}]
    entry = make_entry("hung", people=pictured)
    person.delete()
    assert list(PicturedPerson.objects.of(entry).values_list("name", "email")) == [("Inês", "")]


def test_decisions_on_other_peoples_photographs_still_name_who_took_them():
    judge = moderator(name="Jo Bench")
    entry = make_entry("refused", by=judge)
    judge.delete()
    assert ReviewDecision.objects.of(entry).last().by_name == "Jo Bench"


def test_files_that_could_not_be_deleted_are_deleted_later(person, work, monkeypatch):
    make_entry("draft", photographer=person)
    work()
    with monkeypatch.context() as away:
        away.setattr(PrivateDiskStorage, "delete", _not_now)
        person.delete()
        with pytest.raises(AssertionError):  # the job fails
            work()
        assert files()
    tend(now=timezone.now() + DAY)
    assert files() == []
    assert not Master.objects.exists()


def _not_now(*args: object) -> None:
    raise STORAGE_PROBLEMS[0]


def test_a_photograph_whose_entry_never_came_is_discarded(person):
    from gallery.services import masters

    room = make_exhibition()
    masters.receive(file=upload(jpeg()), limits=room.limits, by=person, now=timezone.now())
    tend(now=timezone.now() + dt.timedelta(minutes=50))
    assert Master.objects.exists()
    tend(now=timezone.now() + dt.timedelta(minutes=70))
    assert files() == []


def test_drafts_are_deleted_ninety_days_after_their_call(work):
    room = make_exhibition()
    draft, sent = make_entry("draft", exhibition=room), make_entry("in-review", exhibition=room)
    asked = entries.start_again(entry=make_entry("changes-asked", exhibition=room), now=timezone.now())
    work()
    closed = timezone.now() - DAY
    type(room).objects.filter(pk=room.pk).update(closes_at=closed)
    Entry.objects.update(updated_at=closed - DAY)
    desk = signed_in(draft.photographer).get(f"/desk/entries/{draft.pk}/").content.decode()
    day = timezone.localtime(closed + 90 * DAY)
    assert f"We delete them on {day:%-d %B %Y}." in desk

    tend(now=closed + 90 * DAY - dt.timedelta(minutes=1))
    assert Entry.objects.filter(pk=draft.pk).exists()
    Entry.objects.filter(pk=asked.pk).update(updated_at=closed + 80 * DAY)
    tend(now=closed + 90 * DAY)
    work()
    assert set(Entry.objects.exclude(state="withdrawn")) == {sent, asked}
    assert set(Master.objects.filter(erased_at=None)) == {sent.master}
    tend(now=closed + 170 * DAY)
    assert not Entry.objects.filter(pk=asked.pk).exists()
