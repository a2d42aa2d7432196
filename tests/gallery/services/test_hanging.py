"""From approval to the wall, off it again, and what happens when a worker dies in between."""

import datetime as dt

import pytest
from django.core.files.storage import storages
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.changes.models import Change
from cms.jobs.periodic import tend
from gallery.enums import EXHIBIT, EntryState
from gallery.models.consents import PicturedPerson
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.models.reviews import ReviewDecision
from gallery.services import curating, entries, failures, hanging, reviews
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import UserFactory, curator, moderator

pytestmark = pytest.mark.django_db


def public_files() -> list[str]:
    storage = storages["public"]
    found = []
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            inside, names = storage.listdir(folder)
        except FileNotFoundError:
            continue
        folders += [f"{folder}/{name}".lstrip("/") for name in inside]
        found += [f"{folder}/{name}" for name in names]
    return sorted(found)


def test_approval_rings_and_the_worker_hangs(work):
    entry = make_entry("approved")
    assert Exhibit.objects.count() == 0
    assert public_files() == []
    work()
    entry.refresh_from_db()
    exhibit = Exhibit.objects.get()
    assert entry.state == EntryState.HUNG
    assert (exhibit.public_id, exhibit.title, exhibit.credit) == (
        entry.public_id,
        "Four Necks",
        f"Photo: {entry.photographer_name}, Our university",
    )
    assert public_files() == sorted(source["key"] for source in exhibit.sources)
    assert [(source["type"], source["width"], source["height"]) for source in exhibit.sources] == [
        ("image/avif", 120, 80),
        ("image/jpeg", 120, 80),
    ]


def test_hanging_twice_hangs_once(work):
    entry = make_entry("hung")
    before = Exhibit.objects.get().sources
    assert hanging.hang_if_due(entry_id=entry.pk) is None
    work()
    assert Exhibit.objects.get().sources == before
    assert ReviewDecision.objects.of(entry).filter(decision="hung").count() == 1


def test_approving_twice_hangs_once(work):
    entry = make_entry("in-review")
    reviews.approve(entry=entry, by=moderator(), reason="Cleared.")
    with pytest.raises(reviews.DecidedMeanwhile):
        reviews.approve(entry=entry, by=moderator(), reason="Cleared.")
    work()
    assert Exhibit.objects.count() == 1


def jobs_waiting() -> list[str]:
    return sorted(" ".join(job.args_kwargs["args"]) for job in DBTaskResult.objects.ready())


def test_a_photograph_makes_few_jobs_on_its_way(work):
    """However many there are to tell, and nothing for Wagtail's indexes."""
    for _ in range(3):
        moderator()
    edition = make_exhibition()
    DBTaskResult.objects.all().delete()
    entry = make_entry("in-review", exhibition=edition)
    DBTaskResult.objects.filter(args_kwargs__args__0="people").delete()  # the factory's new department is indexed
    assert jobs_waiting() == ["make preview", "send mail"]
    DBTaskResult.objects.all().delete()
    reviews.approve(entry=entry, by=moderator(), reason="Cleared.")
    assert jobs_waiting() == ["hang next", "send mail"]
    DBTaskResult.objects.all().delete()
    hanging.hang_next()
    assert jobs_waiting() == ["send mail"]


def test_thirty_photographs_of_one_person_keep_nobody_waiting(monkeypatch):
    edition = make_exhibition(entries_per_person=30)
    keen, brief, late = UserFactory(), UserFactory(), UserFactory()

    def approved(person):
        return make_entry("approved", exhibition=edition, photographer=person)

    many = [approved(keen) for _ in range(5)]
    one = approved(brief)
    assert jobs_waiting().count("hang next") == 1
    order = []
    for number in range(7):
        before = set(Exhibit.objects.values_list("pk", flat=True))
        hanging.hang_next()
        order += set(Exhibit.objects.values_list("pk", flat=True)) - before
        if number == 2:
            another = approved(late)
        assert jobs_waiting().count("hang next") == 1
    assert order == [entry.public_id for entry in (many[0], one, many[1], another, *many[2:])]


def test_what_returns_with_its_edition_comes_after_what_is_new():
    new, returning = make_entry("approved"), make_entry("approved")
    past = timezone.now() - dt.timedelta(days=30)
    Entry.objects.filter(pk=returning.pk).update(hang_asked_at=past, hung_at=past)
    turns = Entry.objects.due_to_hang().in_turn()
    assert [entry.pk for entry in turns] == [new.pk, returning.pk]


def test_one_that_has_to_wait_or_is_being_hung_holds_up_nobody():
    now = timezone.now()
    busy, free = make_entry("approved"), make_entry("approved")
    Entry.objects.filter(pk=busy.pk).update(hanging_until=now + dt.timedelta(minutes=1))
    hanging.hang_next(now=now)
    assert [exhibit.public_id for exhibit in Exhibit.objects.all()] == [free.public_id]
    hanging.hang_next(now=now)  # nobody is left


