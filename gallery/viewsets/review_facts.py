"""What the review screen says about an entry, ready to be shown."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from cms.core.waiting import age_words, is_overdue
from cms.images.print_size import print_words
from cms.people.models import User
from gallery import permissions
from gallery.enums import UNDER_REVIEW_STATES, Channel, Clearance, Decision, EntryState
from gallery.models.consents import PicturedPerson
from gallery.models.entries import CLEARANCES, Entry
from gallery.models.exhibits import Exhibit
from gallery.models.masters import Master
from gallery.models.reviews import ReviewDecision
from gallery.services.exhibit_fields import credit_line
from gallery.services.masters import Kinship, lookalikes
from gallery.viewsets.entry_files import file_url
from gallery.viewsets.waiting import with_waiting_since

#: What a camera wrote down, in the order in which photographers say it.
CAMERA_FACTS = ("camera", "lens", "exposure")

KINSHIP_WORDS = {
    Kinship.SAME_FILE: "the very same file",
    Kinship.SAME_PIXELS: "the same picture, with other details in its file",
    Kinship.ALIKE: "looks alike, perhaps saved again or made smaller; please compare",
}


@dataclass(frozen=True)
class Person:
    person: PicturedPerson
    channels: list[str]
    ticked: bool


@dataclass(frozen=True)
class ClearanceRow:
    name: str
    question: str
    answer: str
    open: bool
    ticked: bool


def people(listed: Iterable[PicturedPerson], ticked: Container[str]) -> list[Person]:
    return [
        Person(
            person=person,
            channels=[Channel(value).label for value in person.channels if value in Channel.values],
            ticked=str(person.pk) in ticked,
        )
        for person in listed
    ]


def clearances(entry: Entry, ticked: Container[str]) -> list[ClearanceRow]:
    return [
        ClearanceRow(
            name=name,
            question=question,
            answer=getattr(entry, f"get_{name}_display")() or "Not answered",
            open=getattr(entry, name) == Clearance.FIX,
            ticked=name in ticked,
        )
        for name, question in CLEARANCES.items()
    ]


def facts(entry: Entry, user: User) -> dict[str, object]:
    """Context for the templates in `gallery/admin/review/`."""
    master = entry.master
    there = master is not None and master.erased_at is None
    sent = with_waiting_since(Entry.objects.filter(pk=entry.pk)).get().waiting_since
    now = timezone.now()
    waits = entry.state in UNDER_REVIEW_STATES and sent is not None
    exhibit = None
    if entry.state == EntryState.HUNG:
        exhibit = Exhibit.objects.select_related("exhibition").filter(pk=entry.public_id).first()
    return {
        "picture_url": file_url("picture", entry) if there and master and master.preview else "",
        "original_url": file_url("original", entry) if there else "",
        "master": master,
        "camera": camera_words(master) if master else "",
        "print_size": print_words(master.width, master.height) if master else "",
        "credit": credit_line(entry),
        "wall_url": exhibit.path if exhibit else "",
        "hanging_soon": entry.state == EntryState.APPROVED and entry.hang_asked_at is not None,
        "similar": similar(entry, user),
        "waiting": age_words(sent, now) if waits else "",
        "overdue": waits and is_overdue(sent, now),
    }


def changes_url(entry: Entry, timeline: Iterable[ReviewDecision]) -> str:
    """Where the words of the last two times it was sent in stand side by side; empty when it came in once.
    `timeline` is newest first."""
    sent = [line.revision_id for line in timeline if line.decision == Decision.SUBMITTED and line.revision_id]
    if len(sent) < 2:
        return ""
    return reverse("wagtailsnippets_gallery_entry:revisions_compare", args=[entry.pk, sent[1], sent[0]])


def camera_words(master: Master) -> str:
    found = (master.found.get(name) for name in CAMERA_FACTS)
    return ", ".join(str(value) for value in found if value)


def similar(entry: Entry, user: User) -> list[tuple[Entry, str]]:
    """Other entries that may be the same picture, as far as this person may see them, each with the reason."""
    others = lookalikes(entry=entry, among=permissions.entries_shown_to(user))
    return [(other.entry, KINSHIP_WORDS[other.kinship]) for other in others]
