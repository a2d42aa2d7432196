"""What photographers do: start, attach a photograph, write, send in, start again, withdraw."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from cms.core.date_ranges import opening_in_words
from cms.core.text import clean_line
from cms.core.waiting import PROMISE
from cms.operation.withdrawals import write_down
from cms.people.models import Technician, User
from gallery import jobs, notifications
from gallery.enums import CLEARED_STATES, ENTRY_WITHDRAWN, Clearance, Decision, EntryState, People
from gallery.models.consents import PicturedPerson
from gallery.models.corrections import Suggestion
from gallery.models.entries import CLEARANCES, Entry
from gallery.models.exhibitions import ExhibitionPage
from gallery.models.masters import Master
from gallery.models.reviews import EntryReviewTask
from gallery.services import entry_rules, hanging, masters
from gallery.services.history import THE_LOG, record


class EntryRefused(Exception):
    """Something about an entry cannot be done now. The message says why and what to do instead."""


class CallClosed(EntryRefused):
    pass


class TooManyEntries(EntryRefused):
    pass


class NotEditable(EntryRefused):
    pass


class PhotoIsFinal(EntryRefused):
    pass


class AlreadyWithdrawn(EntryRefused):
    pass


class ReviewNotSetUp(EntryRefused):
    pass


class Incomplete(EntryRefused):
    """The entry cannot be sent in yet. `problems` maps a form field to a sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("A few things are still missing.")
        self.problems = problems


def locked(entry: Entry) -> Entry:
    """A fresh copy of the row, ours until the transaction ends."""
    return Entry.objects.select_for_update().get(pk=entry.pk)


def check_call(*, exhibition: ExhibitionPage, now: dt.datetime) -> None:
    if exhibition.takes_entries(now):
        return
    if now < exhibition.opens_at:
        opens = opening_in_words(exhibition.opens_at)
        raise CallClosed(f"{exhibition.title} is not open for entries yet. The call opens on {opens}.")
    raise CallClosed(
        f"The call for {exhibition.title} has closed, so we cannot take new entries. "
        "The next call will be announced on the exhibitions page."
    )


def check_room(*, exhibition: ExhibitionPage, photographer: User, form_key: str | None = None) -> None:
    """Refuses when all of a photographer's places are taken, unless this form has taken one of them."""
    most = exhibition.entries_per_person
    taken = Entry.objects.filter(exhibition=exhibition).by(photographer).counting()
    if taken.count() >= most and not (form_key and taken.filter(form_key=form_key).exists()):
        raise TooManyEntries(
            f"You have {most} entries already, which is the most for one person. "
            "On your desk you can withdraw one, or throw a draft away, if you would rather send another."
        )


@transaction.atomic
def start(
    *,
    exhibition: ExhibitionPage,
    photographer: User,
    fields: Mapping[str, object] | None = None,
    people: Sequence[Mapping[str, str]] | None = None,
    form_key: str | None = None,
    now: dt.datetime,
) -> Entry:
    """A new draft, with the words that were typed or still empty; where its form has made one, that. Raises
    `CallClosed`, `TooManyEntries`, or `NotEditable` if what the form made was sent in meanwhile."""
    check_call(exhibition=exhibition, now=now)
    entry = _draft(exhibition=exhibition, photographer=photographer, form_key=form_key, now=now)
    return save_words(entry=entry, fields=fields, people=people, now=now) if fields else entry


def made_by_form(*, exhibition: ExhibitionPage, photographer: User, form_key: str | None) -> Entry | None:
    if form_key is None:
        return None
    mine = Entry.objects.by(photographer).filter(exhibition=exhibition, form_key=form_key)
    return mine.select_related("master").first()


def _draft(
    *, exhibition: ExhibitionPage, photographer: User, form_key: str | None = None, now: dt.datetime
) -> Entry:
    _one_at_a_time(photographer)
    made = made_by_form(exhibition=exhibition, photographer=photographer, form_key=form_key)
    if made is None or made.is_empty:
        check_room(exhibition=exhibition, photographer=photographer)
    if made is not None:
        return made
    technician = Technician.objects.filter(user=photographer).first()
    return Entry.objects.create(
        exhibition=exhibition,
        photographer=photographer,
        photographer_name=technician.name if technician else photographer.name,
        photographer_role=technician.role if technician else "",
        photographer_slug=technician.slug if technician else "",
        department=technician.department if technician else None,
        form_key=form_key,
        created_at=now,
        updated_at=now,
    )


def _one_at_a_time(photographer: User) -> None:
    """Two tabs cannot both take the last place, nor two taps two."""
    User.objects.select_for_update().get(pk=photographer.pk)


def _locked_with_place(entry: Entry) -> Entry:
    """As `locked`, and where it holds nothing yet, whatever it is given now finds a place."""
    if entry.is_empty and entry.photographer is not None:
        _one_at_a_time(entry.photographer)
    row = locked(entry)
    if row.is_empty and row.photographer is not None:
        check_room(exhibition=row.exhibition, photographer=row.photographer)
    return row


