"""What photographers may do, when, and what they are told when they may not."""

import datetime as dt

import pytest
from django.core.files.storage import storages
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from cms.images.validate import PhotoRefused
from cms.mail.models import Message
from gallery.models.consents import PicturedPerson
from gallery.models.entries import CLEARANCES, Entry
from gallery.models.masters import Master, MasterIsFinal
from gallery.models.reviews import EntryReviewTask, ReviewDecision
from gallery.services import entries, reviews
from tests.factories.entries import complete_words, make_entry
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import TechnicianFactory, UserFactory, moderator
from tests.factories.photos import jpeg, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


# --- Starting


def test_a_draft_knows_its_technician(now):
    technician = TechnicianFactory(user__name="Trần Mai Anh", role="Insectary Technician")
    entry = entries.start(exhibition=make_exhibition(), photographer=technician.user, now=now)
    assert (entry.photographer_name, entry.photographer_role, entry.department) == (
        "Trần Mai Anh",
        "Insectary Technician",
        technician.department,
    )
    assert (entry.state, entry.live) == ("draft", False)


@pytest.mark.parametrize(
    ("opens", "closes", "sentence"), [(-10, -1, "has closed"), (1, 10, "is not open for entries yet")]
)
def test_the_call_has_dates(now, opens, closes, sentence):
    day = dt.timedelta(days=1)
    exhibition = make_exhibition(opens_at=now + opens * day, closes_at=now + closes * day)
    with pytest.raises(entries.CallClosed, match=sentence):
        entries.start(exhibition=exhibition, photographer=UserFactory(), now=now)
    assert Entry.objects.count() == 0


def test_the_edition_has_a_number_of_places(now):
    exhibition, photographer = make_exhibition(entries_per_person=2), UserFactory()
    words = {"fields": {"title": "One"}, "now": now}
    first = entries.start(exhibition=exhibition, photographer=photographer, **words)
    entries.start(exhibition=exhibition, photographer=photographer, **words)
    with pytest.raises(entries.TooManyEntries, match="You have 2 entries already"):
        entries.start(exhibition=exhibition, photographer=photographer, **words)
    entries.withdraw(entry=first, by=photographer, now=now)
    entries.start(exhibition=exhibition, photographer=photographer, **words)
    entries.start(exhibition=exhibition, photographer=UserFactory(), **words)
    assert Entry.objects.count() == 4


# --- The photograph


def test_a_refused_photograph_stores_nothing(now):
    entry = make_entry("draft", exhibition=make_exhibition(min_long_edge=64))
    before = set(storages["private"].listdir("masters")[1])
    with pytest.raises(PhotoRefused, match="64"):
        entries.attach_photo(entry=entry, file=upload(jpeg(60, 40)), now=now)
    with pytest.raises(PhotoRefused):
        entries.attach_photo(entry=entry, file=upload(b"<svg/>", "photo.jpg"), now=now)
    assert set(storages["private"].listdir("masters")[1]) == before
    assert Master.objects.count() == 1


def test_a_draft_may_change_its_photograph_and_the_old_one_goes(now, work):
    entry = make_entry("draft")
    first = entry.master
    second = entries.attach_photo(entry=entry, file=upload(jpeg(tone=99)), now=now)
    work()
    entry = Entry.objects.get(pk=entry.pk)
    assert entry.master == second
    assert storages["private"].exists(second.file.name)
    assert not storages["private"].exists(first.file.name)
    assert Master.objects.count() == 1


@pytest.mark.parametrize(
    "state", ["in-review", "on-hold", "changes-asked", "refused", "approved", "hung", "withdrawn"]
)
def test_the_photograph_is_final_once_sent_in(now, state):
    entry = make_entry(state)
    digest = entry.master.sha256
    with pytest.raises(entries.PhotoIsFinal):
        entries.attach_photo(entry=entry, file=upload(jpeg(tone=99)), now=now)
    assert Entry.objects.get(pk=entry.pk).master.sha256 == digest


def test_a_master_is_written_once():
    master = make_entry("draft").master
    master.width = 9999
    with pytest.raises(MasterIsFinal):
        master.save()
    with pytest.raises(MasterIsFinal):
        master.save(update_fields=["file"])


def test_its_name_never_reaches_the_disk(now):
    entry = make_entry("draft")
    for name in ("../../../../etc/passwd.jpg", "shell.php.jpg", "photo\u202egpj.exe", ".jpg", "C:\\x.jpg"):
        master = entries.attach_photo(entry=entry, file=upload(jpeg(tone=9), name), now=now)
        folder, _, stored = master.file.name.partition("/")
        assert (folder, len(stored), stored[-4:]) == ("masters", 36, ".jpg")