def test_an_edition_that_hangs_at_its_opening_waits_for_it(work):
    opens = timezone.now() + dt.timedelta(days=60)
    entry = make_entry("approved", exhibition=make_exhibition(hang="at-opening", on_show_from=opens))
    work()
    tend(now=opens - dt.timedelta(seconds=1))
    assert Exhibit.objects.count() == 0
    tend(now=opens)
    work()
    assert Exhibit.objects.get().public_id == entry.public_id


def test_a_curated_edition_waits_for_its_curator(work):
    entry = make_entry("approved", exhibition=make_exhibition(hang="by-curator"))
    work()
    tend()
    assert Exhibit.objects.count() == 0
    hanging.ask_to_hang(entry=entry, by=curator(), now=timezone.now())
    work()
    assert Exhibit.objects.get().public_id == entry.public_id


@pytest.mark.parametrize("state", ["draft", "in-review", "on-hold", "changes-asked", "refused", "withdrawn"])
def test_what_is_not_approved_cannot_be_hung(state, work):
    entry = make_entry(state)
    with pytest.raises(hanging.CannotHang):
        hanging.ask_to_hang(entry=entry, by=curator(), now=timezone.now())
    Entry.objects.filter(pk=entry.pk).update(hang_asked_at=timezone.now())
    assert hanging.hang_if_due(entry_id=entry.pk) is None
    assert Exhibit.objects.count() == 0


def test_taking_down_removes_every_public_byte_and_leaves_a_tombstone(work):
    entry = make_entry("hung")
    hanging.take_down(entry=entry, by=curator(), reason="The roof leaks above it.", now=timezone.now())
    assert Exhibit.objects.count() == 0
    work()
    entry.refresh_from_db()
    assert public_files() == []
    assert (entry.state, entry.media) == (EntryState.APPROVED, "")
    assert [(change.key, change.how) for change in Change.objects.all()] == [
        (entry.public_id, "upsert"),
        (entry.public_id, "removed"),
    ]


def test_what_was_taken_down_stays_down_until_asked(work):
    entry = make_entry("hung")
    hanging.take_down(entry=entry, by=curator(), reason="The roof leaks above it.", now=timezone.now())
    work()
    tend()
    work()
    assert Exhibit.objects.count() == 0


def test_hanging_again_keeps_the_address_and_uses_new_files(work):
    entry = make_entry("hung")
    before = Exhibit.objects.get()
    hanging.take_down(entry=entry, by=curator(), reason="The roof leaks above it.", now=timezone.now())
    hanging.ask_to_hang(entry=entry, by=curator(), now=timezone.now())
    work()
    again = Exhibit.objects.get()
    assert again.path == before.path
    assert {s["key"] for s in again.sources}.isdisjoint(s["key"] for s in before.sources)
    assert public_files() == sorted(source["key"] for source in again.sources)


def test_withdrawing_deletes_public_and_private_files(work):
    entry = make_entry("hung")
    work()  # makes the preview
    private = storages["private"]
    entry.master.refresh_from_db()
    names = [entry.master.file.name, entry.master.preview.name]
    assert [private.exists(name) for name in names] == [True, True]
    entries.withdraw(entry=entry, by=entry.photographer, now=timezone.now())
    work()
    assert Exhibit.objects.count() == 0
    assert public_files() == []
    assert [private.exists(name) for name in names] == [False, False]


def test_withdrawn_while_it_is_being_hung_never_shows(work, monkeypatch):
    """The photographer is quicker than the encoder."""
    entry = make_entry("approved")
    make = hanging.make_derivatives

    def slow(being_hung):
        sources = make(being_hung)
        entries.withdraw(entry=entry, by=entry.photographer, now=timezone.now())
        return sources

    monkeypatch.setattr(hanging, "make_derivatives", slow)
    assert hanging.hang_if_due(entry_id=entry.pk) is None
    work()
    assert Exhibit.objects.count() == 0
    assert public_files() == []
    assert Entry.objects.get(pk=entry.pk).state == EntryState.WITHDRAWN


class Killed(BaseException):
    """Stands for SIGKILL: no handler of ours catches it."""


def test_a_worker_killed_half_way_finishes_after_restart(work, monkeypatch):
    entry = make_entry("approved")
    make = hanging.make_derivatives

    def die(being_hung):
        make(being_hung)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(hanging, "make_derivatives", die)
        with pytest.raises(Killed):
            hanging.hang_if_due(entry_id=entry.pk)
    left_behind = public_files()
    assert len(left_behind) == 2
    assert Exhibit.objects.count() == 0

    tend()  # an ordinary round respects the dead worker's lease
    assert Exhibit.objects.count() == 0
    tend(now=timezone.now() + hanging.LEASE)
    exhibit = Exhibit.objects.get()
    assert public_files() == sorted(source["key"] for source in exhibit.sources)
    assert set(left_behind).isdisjoint(public_files())


