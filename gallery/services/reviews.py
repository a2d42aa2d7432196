"""Every decision about an entry. One at a time, by a named person, for a reason, on the words that were shown."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from wagtail.models import TaskState

from cms.people.models import User
from gallery import jobs, notifications, permissions
from gallery.enums import Channel, Clearance, Decision, EntryState, HangMode, People, Refusal
from gallery.models.consents import PicturedPerson
from gallery.models.entries import CLEARANCES, Entry
from gallery.models.reviews import DECISIONS, DecisionRefused, EntryReviewTask
from gallery.services.history import record


class ReasonMissing(DecisionRefused):
    code = Refusal.REASON_MISSING


class NotYours(DecisionRefused):
    code = Refusal.NOT_YOURS


class DecidedMeanwhile(DecisionRefused):
    code = Refusal.DECIDED_MEANWHILE


class NotCleared(DecisionRefused):
    code = Refusal.NOT_CLEARED


def _open(
    *, entry: Entry, by: User, reason: str, seen: int | None, states: set[EntryState]
) -> tuple[Entry, TaskState]:
    """The locked row and the workflow step it is at, or a refusal. Call inside a transaction."""
    if not reason.strip():
        raise ReasonMissing("Please give a reason. The photographer will read it.")
    row = Entry.objects.select_for_update().get(pk=entry.pk)
    workflow_state = row.current_workflow_state
    task_state = workflow_state.current_task_state if workflow_state else None
    if row.state not in states or task_state is None or task_state.status != TaskState.STATUS_IN_PROGRESS:
        raise DecidedMeanwhile(
            f"Somebody was quicker: this entry is now “{row.get_state_display()}”. Nothing was changed."
        )
    if seen is not None and seen != row.latest_revision_id:
        raise DecidedMeanwhile("The words changed while you were reading. Please look again before you decide.")
    if not permissions.may_decide(by, task_state, row):
        own = row.photographer_id == by.pk
        raise NotYours(
            "This is your own photograph, so somebody else has to decide."
            if own
            else "This step belongs to another group of moderators."
        )
    return row, task_state


def _settle(row: Entry, state: EntryState, *, by: User, decision: Decision, reason: str, now: dt.datetime) -> None:
    row.state = state
    row.reason = reason
    row.updated_at = now
    row.save(update_fields=["state", "reason", "updated_at"])
    record(entry=row, decision=decision, by=by, now=now, reason=reason)


def uncleared(entry: Entry) -> list[str]:
    """What still stands between an entry and its approval, in sentences. Empty when it is clear."""
    found = [f"Not yet settled: {question}." for question in entry.open_clearances()]
    if entry.people == People.LISTED:
        for person in PicturedPerson.objects.of(entry):
            if person.confirmed_at is None:
                found.append(f"{person.name}: please confirm that their consent is on file.")
            elif not person.allows(Channel.WEB):
                found.append(f"{person.name} does not want to be shown. This picture cannot go on the wall.")
    return found


@transaction.atomic
def approve(
    *, entry: Entry, by: User, reason: str, seen: int | None = None, now: dt.datetime | None = None
) -> Entry:
    """Clears one step. After the last step the entry is approved and, where the edition says so, hung.

    `seen` is the revision that was on the screen. Raises a `DecisionRefused`.
    """
    now = now or timezone.now()
    row, task_state = _open(entry=entry, by=by, reason=reason, seen=seen, states={EntryState.IN_REVIEW})
    if missing := uncleared(row):
        raise NotCleared(" ".join(missing))
    record(entry=row, decision=Decision.APPROVED, by=by, now=now, reason=reason)
    task_state.specific.approve(user=by, comment=reason)
    row.refresh_from_db()
    if row.state != EntryState.APPROVED:  # more steps to come
        return row
    row.reason = reason
    row.approved_at = row.updated_at = now
    if row.exhibition.hang == HangMode.ON_APPROVAL:
        row.hang_asked_at = now
    row.save(update_fields=["reason", "approved_at", "updated_at", "hang_asked_at"])
    notifications.tell_photographer(entry=row, what="approved", now=now)
    if row.hang_asked_at is not None:
        jobs.HANG.ring()
    return row


def finish_review(*, entry: Entry, step_id: int | None) -> None:
    """Wagtail's workflow has passed its last step. Called by it, inside `approve`'s transaction; nobody else may.

    Wagtail also calls when the last step was switched off, which is nobody's approval: then the entry stays in
    review and `tend` starts the review again.
    """
    step = TaskState.objects.filter(pk=step_id, status=TaskState.STATUS_APPROVED).first()
    if step is None or not isinstance(step.task.specific, EntryReviewTask):
        return
    approved = Entry.objects.filter(pk=entry.pk, state=EntryState.IN_REVIEW).update(
        state=EntryState.APPROVED,
        live=True,
        live_revision=entry.latest_revision_id,
        has_unpublished_changes=False,
    )
    if not approved:
        raise DecidedMeanwhile("This entry is no longer in review.")


@transaction.atomic
def ask_for_changes(
    *, entry: Entry, by: User, reason: str, seen: int | None = None, now: dt.datetime | None = None
) -> Entry:
    now = now or timezone.now()
    row, task_state = _open(entry=entry, by=by, reason=reason, seen=seen, states={EntryState.IN_REVIEW})
    task_state.specific.reject(user=by, comment=reason)
    _settle(row, EntryState.CHANGES_ASKED, by=by, decision=Decision.CHANGES_ASKED, reason=reason, now=now)
    notifications.tell_photographer(entry=row, what="changes-asked", now=now)
    return row


@transaction.atomic
def hold(*, entry: Entry, by: User, reason: str, seen: int | None = None, now: dt.datetime | None = None) -> Entry:
    """Stops the clock while somebody else is asked. The workflow stays where it is."""
    now = now or timezone.now()
    row, _ = _open(entry=entry, by=by, reason=reason, seen=seen, states={EntryState.IN_REVIEW})
    _settle(row, EntryState.ON_HOLD, by=by, decision=Decision.HELD, reason=reason, now=now)
    notifications.tell_photographer(entry=row, what="held", now=now)
    return row


@transaction.atomic
def resume(
    *, entry: Entry, by: User, reason: str, seen: int | None = None, now: dt.datetime | None = None
) -> Entry:
    """Off hold, back in review."""
    now = now or timezone.now()
    row, _ = _open(entry=entry, by=by, reason=reason, seen=seen, states={EntryState.ON_HOLD})
    _settle(row, EntryState.IN_REVIEW, by=by, decision=Decision.RESUMED, reason=reason, now=now)
    return row


@transaction.atomic
def refuse(
    *, entry: Entry, by: User, reason: str, seen: int | None = None, now: dt.datetime | None = None
) -> Entry:
    """Not accepted. The photographer may send it in again while the call is open."""
    now = now or timezone.now()
    row, task_state = _open(entry=entry, by=by, reason=reason, seen=seen, states={EntryState.IN_REVIEW})
    workflow_state = task_state.workflow_state
    task_state.specific.reject(user=by, update=False, comment=reason)
    workflow_state.cancel(user=by)
    _settle(row, EntryState.REFUSED, by=by, decision=Decision.REFUSED, reason=reason, now=now)
    notifications.tell_photographer(entry=row, what="refused", now=now)
    return row


@transaction.atomic
def describe(
    *,
    entry: Entry,
    by: User,
    fields: Mapping[str, object],
    confirmed: Iterable[int] = (),
    cleared: Iterable[str] = (),
    now: dt.datetime,
) -> Entry:
    """What moderators add while they look: long description, tags, focal point, settled clearances (`cleared`,
    names of fields answered “please look”) and people whose consent is on file (`confirmed`, their ids)."""
    row = Entry.objects.select_for_update().get(pk=entry.pk)
    if not permissions.may_describe(by, row):
        raise NotYours("Only moderators and curators add words to an entry.")
    allowed = {"long_description", "tags", "focal_x", "focal_y"}
    if unknown := set(fields) - allowed:
        raise ValueError(f"Moderators do not set {', '.join(sorted(unknown))}.")
    adds_words = any(getattr(row, name) != value for name, value in fields.items())
    for name, value in fields.items():
        setattr(row, name, value)
    settled = [name for name in CLEARANCES if name in set(cleared) and getattr(row, name) == Clearance.FIX]
    for name in settled:
        setattr(row, name, Clearance.YES)
    row.updated_at = now
    row.save(update_fields=[*fields, *settled, "updated_at"])
    for person in PicturedPerson.objects.of(row).filter(pk__in=list(confirmed), confirmed_at=None):
        confirm_consent(person=person, by=by, now=now)
    revision = row.save_revision(user=by, clean=False)
    workflow_state = row.current_workflow_state
    if workflow_state is not None and workflow_state.current_task_state is not None:
        TaskState.objects.filter(
            pk=workflow_state.current_task_state_id, status=TaskState.STATUS_IN_PROGRESS
        ).update(revision=revision)
    if adds_words:
        record(entry=row, decision=Decision.DESCRIBED, by=by, now=now)
    return row


def confirm_consent(
    *, person: PicturedPerson, by: User, now: dt.datetime, channels: Iterable[str] | None = None
) -> None:
    """A named member of staff has seen this person's consent. Without `channels`: for our own site only."""
    if channels is not None:
        person.channels = list(channels)
    elif not person.channels:
        person.channels = [Channel.WEB.value]
    person.confirmed_at = now
    person.confirmed_by = str(by)
    person.save(update_fields=["channels", "confirmed_at", "confirmed_by"])


DECISIONS |= {"approve": approve, "reject": ask_for_changes, "hold": hold, "resume": resume, "refuse": refuse}