# --- Words


def test_drafts_keep_whatever_was_typed(now):
    entry = make_entry("draft")
    entries.save_words(
        entry=entry, fields={"caption": "word " * 200, "alt_text": "", "title": "Half\x00 done"}, now=now
    )
    entry = Entry.objects.get(pk=entry.pk)
    assert (entry.title, entry.alt_text, len(entry.caption.split())) == ("Half done", "", 200)


@pytest.mark.parametrize("state", ["in-review", "on-hold", "approved", "hung", "withdrawn"])
def test_words_cannot_change_while_or_after_they_are_decided_on(now, state):
    entry = make_entry(state)
    with pytest.raises(entries.NotEditable):
        entries.save_words(entry=entry, fields={"title": "Something else"}, now=now)
    assert Entry.objects.get(pk=entry.pk).title == "Four Necks"


def test_photographers_do_not_set_what_moderators_set(now):
    entry = make_entry("draft")
    with pytest.raises(ValueError, match="state"):
        entries.save_words(entry=entry, fields={"state": "approved"}, now=now)


# --- Sending in


@pytest.mark.parametrize(
    ("words", "field", "sentence"),
    [
        ({"title": " "}, "title", "Please give it a title."),
        ({"caption": ""}, "caption", "Please say what is happening"),
        ({"caption": "word " * 81}, "caption", "it has 81"),
        ({"technique": "word " * 41}, "technique", "it has 41"),
        ({"alt_text": ""}, "alt_text", "Please describe the picture"),
        ({"alt_text": "A flask."}, "alt_text", "at least 20 characters"),
        ({"taken_on": ""}, "taken_on", "Please say when you took it."),
        ({"taken_on": "last May"}, "taken_on", "such as 2026-03"),
        ({"taken_on": "2026-13"}, "taken_on", "such as 2026-03"),
        ({"taken_on": "2199-01"}, "taken_on", "still to come"),
        ({"taken_on": "2001-01"}, "taken_on", "up to 5 years old"),
        ({"category": None}, "category", "Please choose a category."),
        ({"department": None}, "department", "Please choose your department."),
        ({"people": ""}, "people", "whether anybody can be recognised"),
        ({"people": "listed"}, "people", "the name of each person"),
        *(({name: ""}, name, "Please choose one.") for name in CLEARANCES if name != "clear_people"),
    ],
)
def test_every_gap_is_named_with_its_field(now, words, field, sentence):
    entry = make_entry("draft", **words)
    with pytest.raises(entries.Incomplete) as refused:
        entries.submit(entry=entry, now=now)
    assert list(refused.value.problems) == [field]
    assert sentence in refused.value.problems[field]
    assert Entry.objects.get(pk=entry.pk).state == "draft"


def test_a_draft_without_photograph_cannot_be_sent_in(now):
    entry = entries.start(exhibition=make_exhibition(), photographer=UserFactory(), now=now)
    entries.save_words(entry=entry, fields=complete_words(), now=now)
    with pytest.raises(entries.Incomplete) as refused:
        entries.submit(entry=entry, now=now)
    assert refused.value.problems == {"photo": "Please choose a photograph."}


def test_sending_in_starts_the_review_and_tells_everybody(now, work, mailoutbox):
    reviewer = moderator()
    entry = make_entry("in-review", people=[{"name": "Callum Fairweather", "email": ""}])
    work()
    assert entry.current_workflow_task.name == "Clear the photograph"
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        ([entry.photographer.email], "We have your photograph: Four Necks"),
        ([reviewer.email], "A photograph is waiting: Four Necks"),
    ]
    assert [str(line) for line in ReviewDecision.objects.of(entry)] == [f"Sent in by {entry.photographer}"]


def test_sending_in_twice_is_refused(now):
    entry = make_entry("in-review")
    with pytest.raises(entries.NotEditable):
        entries.submit(entry=entry, now=now)


def test_without_a_review_step_nothing_is_sent_in(now):
    entry = make_entry("draft")
    EntryReviewTask.objects.update(active=False)
    with pytest.raises(entries.ReviewNotSetUp):
        entries.submit(entry=entry, now=now)
    assert Entry.objects.get(pk=entry.pk).state == "draft"