def test_a_database_that_goes_away_under_a_hanging_delays_it_no_longer_than_it_is_away(monkeypatch):
    entry = make_entry("approved")
    now = timezone.now()

    def away(*of, **more):
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as patched:
        patched.setattr(hanging, "make_derivatives", away)
        patched.setattr(hanging, "_lease", away)
        patched.setattr(failures, "note", away)
        with pytest.raises(OperationalError):
            hanging.hang_if_due(entry_id=entry.pk, now=now)
    assert Entry.objects.get().hanging_until > now
    assert hanging.hang_if_due(entry_id=entry.pk, now=now) == Exhibit.objects.get()


def test_a_hanging_that_fails_is_tried_again(monkeypatch):
    entry = make_entry("approved")
    now = timezone.now()

    def fail(being_hung):
        raise OSError("the bucket is away")

    with monkeypatch.context() as patched:
        patched.setattr(hanging, "make_derivatives", fail)
        with pytest.raises(OSError, match="the bucket is away"):
            hanging.hang_if_due(entry_id=entry.pk, now=now)
    assert tend(now=now + dt.timedelta(seconds=30))["hung"] == 0
    assert tend(now=now + dt.timedelta(minutes=1))["hung"] == 1


@pytest.mark.parametrize(
    ("channels", "shared"),
    [
        (["web", "other-sites", "print", "press", "social"], True),
        (["web", "print"], False),
    ],
)
def test_people_decide_whether_other_sites_may_show_it(channels, shared):
    people = [{"name": "Callum Fairweather", "email": "", "channels": channels}]
    make_entry("hung", people=people)
    assert [(exhibit.is_shared) for exhibit in Exhibit.objects.all()] == [shared]
    assert [change.shared for change in Change.objects.all()] == [shared]


@pytest.mark.parametrize(
    ("choice", "credit", "name", "role"),
    [
        ("full", "Photo: Priya Example, Our university", "Priya Example", "Microscopist"),
        ("role", "Photo: Microscopist, Our university", "", "Microscopist"),
        ("withheld", "Photo: Our university", "", ""),
    ],
)
def test_credit_says_what_the_photographer_chose(choice, credit, name, role):
    from tests.factories.people import TechnicianFactory

    technician = TechnicianFactory(user__name="Priya Example", role="Microscopist")
    make_entry("hung", photographer=technician.user, credit_name=choice)
    exhibit = Exhibit.objects.get()
    assert (exhibit.credit, exhibit.photographer_name, exhibit.photographer_role) == (credit, name, role)
    if choice != "full":
        assert "Priya" not in exhibit.document + exhibit.card + exhibit.search_text


def test_consent_taken_back_after_the_approval_keeps_it_off_the_wall(work, caplog):
    entry = make_entry("approved", people=[{"name": "Callum Fairweather", "email": "", "channels": ["web"]}])
    PicturedPerson.objects.of(entry).update(channels=[])
    work()
    assert Exhibit.objects.count() == 0
    assert public_files() == []
    assert "Callum Fairweather does not want to be shown" in caplog.text
    assert tend()["hung"] == 0


def test_expired_exhibits_go_with_their_files(work):
    entry = make_entry("hung")
    now = timezone.now()
    Exhibit.objects.update(expires_at=now)
    assert Exhibit.objects.on_wall(now).count() == 0
    tend(now=now)
    work()
    assert Exhibit.objects.count() == 0
    assert public_files() == []
    assert Change.objects.latest_for(EXHIBIT, entry.public_id).how == "expired"


@pytest.mark.parametrize(
    "tags", [["glass", "Glass"], ["naïve", "naive"], ["C", "C++", "C#"], ["日本語", "عربي"], ["🔬"], ["x" * 60]]
)
def test_whatever_its_tags_and_awards_are_it_hangs_and_is_found_by_them(work, tags):
    entry = make_entry("in-review", tags=[])
    reviews.describe(entry=entry, by=moderator(), fields={"tags": tags}, now=timezone.now())
    reviews.approve(entry=entry, by=moderator(), reason="Thank you.")
    work()
    curating.arrange(entry=entry, by=curator(), now=timezone.now(), awards=["1st", "1ST", "金賞"])
    exhibit = Exhibit.objects.get()
    assert [label.name for label in exhibit.labels.filter(kind="award")] == ["1st", "金賞"]
    found = exhibit.labels.all()
    assert len({label.slug for label in found}) == len(found)
    for label in found:
        for word in (label.slug, label.name):
            answer = Client().get("/api/gallery/v1/exhibits/", {label.kind: word}).json()
            assert [item["id"] for item in answer["items"]] == [exhibit.pk], word
