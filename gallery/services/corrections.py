"""Words put right after an entry was cleared: by staff at once, or suggested by its photographer.

Title, description and credit stand inside every public file as well. Pages, APIs and feeds say the new words at
once; the worker makes the files again.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from cms.changes.recording import record_all
from cms.people.models import Technician, User
from gallery import jobs, notifications, permissions
from gallery.enums import CLEARED_STATES, EXHIBIT, Decision, EntryState
from gallery.models.corrections import Suggestion
from gallery.models.entries import Entry
from gallery.models.exhibitions import Category
from gallery.services import entry_rules, exhibits
from gallery.services.history import record

#: What a correction may change. Other people or another picture mean withdrawing and entering again.
WORDS = ("title", "caption", "alt_text", "long_description", "technique", "tags", "category")


class NotCorrected(Exception):
    """Nothing was changed. `problems` says why: field → sentence; `__all__` for what is no field's."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)

    @classmethod
    def because(cls, sentence: str) -> "NotCorrected":
        return cls({"__all__": sentence})


def lay_over(entry: Entry, words: Mapping[str, object], *, now: dt.datetime) -> list[str]:
    """Gives the entry these words without saving it. Returns the fields that changed; raises `NotCorrected`."""
    if unknown := set(words) - set(WORDS):
        raise ValueError(f"A correction does not change {', '.join(sorted(unknown))}.")
    changed = [name for name, value in words.items() if getattr(entry, name) != value]
    if not changed:
        raise NotCorrected.because("Nothing is different from what it says now.")
    for name in changed:
        setattr(entry, name, words[name])
    wrong = entry_rules.problems(entry, now=now)
    if found := {name: wrong[name] for name in changed if name in wrong}:
        raise NotCorrected(found)
    return changed


@transaction.atomic
def correct(
    *,
    entry: Entry,
    by: User,
    words: Mapping[str, object],
    reason: str,
    seen: int | None = None,
    now: dt.datetime,
) -> Entry:
    """Puts the words of a cleared entry right, at once and everywhere. The picture stays on the wall.

    `seen` is the revision that was on the screen. A suggestion that waits is settled. Raises `NotCorrected`.
    """
    row = _open(entry, by)
    if seen is not None and seen != row.latest_revision_id:
        raise NotCorrected.because("Somebody else has changed this meanwhile. Yours is still here: look again.")
    if not reason.strip():
        raise NotCorrected({"reason": "Please give a reason. The photographer will read it."})
    changed = lay_over(row, words, now=now)
    row.updated_at = now
    row.save(update_fields=[*changed, "updated_at"])
    _keep(row, by=by, reason=reason, now=now)
    _settle(row, by=by, answer=reason, now=now)
    _follow([row], now=now)
    notifications.tell_photographer(entry=row, what="corrected", now=now, reason=reason)
    return row


@transaction.atomic
def suggest(*, entry: Entry, words: Mapping[str, object], why: str, now: dt.datetime) -> Suggestion:
    """A photographer's new words, for somebody else to take. Sent again, they replace those that wait."""
    row = Entry.objects.select_for_update().get(pk=entry.pk)
    if row.state not in CLEARED_STATES:
        raise NotCorrected.because("This one is not on its way to the wall, so there is nothing to put right.")
    if not why.strip():
        raise NotCorrected({"reason": "Please say in a sentence what was wrong."})
    changed = lay_over(row, words, now=now)
    stored = {name: getattr(row, "category_id" if name == "category" else name) for name in changed}
    facts = {"words": stored, "why": why.strip(), "sent_at": now}
    suggestion, is_new = Suggestion.objects.update_or_create(entry=row, settled_at=None, defaults=facts)
    if is_new:
        notifications.tell_of_suggestion(suggestion=suggestion, now=now)
    return suggestion


@transaction.atomic
def decline(*, entry: Entry, by: User, answer: str, now: dt.datetime) -> None:
    """Leaves the words as they are. The photographer is told why."""
    row = _open(entry, by)
    if not answer.strip():
        raise NotCorrected({"reason": "Please say why not. The photographer will read it."})
    if not _settle(row, by=by, answer=answer, now=now):
        raise NotCorrected.because("Somebody was quicker: nothing is suggested any more.")
    notifications.tell_photographer(entry=row, what="not-corrected", now=now, reason=answer)


@transaction.atomic
def rename(*, photographer: User, name: str, by: User, reason: str, now: dt.datetime) -> int:
    """Corrects a person's name in one step: account, profile, and the credit of every photograph of theirs, in
    pages, APIs, feeds and files. Returns how many photographs changed. Raises `NotCorrected`."""
    if not permissions.sees_entries(by) or by.pk == photographer.pk:
        raise NotCorrected.because("Only moderators and curators correct other people’s names.")
    name = " ".join(name.split())
    if not name:
        raise NotCorrected({"name": "Please write the name as it should stand."})
    if not reason.strip():
        raise NotCorrected({"reason": "Please give a reason. It is kept in the history of each photograph."})
    User.objects.filter(pk=photographer.pk).update(name=name)
    for technician in Technician.objects.filter(user=photographer).exclude(name=name):
        technician.name = name
        technician.save(update_fields=["name"])
    theirs = Entry.objects.by(photographer).exclude(photographer_name=name).exclude(state=EntryState.WITHDRAWN)
    rows = list(theirs.select_for_update().order_by("pk"))
    for row in rows:
        row.photographer_name, row.updated_at = name, now
        row.save(update_fields=["photographer_name", "updated_at"])
        if row.submitted_at is not None:
            record(entry=row, decision=Decision.CORRECTED, by=by, now=now, reason=reason)
    _follow(rows, now=now)
    return len(rows)


def words_of(suggestion: Suggestion) -> dict[str, object]:
    """As `correct` takes them. A category that was deleted since is left out."""
    words = dict(suggestion.words)
    if "category" in words:
        words["category"] = Category.objects.filter(pk=words["category"]).first()
    return {name: value for name, value in words.items() if value is not None}


def _open(entry: Entry, by: User) -> Entry:
    row = Entry.objects.select_for_update().get(pk=entry.pk)
    if row.state not in CLEARED_STATES:
        raise NotCorrected.because(
            f"Only approved photographs are put right here; this one is “{row.get_state_display()}”."
        )
    if not permissions.may_correct(by, row):
        raise NotCorrected.because("This is your own photograph, so somebody else has to put it right.")
    return row


def _keep(row: Entry, *, by: User, reason: str, now: dt.datetime) -> None:
    """A revision like any other, and the one that is approved."""
    revision = row.save_revision(user=by, clean=False)
    Entry.objects.filter(pk=row.pk).update(live_revision=revision, has_unpublished_changes=False)
    row.refresh_from_db()
    record(entry=row, decision=Decision.CORRECTED, by=by, now=now, reason=reason)


def _settle(row: Entry, *, by: User, answer: str, now: dt.datetime) -> bool:
    facts = {"settled_at": now, "settled_by": by, "settled_by_name": str(by), "answer": answer.strip()}
    return bool(Suggestion.objects.filter(entry=row, settled_at=None).update(**facts))


def _follow(rows: list[Entry], *, now: dt.datetime) -> None:
    """What hangs says it at once; its files follow."""
    hung = [row for row in rows if row.state == EntryState.HUNG]
    changes = [exhibits.follow_entry(row, now=now) for row in hung]
    if changes:
        record_all(EXHIBIT, changes, now=now)
    for row in hung:
        Entry.objects.filter(pk=row.pk).update(files_behind=True)
        jobs.REWRITE.ring(entry_id=row.pk)
