"""No state, decision or refusal leaves anybody without words."""

import datetime as dt

import pytest
from django.utils import timezone

from gallery.desk.status import explain_status
from gallery.enums import EntryState, HangMode, Refusal
from gallery.models.reviews import DECISIONS, DecisionRefused
from gallery.services import reviews
from gallery.state_words import DECIDED, NEXT_STEP, STATE_WORDS, describe_decision
from tests.factories.entries import make_entry

DAY = dt.timedelta(days=1)
REFUSALS = [
    reviews.ReasonMissing,
    reviews.NotYours,
    reviews.DecidedMeanwhile,
    reviews.NotCleared,
    DecisionRefused,
]


def test_every_state_every_next_step_and_every_decision_has_its_words():
    assert list(STATE_WORDS) == list(EntryState)
    assert list(NEXT_STEP) == list(HangMode)
    assert ["approve", *DECIDED] == list(DECISIONS)


def test_every_refusal_is_a_code_with_words():
    assert [problem.code for problem in REFUSALS] == list(Refusal)
    assert set(DecisionRefused.__subclasses__()) == set(REFUSALS) - {DecisionRefused}


@pytest.mark.parametrize(
    ("action", "state", "hang", "words"),
    [
        ("approve", "in-review", "on-approval", "“{Wax}” goes on to the next step of the review."),
        ("approve", "approved", "on-approval", "“{Wax}” is approved and will be on the wall in a moment."),
        ("approve", "approved", "at-opening", "“{Wax}” is approved and will be hung when the exhibition opens."),
        ("approve", "approved", "by-curator", "“{Wax}” is approved and waits for a curator to hang it."),
        ("reject", "changes-asked", "on-approval", "We have asked the photographer of “{Wax}” for changes."),
        ("hold", "on-hold", "on-approval", "“{Wax}” is on hold."),
        ("resume", "in-review", "on-approval", "“{Wax}” is back in review."),
        ("refuse", "refused", "on-approval", "“{Wax}” is not accepted. The photographer has been told why."),
    ],
)
def test_the_moderator_reads_what_a_decision_has_led_to(action, state, hang, words):
    assert describe_decision(action, title="{Wax}", state=state, hang=hang) == words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "remedy", "can_edit"),
    [
        (
            "draft",
            (
                "You can still take out your words and your photograph. Nobody else sees them. "
                "We delete them on {gone}."
            ),
            False,
        ),
        (
            "changes-asked",
            "Change the words and send it in again. You can still do so now that the call has closed.",
            True,
        ),
        (
            "refused",
            "The call has closed, so it cannot be sent in again this time. We hope to see you at the next one.",
            False,
        ),
        ("in-review", "There is nothing you need to do. We will write to you.", False),
    ],
)
def test_after_the_call_the_photographer_reads_what_can_still_be_done(state, remedy, can_edit):
    entry = make_entry(state)
    status = explain_status(entry, now=entry.exhibition.closes_at + DAY)
    remedy = remedy.format(gone=f"{entry.exhibition.closes_at + 90 * DAY:%-d %B %Y}")
    assert (status.remedy, status.can_edit, status.can_start_again) == (remedy, can_edit, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hang", "remedy"),
    [
        ("on-approval", "It will be on the wall in a few minutes."),
        ("at-opening", "It goes on the wall with all the others on {opens}."),
        ("by-curator", "The curators now choose what goes on the wall. We will write when they have."),
    ],
)
def test_an_approved_photograph_says_what_it_waits_for(hang, remedy):
    entry = make_entry("approved")
    entry.exhibition.hang = hang
    opens = timezone.localtime(entry.exhibition.on_show_from)
    status = explain_status(entry, now=timezone.now())
    assert (status.label, status.remedy) == ("Approved", remedy.format(opens=f"{opens:%-d %B %Y}"))
    entry.hung_at, entry.hang_asked_at = timezone.now(), None
    assert explain_status(entry, now=timezone.now()).meaning == (
        "We have taken it off the wall for now. It is still approved."
    )
