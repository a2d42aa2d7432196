"""Decisions: one at a time, by a named person, for a reason, on the words that were shown."""

import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone
from wagtail.models import Workflow, WorkflowTask

from cms.jobs.periodic import tend
from cms.mail.models import Message
from gallery.enums import Decision, EntryState
from gallery.models.consents import PicturedPerson
from gallery.models.entries import Entry
from gallery.models.reviews import EntryReviewTask, ReviewDecision
from gallery.services import entries, reviews
from tests.factories.entries import make_entry
from tests.factories.people import UserFactory, administrator, moderator

pytestmark = pytest.mark.django_db

DECISIONS = {
    "approve": (reviews.approve, EntryState.APPROVED),
    "ask for changes": (reviews.ask_for_changes, EntryState.CHANGES_ASKED),
    "hold": (reviews.hold, EntryState.ON_HOLD),
    "refuse": (reviews.refuse, EntryState.REFUSED),
}


def history(entry: Entry) -> list[tuple[str, str, str]]:
    return list(ReviewDecision.objects.of(entry).values_list("decision", "by_name", "reason"))


def add_step(name: str, group: str) -> EntryReviewTask:
    """What an administrator does in the admin: a second step with a group of its own."""
    step = EntryReviewTask.objects.create(name=name)
    step.groups.add(Group.objects.get_or_create(name=group)[0])
    workflow = Workflow.objects.get(name="Photograph review")
    WorkflowTask.objects.create(workflow=workflow, task=step, sort_order=1)
    return step


@pytest.mark.parametrize("name", DECISIONS)
def test_every_decision_names_a_person_and_a_reason(name):
    decide, state = DECISIONS[name]
    entry = make_entry("in-review")
    mo = moderator(name="Mo Farrant")
    decided = decide(entry=entry, by=mo, reason="I looked closely.", seen=entry.latest_revision_id)
    assert decided.state == state
    assert Entry.objects.get(pk=entry.pk).reason == "I looked closely."
    assert history(entry)[-1][1:] == ("Mo Farrant", "I looked closely.")
    assert Message.objects.filter(to=entry.photographer.email).count() == 2  # received, and this one


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
@pytest.mark.parametrize("name", DECISIONS)
def test_an_empty_reason_decides_nothing(name, reason):
    decide, _ = DECISIONS[name]
    entry = make_entry("in-review")
    with pytest.raises(reviews.ReasonMissing):
        decide(entry=entry, by=moderator(), reason=reason)
    entry.refresh_from_db()
    assert entry.state == EntryState.IN_REVIEW
    assert [line[0] for line in history(entry)] == ["submitted"]


@pytest.mark.parametrize("first", DECISIONS)
@pytest.mark.parametrize("second", ["approve", "refuse"])
def test_of_two_deciders_the_second_is_told(first, second):
    entry = make_entry("in-review")
    seen = entry.latest_revision_id
    decide, state = DECISIONS[first]
    decide(entry=entry, by=moderator(), reason="First.", seen=seen)
    with pytest.raises(reviews.DecidedMeanwhile) as told:
        DECISIONS[second][0](entry=entry, by=moderator(), reason="Second.", seen=seen)
    assert state.label in str(told.value)
    entry.refresh_from_db()
    assert (entry.state, entry.reason) == (state, "First.")


