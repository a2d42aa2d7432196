"""Where an entry stands, for its photographer: what it means, and what to do next."""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils import timezone

from cms.core.date_ranges import deadline_in_words
from gallery.enums import CLEARED_STATES, EDITABLE_STATES, EntryState, HangMode
from gallery.models.entries import Entry
from gallery.services.departures import KEEP_DRAFTS
from gallery.state_words import AFTER_THE_CALL, LEFT_WITH_EDITION, NEXT_STEP, STATE_WORDS, TAKEN_DOWN, StateWords

#: The photographer may exchange the picture while the call is open.
EXCHANGEABLE_STATES = {EntryState.IN_REVIEW, EntryState.CHANGES_ASKED, EntryState.REFUSED}


@dataclass(frozen=True)
class EntryStatus:
    """`tone` is one of the badge colours; `can_…` says what the page may offer."""

    label: str
    tone: str
    meaning: str
    remedy: str
    can_edit: bool
    can_start_again: bool
    can_withdraw: bool
    can_suggest: bool


def day(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%-d %B %Y}"


def explain_status(entry: Entry, *, now: dt.datetime) -> EntryStatus:
    state, edition = EntryState(entry.state), entry.exhibition
    call_open = edition.takes_entries(now)
    words = _words(entry, state, call_open)
    return EntryStatus(
        label=words.label or state.label,
        tone=words.tone,
        meaning=words.meaning,
        remedy=words.remedy.format(
            closes=deadline_in_words(edition.closes_at),
            opens=day(edition.on_show_from),
            gone=day(edition.closes_at + KEEP_DRAFTS),
        ),
        can_edit=state in EDITABLE_STATES and (call_open or state is EntryState.CHANGES_ASKED),
        can_start_again=state in EXCHANGEABLE_STATES and call_open,
        can_withdraw=state is not EntryState.WITHDRAWN,
        can_suggest=state in CLEARED_STATES,
    )


def _words(entry: Entry, state: EntryState, call_open: bool) -> StateWords:
    if state is EntryState.APPROVED:
        if entry.hung_at is not None and entry.hang_asked_at is None:
            return TAKEN_DOWN
        if entry.comes_back:
            return LEFT_WITH_EDITION
        next_step = NEXT_STEP[HangMode(entry.exhibition.hang)]
        return replace(STATE_WORDS[state], remedy=next_step.for_photographer)
    if not call_open and state in AFTER_THE_CALL:
        return AFTER_THE_CALL[state]
    return STATE_WORDS[state]


def shows_reason(entry: Entry) -> bool:
    """The last decision's reason helps the photographer; a moderator's note on approval does not."""
    if not entry.reason:
        return False
    return entry.state not in CLEARED_STATES or (entry.state == EntryState.APPROVED and entry.hung_at is not None)
