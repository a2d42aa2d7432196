"""Where an entry stands, in words for its photographer: what it means, and what to do next."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from gallery.enums import CLEARED_STATES, EntryState, HangMode
from gallery.models.entries import Entry


@dataclass(frozen=True)
class Standing:
    """`tone` is one of the badge colours; `can_edit` and `can_start_again` say what the page may offer."""

    label: str
    tone: str
    meaning: str
    remedy: str = ""
    can_edit: bool = False
    can_start_again: bool = False
    can_withdraw: bool = True


def day(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%-d %B %Y}"


def standing(entry: Entry, *, now: dt.datetime) -> Standing:
    explain = {
        EntryState.DRAFT: _draft,
        EntryState.IN_REVIEW: _in_review,
        EntryState.CHANGES_ASKED: _changes_asked,
        EntryState.ON_HOLD: _on_hold,
        EntryState.REFUSED: _refused,
        EntryState.APPROVED: _approved,
        EntryState.HUNG: _hung,
        EntryState.WITHDRAWN: _withdrawn,
    }[EntryState(entry.state)]
    return explain(entry, entry.exhibition.takes_entries(now))


def _draft(entry: Entry, call_open: bool) -> Standing:
    if not call_open:
        return Standing(
            "Draft",
            "warn",
            "This was never sent in, and the call has closed.",
            "You can still take out your words and your photograph. Nobody else sees them.",
        )
    return Standing(
        "Draft",
        "warn",
        "Only you can see this. It has not been sent in yet.",
        f"Finish it and send it in by {day(entry.exhibition.closes_at)}.",
        can_edit=True,
    )


def _in_review(entry: Entry, call_open: bool) -> Standing:
    return Standing(
        "In review",
        "",
        "It arrived safely. A person will look at it, usually within five working days.",
        "There is nothing you need to do. We will write to you.",
        can_start_again=call_open,
    )


def _changes_asked(entry: Entry, call_open: bool) -> Standing:
    late = "" if call_open else " You can still do so now that the call has closed."
    return Standing(
        "One thing to change",
        "warn",
        "We like it and would like to show it. Before we can, please change this:",
        f"Change the words and send it in again.{late}",
        can_edit=True,
        can_start_again=call_open,
    )


def _on_hold(entry: Entry, call_open: bool) -> Standing:
    return Standing(
        "On hold",
        "warn",
        "We are asking somebody. It has not been refused.",
        "There is nothing you need to do. We will write as soon as we know more.",
    )


def _refused(entry: Entry, call_open: bool) -> Standing:
    if call_open:
        remedy = (
            f"Until {day(entry.exhibition.closes_at)} you can change it and send it in again, "
            "or start again with another picture."
        )
    else:
        remedy = "The call has closed, so it cannot be sent in again this time. We hope to see you at the next one."
    return Standing(
        "Not accepted",
        "bad",
        "We are sorry that we cannot show it as it is:",
        remedy,
        can_edit=call_open,
        can_start_again=call_open,
    )


def _approved(entry: Entry, call_open: bool) -> Standing:
    if entry.hung_at is not None and entry.hang_asked_at is None:
        return Standing(
            "Approved",
            "warn",
            "We have taken it off the wall for now. It is still approved.",
            "If you have questions, please write to us.",
        )
    remedy = {
        HangMode.ON_APPROVAL.value: "It will be on the wall in a few minutes.",
        HangMode.AT_OPENING.value: "It goes on the wall with all the others on "
        f"{day(entry.exhibition.on_show_from)}.",
        HangMode.BY_CURATOR.value: "The curators now choose what goes on the wall. We will write when they have.",
    }[entry.exhibition.hang]
    return Standing("Approved", "good", "Everything is cleared.", remedy)


def _hung(entry: Entry, call_open: bool) -> Standing:
    return Standing(
        "On the wall",
        "good",
        "Everybody can see it, with your credit beside it.",
        "You can take it back at any time, without giving a reason.",
    )


def _withdrawn(entry: Entry, call_open: bool) -> Standing:
    return Standing(
        "Withdrawn",
        "",
        "It is not part of the exhibition. Its files are deleted.",
        "Your other photographs are not affected.",
        can_withdraw=False,
    )


def shows_reason(entry: Entry) -> bool:
    """The last decision's reason helps the photographer; a moderator's note on approval does not."""
    if not entry.reason:
        return False
    return entry.state not in CLEARED_STATES or (entry.state == EntryState.APPROVED and entry.hung_at is not None)