def test_a_decision_is_about_the_words_that_were_shown():
    entry = make_entry("in-review")
    shown = entry.latest_revision_id
    reviews.describe(entry=entry, by=moderator(), fields={"tags": ["glass"]}, now=timezone.now())
    with pytest.raises(reviews.DecidedMeanwhile) as told:
        reviews.approve(entry=entry, by=moderator(), reason="Fine.", seen=shown)
    assert str(told.value) == "The words changed while you were reading. Please look again before you decide."
    entry.refresh_from_db()
    approved = reviews.approve(entry=entry, by=moderator(), reason="Fine.", seen=entry.latest_revision_id)
    assert approved.state == EntryState.APPROVED


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_one_wins():
    if connection.vendor == "sqlite":
        pytest.skip("two at the same moment needs PostgreSQL: SQLite lets one writer in at a time")
    entry = make_entry("in-review")
    people = [moderator(name="First"), moderator(name="Second")]
    together = threading.Barrier(2)
    outcome: list[str] = []

    def decide(by, how):
        try:
            together.wait(10)
            how(entry=entry, by=by, reason="Now.", seen=entry.latest_revision_id)
            outcome.append("decided")
        except reviews.DecidedMeanwhile:
            outcome.append("told")
        finally:
            connection.close()

    pairs = zip(people, (reviews.approve, reviews.refuse), strict=True)
    threads = [threading.Thread(target=decide, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcome) == ["decided", "told"]
    assert len([line for line in history(entry) if line[0] in ("approved", "refused")]) == 1


@pytest.mark.parametrize("name", DECISIONS)
def test_nobody_decides_on_their_own_photograph(name):
    for person in (moderator(), administrator()):
        entry = make_entry("in-review", photographer=person)
        with pytest.raises(reviews.NotYours):
            DECISIONS[name][0](entry=entry, by=person, reason="It is mine, and it is good.")
        entry.refresh_from_db()
        assert entry.state == EntryState.IN_REVIEW


def test_nobody_settles_the_clearances_of_their_own_photograph():
    mo = moderator()
    entry = make_entry("in-review", photographer=mo, clear_place="fix")
    with pytest.raises(reviews.NotYours):
        reviews.describe(entry=entry, by=mo, fields={}, cleared=["clear_place"], now=timezone.now())
    entry.refresh_from_db()
    assert entry.clear_place == "fix"


def test_only_words_that_are_new_stand_in_the_history_as_added():
    entry = make_entry("in-review", clear_place="fix")
    for fields, lines in (({"long_description": ""}, 0), ({"long_description": "A lathe, seen from above."}, 1)):
        reviews.describe(entry=entry, by=moderator(), fields=fields, cleared=["clear_place"], now=timezone.now())
        assert ReviewDecision.objects.filter(entry=entry, decision=Decision.DESCRIBED).count() == lines


def test_strangers_do_not_decide():
    entry = make_entry("in-review")
    for person in (UserFactory(), UserFactory(groups=["Editors"]), UserFactory(groups=["Curators"])):
        with pytest.raises(reviews.NotYours):
            reviews.approve(entry=entry, by=person, reason="Let me.")
    entry.refresh_from_db()
    assert entry.state == EntryState.IN_REVIEW


def test_on_hold_nothing_is_decided_until_it_is_taken_off():
    entry = make_entry("on-hold")
    for decide, _ in DECISIONS.values():
        with pytest.raises(reviews.DecidedMeanwhile):
            decide(entry=entry, by=moderator(), reason="Anyway.")
    reviews.resume(entry=entry, by=moderator(name="Mo"), reason="The office says yes.")
    entry.refresh_from_db()
    assert entry.state == EntryState.IN_REVIEW
    assert reviews.approve(entry=entry, by=moderator(), reason="Fine.").state == EntryState.APPROVED
    assert [line[0] for line in history(entry)] == ["submitted", "held", "resumed", "approved"]


@pytest.mark.parametrize("state", ["changes-asked", "refused"])
def test_after_changes_or_refusal_it_can_be_sent_in_again_and_approved(state):
    entry = make_entry(state)
    assert entries.submit(entry=entry, now=timezone.now()).state == EntryState.IN_REVIEW
    entry.refresh_from_db()
    approved = reviews.approve(entry=entry, by=moderator(), reason="Now clear.", seen=entry.latest_revision_id)
    assert (approved.state, approved.live) == (EntryState.APPROVED, True)


def test_open_clearances_and_missing_consents_keep_it_from_approval():
    entry = make_entry("in-review", clear_place="fix", people=[{"name": "Priya Raman"}, {"name": "Tom Ashby"}])
    with pytest.raises(reviews.NotCleared):
        reviews.approve(entry=entry, by=moderator(), reason="Fine.")
    assert reviews.uncleared(entry) == [
        "Not yet settled: Whoever runs the space knows.",
        "Priya Raman: please confirm that their consent is on file.",
        "Tom Ashby: please confirm that their consent is on file.",
    ]
    people = list(PicturedPerson.objects.of(entry).values_list("pk", flat=True))
    mo = moderator(name="Mo Farrant")
    entry = reviews.describe(
        entry=entry, by=mo, fields={}, cleared=["clear_place"], confirmed=people, now=timezone.now()
    )
    assert reviews.uncleared(entry) == []
    assert set(PicturedPerson.objects.of(entry).values_list("confirmed_by", flat=True)) == {"Mo Farrant"}
    assert reviews.approve(entry=entry, by=mo, reason="Fine.", seen=entry.latest_revision_id).state == "approved"


def test_a_second_step_made_in_the_admin_works_without_code():
    add_step("Safety", "Safety office")
    officer = UserFactory(groups=["Safety office"])
    entry = make_entry("in-review")
    mo = moderator()
    with pytest.raises(reviews.NotYours):
        reviews.approve(entry=entry, by=officer, reason="Too early.")
    assert reviews.approve(entry=entry, by=mo, reason="Clear.").state == EntryState.IN_REVIEW
    assert Entry.objects.get(pk=entry.pk).live is False
    with pytest.raises(reviews.NotYours):
        reviews.approve(entry=entry, by=mo, reason="Again.")
    assert reviews.approve(entry=entry, by=officer, reason="Safe.").state == EntryState.APPROVED
    assert history(entry)[1:] == [("approved", str(mo), "Clear."), ("approved", str(officer), "Safe.")]


@pytest.mark.parametrize("state", ["in-review", "on-hold"])
def test_switching_the_only_step_off_approves_nothing(state):
    entry = make_entry(state)
    EntryReviewTask.objects.get().deactivate(user=administrator())
    entry.refresh_from_db()
    assert (entry.state, entry.live) == (state, False)
    assert tend()["reviews restarted"] == 0  # there is no step to start

    step = EntryReviewTask.objects.get()
    step.active = True
    step.save()
    assert tend()["reviews restarted"] == 1
    entry.refresh_from_db()
    assert entry.state == state
    if state == "on-hold":
        reviews.resume(entry=entry, by=moderator(), reason="Back.")
    assert reviews.approve(entry=entry, by=moderator(), reason="Clear.").state == EntryState.APPROVED


def test_switching_the_last_step_off_starts_the_review_again():
    last = add_step("Safety", "Safety office")
    entry = make_entry("in-review")
    reviews.approve(entry=entry, by=moderator(), reason="Clear.")
    last.deactivate(user=administrator())
    entry.refresh_from_db()
    assert (entry.state, entry.live, entry.current_workflow_state) == (EntryState.IN_REVIEW, False, None)
    assert tend()["reviews restarted"] == 1
    assert reviews.approve(entry=entry, by=moderator(), reason="Clear, still.").state == EntryState.APPROVED


def test_switching_the_first_step_off_moves_on_to_the_second():
    add_step("Safety", "Safety office")
    entry = make_entry("in-review")
    EntryReviewTask.objects.get(name="Clear the photograph").deactivate(user=administrator())
    officer = UserFactory(groups=["Safety office"])
    assert reviews.approve(entry=entry, by=officer, reason="Safe.").state == EntryState.APPROVED
