"""Entries in any state, brought there by the services, so that no test starts from an impossible one."""

from django.utils import timezone

from cms.people.models import User
from gallery.enums import EntryState
from gallery.models.consents import PicturedPerson
from gallery.models.entries import CLEARANCES, Entry
from gallery.models.exhibitions import ExhibitionPage
from gallery.services import entries, hanging, reviews
from tests.factories.exhibitions import CategoryFactory, make_exhibition
from tests.factories.people import DepartmentFactory, UserFactory, moderator
from tests.factories.photos import jpeg, upload

COMPLETE = {
    "title": "Four Necks",
    "caption": "A flask with four necks, made in one sitting.",
    "alt_text": "A glass flask with four necks glows against a black background.",
    "technique": "One lamp behind a sheet of paper.",
    "taken_on": "2026-03",
    "licence": "cc-by-4.0",
    "credit_name": "full",
    "people": "none",
    **dict.fromkeys(CLEARANCES, "yes"),
}


def complete_words(**facts: object) -> dict:
    return {"category": CategoryFactory(), "department": DepartmentFactory(), **COMPLETE, **facts}


def make_entry(
    state: str = "hung",
    *,
    exhibition: ExhibitionPage | None = None,
    photographer: User | None = None,
    by: User | None = None,
    photo: bytes | None = None,
    people: list[dict] | str | None = None,
    **words: object,
) -> Entry:
    """An entry in `state`, decided by `by` (a new moderator unless given).

    `people` are {"name", "email", "channels"}; their consent is confirmed before approval.
    """
    now = timezone.now()
    state = EntryState(state)
    entry = entries.start(
        exhibition=exhibition or make_exhibition(), photographer=photographer or UserFactory(), now=now
    )
    entries.attach_photo(entry=entry, file=upload(photo or jpeg(tone=entry.pk * 7)), now=now)
    if isinstance(people, str):  # the answer alone
        words, people = {"people": people, **words}, None
    elif people is not None:
        words = {"people": "listed", **words}
    entries.save_words(entry=entry, fields=complete_words(**words), people=people, now=now)
    if state == EntryState.DRAFT:
        return Entry.objects.get(pk=entry.pk)
    entries.submit(entry=entry, now=now)
    by = by or moderator()
    _decide(entry, state, by)
    return Entry.objects.get(pk=entry.pk)


def _decide(entry: Entry, state: EntryState, by: User) -> None:
    now = timezone.now()
    if state == EntryState.IN_REVIEW:
        return
    if state == EntryState.WITHDRAWN:
        entries.withdraw(entry=entry, by=entry.photographer, now=now)
        return
    early = {
        EntryState.CHANGES_ASKED: reviews.ask_for_changes,
        EntryState.ON_HOLD: reviews.hold,
        EntryState.REFUSED: reviews.refuse,
    }
    if state in early:
        early[state](entry=entry, by=by, reason="Please look at the label on the left.", now=now)
        return
    for person in PicturedPerson.objects.of(entry):
        reviews.confirm_consent(person=person, by=by, now=now)
    reviews.approve(entry=entry, by=by, reason="Everything is cleared.", now=now)
    if state == EntryState.HUNG:
        hanging.ask_to_hang(entry=entry, by=None, now=now)
        assert hanging.hang_if_due(entry_id=entry.pk, now=now) is not None
