"""What we can say of a photograph as soon as it is here: what its file tells, how it prints, what it looks like."""

import datetime as dt
import re

from cms.images.print_size import print_words
from gallery.desk.multiple_uploads import called
from gallery.desk.status import day
from gallery.enums import EntryState
from gallery.models.entries import Entry
from gallery.services.masters import Kinship, lookalikes

KINSHIP_WORDS = {
    Kinship.SAME_FILE: "This is the same file as",
    Kinship.SAME_PIXELS: "This is the same picture as",
    Kinship.ALIKE: "This looks like",
}


def about_the_photo(entry: Entry | None) -> dict[str, object]:
    """Context for `gallery/desk/found.html`."""
    if entry is None or entry.master is None:
        return {}
    master, found = entry.master, entry.master.found
    creator = str(found.get("creator") or "")
    return {
        "print_words": print_words(master.width, master.height),
        "file_facts": [(label, str(found[name])) for label, name in _LABELS if found.get(name)],
        "file_date": _date(found.get("taken_on")),
        "other_creator": creator if entry.is_editable and not _same_person(creator, _names(entry)) else "",
        "looks_like": _looks_like(entry),
    }


_LABELS = (
    ("Camera", "camera"),
    ("Lens", "lens"),
    ("Exposure", "exposure"),
    ("Made by", "creator"),
    ("Rights", "rights"),
)


def _date(written: object) -> dt.date | None:
    return dt.date.fromisoformat(str(written)) if written else None


def _names(entry: Entry) -> list[str]:
    account = entry.photographer.name if entry.photographer is not None else ""
    return [name for name in (entry.photographer_name, account) if name]


def _same_person(creator: str, names: list[str]) -> bool:
    """Whether a file's maker can be the account's owner: "© Reed, Sam 2026" is Sam Reed, and so is "Reed"."""
    said = _words(creator)
    return not said or any(said <= _words(name) or _words(name) <= said for name in names)


def _words(name: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", name.casefold())) - {"copyright", "c", "by", "photo"}


def _looks_like(entry: Entry) -> list[dict[str, object]]:
    """Only ever among the photographer's own, in this edition and others."""
    if entry.photographer is None or not entry.is_editable:
        return []
    own = Entry.objects.by(entry.photographer).exclude(state=EntryState.WITHDRAWN)
    return [
        {
            "entry": other.entry,
            "called": called(other.entry),
            "words": KINSHIP_WORDS[other.kinship],
            "when": f"which you sent in on {day(other.entry.submitted_at)}"
            if other.entry.submitted_at
            else f"which you started on {day(other.entry.created_at)}",
            "surely": other.kinship != Kinship.ALIKE,
        }
        for other in lookalikes(entry=entry, among=own, most=3)
    ]