def attach_photo(*, entry: Entry, file: UploadedFile, now: dt.datetime) -> Master:
    """Puts a photograph under a draft, in place of one that was never sent in.

    Raises `PhotoRefused`, `PhotoIsFinal`, `NotEditable` if it was sent in meanwhile, or `TooManyEntries` if it held
    nothing and others have taken all places; then nothing is stored.
    """
    if entry.submitted_at is not None:
        raise PhotoIsFinal(
            "The photograph cannot change once it was sent in. "
            "To send another one, choose “Start again with another picture” on its page."
        )
    master = masters.receive(file=file, limits=entry.exhibition.limits, by=entry.photographer, now=now)
    try:
        with transaction.atomic():
            row = _locked_with_place(entry)
            if row.submitted_at is not None or not row.is_editable:
                raise NotEditable("This entry was sent in meanwhile, so its photograph stays as it is.")
            before = row.master
            row.master = entry.master = master
            row.updated_at = now
            if not row.taken_on and master.found.get("taken_on"):
                row.taken_on = entry.taken_on = master.found["taken_on"]
            row.save(update_fields=["master", "updated_at", "taken_on"])
            if before is not None:
                masters.discard(master=before)
    except EntryRefused:
        masters.discard(master=master)
        raise
    jobs.MAKE_PREVIEW.ring(master_id=master.pk)
    return master


def start_with_photo(
    *,
    exhibition: ExhibitionPage,
    photographer: User,
    file: UploadedFile,
    form_key: str | None = None,
    now: dt.datetime,
) -> Entry:
    """A new draft that holds a photograph and no words yet, for the second of several sent together; where its form
    has made one that holds a photograph, that, as it is.

    Raises `PhotoRefused`, `CallClosed` or `TooManyEntries`; then nothing is stored.
    """
    check_call(exhibition=exhibition, now=now)
    check_room(exhibition=exhibition, photographer=photographer, form_key=form_key)
    master = masters.receive(file=file, limits=exhibition.limits, by=photographer, now=now)
    try:
        with transaction.atomic():
            entry = _draft(exhibition=exhibition, photographer=photographer, form_key=form_key, now=now)
            had_one = entry.master is not None
            if not had_one:
                entry.master = master
                entry.taken_on = entry.taken_on or master.found.get("taken_on") or ""
                entry.save(update_fields=["master", "taken_on"])
    except EntryRefused:
        masters.discard(master=master)
        raise
    if had_one:
        masters.discard(master=master)
        return entry
    jobs.MAKE_PREVIEW.ring(master_id=master.pk)
    return entry


@transaction.atomic
def save_words(
    *,
    entry: Entry,
    fields: Mapping[str, object],
    people: Sequence[Mapping[str, str]] | None = None,
    now: dt.datetime,
) -> Entry:
    """Keeps what was typed, complete or not. Raises `NotEditable` while it is in review or after approval, or
    `TooManyEntries` if it held nothing and others have taken all places."""
    row = _locked_with_place(entry)
    if not row.is_editable:
        raise NotEditable(
            "This entry is being looked at, so it cannot be changed just now. "
            f"You can still withdraw it, or wait: we usually reply within {PROMISE}."
        )
    for name, value in fields.items():
        if name not in Entry.REVISED_FIELDS:
            raise ValueError(f"{name} is not for photographers to set.")
        setattr(row, name, value)
    if row.people == People.NONE and not row.clear_people:
        row.clear_people = Clearance.NOT_APPLICABLE  # nobody to ask
    row.updated_at = now
    row.save(update_fields=[*fields, "clear_people", "updated_at"])
    if people is not None:
        _replace_people(row, people)
    return row


def _replace_people(entry: Entry, people: Sequence[Mapping[str, str]]) -> None:
    """Keeps the confirmation of everybody who is still listed under the same name and address."""
    kept = {(person.name, person.email): person for person in PicturedPerson.objects.of(entry)}
    for listed in people:
        name, email = clean_line(listed["name"]).strip(), listed.get("email", "").strip()
        if kept.pop((name, email), None) is None:
            PicturedPerson.objects.create(entry=entry, name=name, email=email, channels=listed.get("channels", []))
    for person in kept.values():
        person.delete()


def problems(entry: Entry, *, now: dt.datetime) -> dict[str, str]:
    """What keeps an entry from being sent in: form field → sentence. Empty when it is complete."""
    found = entry_rules.problems(entry, now=now)
    if entry.master is None:
        found["photo"] = "Please choose a photograph."
    if not entry.people:
        found["people"] = "Please say whether anybody can be recognised."
    elif entry.people == People.LISTED and not PicturedPerson.objects.of(entry).exists():
        found["people"] = "Please add the name of each person who can be recognised."
    for name in CLEARANCES:
        if not getattr(entry, name) and (name != "clear_people" or entry.people == People.LISTED):
            found[name] = "Please choose one. “Not sure” is fine: we will look together."
    return found