def test_changes_asked_for_may_come_after_the_call_has_closed(now):
    entry = make_entry("changes-asked")
    later = entry.exhibition.closes_at + dt.timedelta(days=1)
    entries.save_words(entry=entry, fields={"title": "Four Necks, No Label"}, now=later)
    entries.submit(entry=entry, now=later)
    entry = Entry.objects.get(pk=entry.pk)
    assert entry.state == "in-review"
    reviews.approve(entry=entry, by=moderator(), reason="Cleared.", seen=entry.latest_revision_id)
    assert Entry.objects.get(pk=entry.pk).title == "Four Necks, No Label"


def test_a_refused_entry_may_come_again_while_the_call_is_open(now):
    entry = make_entry("refused")
    with pytest.raises(entries.CallClosed):
        entries.submit(entry=entry, now=entry.exhibition.closes_at)
    entries.submit(entry=entry, now=now)
    assert Entry.objects.get(pk=entry.pk).state == "in-review"


# --- Taking back and starting again


@pytest.mark.parametrize("state", ["draft", "in-review", "on-hold", "changes-asked", "refused", "approved", "hung"])
def test_withdrawing_works_from_every_state_and_is_final(now, work, state):
    entry = make_entry(state)
    entries.withdraw(entry=entry, by=entry.photographer, now=now)
    work()
    entry = Entry.objects.get(pk=entry.pk)
    assert (entry.state, entry.live, entry.current_workflow_state) == ("withdrawn", False, None)
    with pytest.raises(entries.AlreadyWithdrawn):
        entries.withdraw(entry=entry, by=entry.photographer, now=now)
    with pytest.raises(entries.NotEditable):
        entries.submit(entry=entry, now=now)


def test_staff_withdraw_with_a_reason(now):
    entry = make_entry("hung")
    with pytest.raises(entries.EntryRefused, match="Please give a reason"):
        entries.withdraw(entry=entry, by=moderator(), reason=" ", now=now)
    entries.withdraw(entry=entry, by=moderator(), reason="The person in red changed their mind.", now=now)
    assert Entry.objects.get(pk=entry.pk).reason == "The person in red changed their mind."


def test_starting_again_keeps_the_words_but_not_what_was_said_about_the_picture(now):
    entry = make_entry("changes-asked", people=[{"name": "Callum Fairweather", "email": ""}])
    fresh = entries.start_again(entry=entry, now=now)
    assert Entry.objects.get(pk=entry.pk).state == "withdrawn"
    assert (fresh.state, fresh.reason) == ("changes-asked", entry.reason)
    assert (fresh.master, fresh.title, fresh.caption) == (None, entry.title, entry.caption)
    assert fresh.public_id != entry.public_id
    assert (fresh.people, [getattr(fresh, name) for name in CLEARANCES]) == ("", [""] * len(CLEARANCES))
    assert not PicturedPerson.objects.of(fresh).exists()


def test_another_picture_that_we_asked_for_may_come_after_the_call_has_closed(now):
    entry = make_entry("changes-asked")
    later = entry.exhibition.closes_at + dt.timedelta(days=1)
    fresh = entries.start_again(entry=entry, now=later)
    entries.attach_photo(entry=fresh, file=upload(jpeg(tone=77)), now=later)
    entries.save_words(entry=fresh, fields={"people": "none", **dict.fromkeys(CLEARANCES, "yes")}, now=later)
    fresh = entries.submit(entry=fresh, now=later)
    assert (fresh.state, fresh.current_workflow_task.name) == ("in-review", "Clear the photograph")
    with pytest.raises(entries.PhotoIsFinal):
        entries.attach_photo(entry=fresh, file=upload(), now=later)


def test_starting_again_of_ones_own_accord_needs_an_open_call(now):
    entry = make_entry("refused")
    with pytest.raises(entries.CallClosed):
        entries.start_again(entry=entry, now=entry.exhibition.closes_at)
    assert Entry.objects.get(pk=entry.pk).state == "refused"


# --- Mail


def test_a_mail_that_fails_is_tried_again_later(now, settings, work, mailoutbox):
    from cms.mail import sending as messages

    make_entry("in-review")
    settings.EMAIL_BACKEND = "tests.gallery.services.test_entries.BrokenBackend"
    assert messages.send_due(now=now) == 0
    message = Message.objects.first()
    assert (message.tries, message.sent_at, message.next_try_at) == (1, None, now + dt.timedelta(minutes=1))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert messages.send_due(now=now + dt.timedelta(seconds=59)) == 0
    assert messages.send_due(now=now + dt.timedelta(minutes=1)) == Message.objects.count()
    assert len(mailoutbox) == Message.objects.count()


class BrokenBackend(BaseEmailBackend):
    def send_messages(self, messages: list) -> int:
        raise ConnectionRefusedError("the mail server is away")
