"""Words put right after they were cleared: at once, with a reason, everywhere; the picture stays on the wall."""

import json

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone
from PIL import Image

from cms.changes.models import Change
from cms.jobs.periodic import tend
from cms.mail.models import Message
from cms.people.models import Profile, User
from gallery.enums import Decision, EntryState
from gallery.models.corrections import Suggestion
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.models.failures import FileJob, JobFailure
from gallery.models.reviews import ReviewDecision
from gallery.services import corrections, hanging, rehanging
from gallery.services.corrections import NotCorrected
from tests.factories.entries import make_entry
from tests.factories.exhibitions import CategoryFactory
from tests.factories.people import TechnicianFactory, UserFactory, curator, moderator
from tests.gallery.services.test_hanging import public_files

pytestmark = pytest.mark.django_db
TITLE = "Five Necks"


def put_right(entry: Entry, by: User | None = None, *, reason: str = "I counted again.", **words: object) -> Entry:
    return corrections.correct(
        entry=entry, by=by or moderator(), words=words or {"title": TITLE}, reason=reason, now=timezone.now()
    )


def written_inside(exhibit: Exhibit) -> bytes:
    with storages["public"].open(exhibit.sources.best_jpeg()["key"]) as file, Image.open(file) as picture:
        return picture.info["xmp"]


def test_what_hangs_says_it_everywhere_at_once_and_its_files_follow(work):
    category = CategoryFactory(name="Glass and heat")
    entry = make_entry("hung", tags=["glass"])
    before = Exhibit.objects.get()
    client, link = Client(), before.path
    last = Change.objects.order_by("-number").first().number
    put_right(entry, title=TITLE, caption="Five, made in two sittings.", tags=["flasks"], category=category)

    after = Exhibit.objects.get()
    facts = client.get(f"/api/gallery/v1/exhibits/{after.pk}/").json()
    assert (facts["title"], facts["caption"], facts["tags"]) == (TITLE, "Five, made in two sittings.", ["flasks"])
    assert json.loads(after.document)["category"]["name"] == "Glass and heat"
    assert client.get(link).status_code == 301
    assert client.get(after.path).status_code == 200
    assert TITLE in client.get(f"/exhibitions/{entry.exhibition.slug}/").text
    assert (after.hung_at, after.sources) == (before.hung_at, before.sources)
    changes = Change.objects.filter(number__gt=last)
    assert [(change.key, change.how) for change in changes] == [(after.pk, "upsert")]

    work()
    rewritten = Exhibit.objects.get()
    assert TITLE.encode() in written_inside(rewritten)
    assert public_files() == sorted(rewritten.sources.keys)
    assert not set(rewritten.sources.keys) & set(before.sources.keys)
    assert not Entry.objects.with_files_to_rewrite().exists()
    assert Entry.objects.get().state == EntryState.HUNG


def test_it_is_a_revision_a_decision_and_a_mail(work):
    entry = make_entry("approved")
    mo = moderator(name="Mo Farrant")
    corrected = put_right(entry, mo)
    assert corrected.latest_revision_id == corrected.live_revision_id != entry.latest_revision_id
    assert (corrected.state, corrected.has_unpublished_changes) == (EntryState.APPROVED, False)
    last = ReviewDecision.objects.of(entry).last()
    assert (last.decision, last.by_name, last.reason) == (Decision.CORRECTED, "Mo Farrant", "I counted again.")
    mail = Message.objects.filter(to=entry.photographer.email).order_by("pk").last()
    assert (mail.subject, "I counted again." in mail.body) == (f"Words put right: {TITLE}", True)


@pytest.mark.parametrize(
    ("words", "reason", "problem"),
    [
        ({"title": TITLE}, "  ", "reason"),
        ({"title": "Four Necks"}, "Again.", "__all__"),
        ({"title": " "}, "Again.", "title"),
        ({"alt_text": "Too short"}, "Again.", "alt_text"),
        ({"caption": "word " * 81}, "Again.", "caption"),
        ({"category": None}, "Again.", "category"),
    ],
)
def test_what_is_wrong_changes_nothing(words, reason, problem):
    entry = make_entry("hung")
    with pytest.raises(NotCorrected) as refused:
        put_right(entry, reason=reason, **words)
    assert list(refused.value.problems) == [problem]
    assert Exhibit.objects.get().title == Entry.objects.get().title == "Four Necks"


def test_rules_that_came_later_stand_in_nobodys_way():
    """What is not touched is not judged again."""
    entry = make_entry("hung")
    Entry.objects.update(taken_on="", technique="word " * 90)
    assert put_right(entry).title == TITLE


@pytest.mark.parametrize("state", ["draft", "in-review", "on-hold", "changes-asked", "refused", "withdrawn"])
def test_only_what_is_cleared_is_corrected(state):
    entry = make_entry(state)
    with pytest.raises(NotCorrected):
        put_right(entry)
    with pytest.raises(NotCorrected):
        corrections.suggest(entry=entry, words={"title": TITLE}, why="Counted again.", now=timezone.now())
    assert Entry.objects.get().title == "Four Necks"


def test_nobody_corrects_their_own_and_strangers_nobodys():
    mo = moderator()
    for entry, by in (
        (make_entry("hung", photographer=mo, by=moderator()), mo),
        (make_entry("hung"), UserFactory()),
    ):
        with pytest.raises(NotCorrected):
            put_right(entry, by)


def test_words_that_were_changed_meanwhile_are_not_overwritten():
    entry = make_entry("hung")
    put_right(entry, title="Six Necks")
    with pytest.raises(NotCorrected, match="changed this meanwhile"):
        corrections.correct(
            entry=entry,
            by=curator(),
            words={"title": TITLE},
            reason="Again.",
            seen=entry.latest_revision_id,
            now=timezone.now(),
        )