@transaction.atomic
def submit(*, entry: Entry, now: dt.datetime) -> Entry:
    """Sends an entry in, or in again. Starts Wagtail's workflow and tells photographer and moderators.

    Raises `Incomplete`, `NotEditable`, `CallClosed` or `TooManyEntries`.
    """
    row = locked(entry)
    if not row.is_editable:
        raise NotEditable("This entry was already sent in. There is nothing more to do for now.")
    if row.state != EntryState.CHANGES_ASKED:  # what we asked for may come after the call has closed
        check_call(exhibition=row.exhibition, now=now)
    if row.state == EntryState.REFUSED and row.photographer is not None:
        check_room(exhibition=row.exhibition, photographer=row.photographer)
    if missing := problems(row, now=now):
        raise Incomplete(missing)

    before = row.state
    row.state = EntryState.IN_REVIEW
    row.submitted_at = row.submitted_at or now
    row.updated_at = now
    row.reason = ""
    row.save(update_fields=["state", "submitted_at", "updated_at", "reason"])
    row.save_revision(user=row.photographer, clean=False)
    if before == EntryState.CHANGES_ASKED and row.current_workflow_state is not None:
        row.current_workflow_state.resume(user=row.photographer)
    else:
        start_review(row)
    record(entry=row, decision=Decision.SUBMITTED, by=row.photographer, now=now)
    notifications.tell_photographer(entry=row, what="received", now=now)
    notifications.tell_moderators(entry=row, now=now)
    return row


def start_review(entry: Entry) -> None:
    """Hands the entry to the workflow. Every step must be one of ours: a decision names a person and a reason."""
    workflow = entry.get_workflow()
    steps = [task.specific for task in workflow.tasks.filter(active=True)] if workflow else []
    if not steps or not all(isinstance(step, EntryReviewTask) for step in steps):
        raise ReviewNotSetUp(
            "Nobody has been chosen to look at entries yet, so we kept yours as a draft. "
            "Please tell the exhibition team."
        )
    workflow.start(entry, entry.photographer)


@transaction.atomic
def start_again(*, entry: Entry, now: dt.datetime) -> Entry:
    """Another picture under the same words: withdraws this entry and copies it into a new one without photograph.

    What people pictured said does not come along: it was about the other picture. Where we asked for changes,
    the new entry still waits for them, so that it may come after the call has closed.
    """
    photographer = entry.photographer
    if photographer is None or entry.state in CLEARED_STATES:
        raise NotEditable("This photograph is approved. Withdraw it first if you would rather show another.")
    withdraw(entry=entry, by=photographer, now=now, quietly=True)
    answers_us = entry.state == EntryState.CHANGES_ASKED
    if not answers_us:
        check_call(exhibition=entry.exhibition, now=now)
    fresh = _draft(exhibition=entry.exhibition, photographer=photographer, now=now)
    if answers_us:
        fresh.state, fresh.reason = entry.state, entry.reason
    for name in Entry.REVISED_FIELDS:
        setattr(fresh, name, getattr(entry, name))
    for name in CLEARANCES:
        setattr(fresh, name, "")
    fresh.people = ""
    fresh.tags = []
    fresh.save()
    return fresh


@transaction.atomic
def withdraw(*, entry: Entry, by: User | None, now: dt.datetime, reason: str = "", quietly: bool = False) -> Entry:
    """Takes an entry back, from any state and for good. Its page answers 410 from now on, and the worker deletes
    every file. Staff must give a reason. `by` is None when the log of withdrawals asks for it again. Raises
    `AlreadyWithdrawn`."""
    row = locked(entry)
    if row.state == EntryState.WITHDRAWN:
        raise AlreadyWithdrawn("This entry was already withdrawn.")
    if by != row.photographer and not reason.strip():
        raise EntryRefused("Please give a reason. The photographer will read it.")
    write_down(ENTRY_WITHDRAWN, row.public_id)
    if row.current_workflow_state is not None:
        row.current_workflow_state.cancel(user=by)
    hanging.remove_exhibit(entry=row, now=now)
    row.state = EntryState.WITHDRAWN
    row.live = False
    row.withdrawn_at = row.updated_at = now
    row.hang_asked_at = None
    row.reason = reason
    row.form_key = None  # the same form may be sent again
    row.save(update_fields=["state", "live", "withdrawn_at", "updated_at", "hang_asked_at", "reason", "form_key"])
    Suggestion.objects.waiting().filter(entry=row).delete()
    record(entry=row, decision=Decision.WITHDRAWN, by=by, now=now, reason=reason, instead=THE_LOG)
    if not quietly:
        notifications.tell_photographer(entry=row, what="withdrawn", now=now)
    jobs.SWEEP.ring(entry_id=row.pk)
    return row