def test_files_that_cannot_be_written_leave_the_picture_where_it_is(work, monkeypatch):
    entry = make_entry("hung")
    put_right(entry)
    before = public_files()

    def fail(*args: object, **kwargs: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(rehanging, "store_ladder", fail)
        with pytest.raises(MemoryError):
            rehanging.rewrite(entry_id=entry.pk)
    assert public_files() == before
    assert JobFailure.objects.get().job == FileJob.REWRITE
    assert tend()["files rewritten"] == 0  # it rests
    JobFailure.objects.all().delete()
    assert tend()["files rewritten"] == 1
    work()
    assert TITLE.encode() in written_inside(Exhibit.objects.get())


def test_words_put_right_while_the_files_are_made_are_written_next(work, monkeypatch):
    entry = make_entry("hung")
    put_right(entry)
    make = rehanging.store_ladder

    def slowly(*args: object, **kwargs: object) -> object:
        put_right(Entry.objects.get(), title="Six Necks")
        return make(*args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(rehanging, "store_ladder", slowly)
        rehanging.rewrite(entry_id=entry.pk)
    assert Entry.objects.with_files_to_rewrite().exists()
    work()
    assert b"Six Necks" in written_inside(Exhibit.objects.get())


def test_words_put_right_while_it_is_hung_reach_its_files(work, monkeypatch):
    entry = make_entry("approved")
    make = hanging.make_derivatives

    def slowly(row: Entry) -> object:
        made = make(row)
        put_right(Entry.objects.get())
        return made

    hanging.ask_to_hang(entry=entry, by=None, now=timezone.now())
    hanging.hang_if_due(entry_id=entry.pk, derive=slowly)
    assert Exhibit.objects.get().title == TITLE
    tend()
    work()
    assert TITLE.encode() in written_inside(Exhibit.objects.get())


def test_a_photographer_suggests_and_a_named_person_takes_it(work):
    ann = moderator(name="Ann Approver")
    entry = make_entry("hung", by=ann)
    category = CategoryFactory()
    words = {"title": TITLE, "category": category, "caption": entry.caption}
    suggestion = corrections.suggest(entry=entry, words=words, why="Counted again.", now=timezone.now())
    assert suggestion.words == {"title": TITLE, "category": category.pk}
    assert Exhibit.objects.get().title == "Four Necks"
    assert Message.objects.filter(subject__startswith="Other words suggested").get().to == ann.email
    again = corrections.suggest(entry=entry, words={"title": "Six Necks"}, why="And again.", now=timezone.now())
    assert again.pk == suggestion.pk
    assert Message.objects.filter(subject__startswith="Other words suggested").count() == 1
    put_right(entry, ann, **corrections.words_of(again))
    settled = Suggestion.objects.get()
    assert (settled.settled_by_name, settled.answer) == ("Ann Approver", "I counted again.")
    assert Exhibit.objects.get().title == "Six Necks"


def test_a_suggestion_is_declined_with_a_word():
    entry = make_entry("hung")
    corrections.suggest(entry=entry, words={"title": TITLE}, why="Counted again.", now=timezone.now())
    corrections.decline(entry=entry, by=curator(), answer="The label says four.", now=timezone.now())
    assert Exhibit.objects.get().title == "Four Necks"
    assert "The label says four." in Message.objects.order_by("pk").last().body
    with pytest.raises(NotCorrected, match="Somebody was quicker"):
        corrections.decline(entry=entry, by=curator(), answer="No.", now=timezone.now())


def test_a_changed_name_is_corrected_everywhere_in_one_step(work):
    technician = TechnicianFactory(name="Samira Old", profile_public=True)
    shown = make_entry("hung", photographer=technician.user)
    make_entry("hung", photographer=technician.user, credit_name="role")
    make_entry("draft", photographer=technician.user)
    other = make_entry("hung")
    number = corrections.rename(
        photographer=technician.user, name="Samira New", by=moderator(), reason="Married.", now=timezone.now()
    )
    work()
    assert number == 3
    assert set(Entry.objects.by(technician.user).values_list("photographer_name", flat=True)) == {"Samira New"}
    exhibit = Exhibit.objects.get(pk=shown.public_id)
    assert (exhibit.photographer_name, "Samira New" in exhibit.credit) == ("Samira New", True)
    assert b"Samira New" in written_inside(exhibit)
    assert "Samira Old" not in Client().get("/api/gallery/v1/exhibits/").text
    assert Profile.objects.get().name == User.objects.get(pk=technician.user.pk).name == "Samira New"
    assert Exhibit.objects.get(pk=other.public_id).photographer_name == other.photographer_name
    decisions = ReviewDecision.objects.filter(decision=Decision.CORRECTED, reason="Married.")
    assert decisions.count() == 2  # a draft has no history yet


@pytest.mark.parametrize(("name", "reason", "problem"), [("", "Married.", "name"), ("New", "", "reason")])
def test_a_name_wants_words_and_a_reason(name, reason, problem):
    entry = make_entry("hung")
    with pytest.raises(NotCorrected) as refused:
        corrections.rename(
            photographer=entry.photographer, name=name, by=moderator(), reason=reason, now=timezone.now()
        )
    assert list(refused.value.problems) == [problem]


def test_nobody_renames_themselves_or_without_a_right():
    entry = make_entry("hung")
    for by in (entry.photographer, UserFactory()):
        with pytest.raises(NotCorrected):
            corrections.rename(
                photographer=entry.photographer, name="Other", by=by, reason="Because.", now=timezone.now()
            )
