"""Every photograph of the content, taken through its whole life by the services, each step at its own time."""

import datetime as dt
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from cms.mail.models import Message
from cms.people.models import Department, Technician, User
from gallery.enums import Clearance, EntryState, People
from gallery.models.consents import PicturedPerson
from gallery.models.entries import CLEARANCES, Entry
from gallery.models.exhibitions import Category, ExhibitionPage
from gallery.services import curating, entries, hanging, masters, reviews
from home.demo.content import moment
from home.demo.seed.ladders import Ladders
from home.demo.seed.pictures import Pictures, patient
from home.demo.seed.stamps import at

#: Those who say yes to the photographs of past editions, in turn.
MODERATORS = ("morven", "artur")
CURATOR = "dele"
#: How long after it was sent in a photograph of a past edition was approved.
REVIEW = dt.timedelta(days=3, hours=2)
#: How long before the opening day the curator hung the first.
HANGING = dt.timedelta(days=2)

Facts = dict[str, Any]


@dataclass
class Cast:
    """Everybody and everything that a photograph's life refers to, by the content's ids."""

    exhibitions: dict[str, ExhibitionPage]
    categories: dict[str, Category]
    technicians: dict[str, Technician]
    #: By user name, and photographers by their technician's id.
    users: dict[str, User]
    departments: dict[str, Department]
    pictures: Pictures
    ladders: Ladders
    #: Mails that tell of photographs still in play; the others count as sent long ago.
    mails: list[int] = field(default_factory=list)


def seed(photos: list[Facts], cast: Cast, *, done: Callable[[int], None]) -> dict[str, str]:
    """Lives through all photographs and calls `done` with the number that could be hung. Photo id → public id.

    All are hung after the last was taken in: their public files are being made from the approval on.
    """
    places: dict[str, int] = {}
    lives = {}
    for number, photo in enumerate(photos, start=1):
        place = places[photo["edition"]] = places.get(photo["edition"], 0) + 1
        lives[photo["id"]] = life = Life(photo, cast, place)
        life.begin()
        done(number)
    return {photo_id: life.finish().public_id for photo_id, life in lives.items()}


def history(photo: Facts, exhibition: ExhibitionPage, place: int) -> list[Facts]:
    """Sent in while the call was open and soon after it was taken, approved, and hung before the opening."""
    taken = moment(photo["taken_on"])
    first = max(exhibition.opens_at, taken) + dt.timedelta(
        days=1 + place % 3, hours=place % 8, minutes=7 * place % 60
    )
    sent = min(first, exhibition.closes_at - dt.timedelta(hours=place))
    hung = exhibition.on_show_from - HANGING + dt.timedelta(minutes=4 * place)
    return [
        {"what": "sent", "at": sent},
        {
            "what": "approved",
            "at": sent + REVIEW,
            "by": MODERATORS[place % 2],
            "reason": f"{photo['safety_check']} {photo['third_party_check']}",
        },
        {"what": "hung", "at": hung, "by": CURATOR},
    ]


class Life:
    """Takes one photograph through the steps of its history, from the empty draft to where it is left."""

    def __init__(self, photo: Facts, cast: Cast, place: int) -> None:
        self.photo, self.cast, self.place = photo, cast, place
        self.exhibition = cast.exhibitions[photo["edition"]]
        self.photographer = cast.users[photo["photographer"]]
        self.entry: Entry
        self.mails: list[int] = []
        steps = photo.get("history") or history(photo, self.exhibition, place)
        hung = next((number for number, step in enumerate(steps) if step["what"] == "hung"), len(steps))
        self.before, self.after = steps[:hung], steps[hung:]

    def begin(self) -> None:
        """Everything before the hanging."""
        self._live(self.before)
        if self.after:
            self.cast.ladders.begin(self.entry)

    def finish(self) -> Entry:
        self._live(self.after)
        entry = Entry.objects.get(pk=self.entry.pk)
        if "history" in self.photo:
            mails = Message.objects.filter(pk__in=self.mails)
            if entry.state != EntryState.IN_REVIEW:  # nothing waits for moderators any more
                mails = mails.filter(user=entry.photographer)
            self.cast.mails += mails.values_list("pk", flat=True)
            if entry.state != EntryState.WITHDRAWN and entry.master is not None:
                masters.make_preview(master_id=entry.master.pk)
        return entry

    def _live(self, steps: list[Facts]) -> None:
        last_mail = Message.objects.order_by("pk").values_list("pk", flat=True).last() or 0
        for step in steps:
            self.take(step)
        self.mails += Message.objects.filter(pk__gt=last_mail).values_list("pk", flat=True)

    def take(self, step: Facts) -> None:
        hour = 9 + self.place % 8
        now = step.get("at") or moment(step["on"], hour=hour) + dt.timedelta(minutes=11 * self.place % 60)
        if step["what"] == "hung":
            now += dt.timedelta(minutes=5)  # on the day of the approval, the worker is a little later
        by = self.cast.users[step["by"]] if "by" in step else None
        reason = step.get("reason") or self.photo["moderator_note"] or ""
        steps: dict[str, Callable[..., None]] = {
            "drafted": self.draft,
            "sent": self.send,
            "approved": self.approve,
            "changes-asked": self.decide(reviews.ask_for_changes),
            "held": self.decide(reviews.hold),
            "resumed": self.decide(reviews.resume),
            "refused": self.decide(reviews.refuse),
            "hung": self.hang,
            "withdrawn": self.withdraw,
        }
        steps[step["what"]](by=by, reason=reason, now=now)

    def draft(self, *, now: dt.datetime, **_: object) -> None:
        """Started three quarters of an hour before it is sent, photograph first, words after."""
        photo, pictures = self.photo, self.cast.pictures
        started = now - dt.timedelta(minutes=45)
        with at(started):
            self.entry = entries.start(exhibition=self.exhibition, photographer=self.photographer, now=started)
        lenient = copy(self.entry)
        lenient.exhibition = copy(self.exhibition)  # the edition's own rule stays as it is
        least = pictures.least(photo) or self.exhibition.min_long_edge
        lenient.exhibition.min_long_edge = min(self.exhibition.min_long_edge, least)
        pictures.give(
            photo,
            patient(
                lambda file: entries.attach_photo(entry=lenient, file=file, now=started + dt.timedelta(minutes=5))
            ),
        )
        fix = photo.get("open_clearances", [])
        people = [person for person in photo["people_pictured"] if person["consent"] != "not_needed"]
        answers = {name: Clearance.FIX if name in fix else Clearance.YES for name in CLEARANCES}
        if not people:
            answers["clear_people"] = Clearance.NOT_APPLICABLE
        self.entry = entries.save_words(
            entry=self.entry,
            fields={
                "title": photo["title"],
                "caption": photo["caption"],
                "alt_text": photo["alt_text"] or "",
                "technique": f"{photo['technique']} {pictures.note}".strip(),
                "category": self.cast.categories[photo["category"]],
                "department": self.cast.departments[photo["department"]],
                "taken_on": photo["taken_on"],
                "licence": photo["licence"],
                "people": People.LISTED if people else People.NONE,
                "tags": pictures.tags,
                **answers,
            },
            people=[{"name": person["label"], "email": self._address(person)} for person in people],
            now=now,
        )

    def _address(self, person: Facts) -> str:
        technician = self.cast.technicians.get(person["technician"])
        return technician.user.email if technician is not None and technician.user is not None else ""

    def send(self, *, now: dt.datetime, **_: object) -> None:
        self.draft(now=now - dt.timedelta(minutes=5))
        with at(now):
            self.entry = entries.submit(entry=self.entry, now=now)

    def decide(self, decision: Callable[..., Entry]) -> Callable[..., None]:
        def step(*, by: User, reason: str, now: dt.datetime) -> None:
            with at(now):
                self.entry = decision(entry=self.entry, by=by, reason=reason, now=now)

        return step

    def approve(self, *, by: User, reason: str, now: dt.datetime) -> None:
        """With the moderator's own words and the consent of everybody pictured, seen just before."""
        before = now - dt.timedelta(minutes=10)
        channels = {person["label"]: person["channels"] for person in self.photo["people_pictured"]}
        for person in PicturedPerson.objects.of(self.entry):
            reviews.confirm_consent(
                person=person, by=by, now=before, channels=channels[person.name] or ["web", "other-sites"]
            )
        with at(before):
            self.entry = reviews.describe(
                entry=self.entry,
                by=by,
                fields={
                    "long_description": self.photo["long_description"] or "",
                    "tags": [*self.photo["tags"], *self.cast.pictures.tags],
                },
                now=before,
            )
        self.decide(reviews.approve)(by=by, reason=reason, now=now)

    def hang(self, *, by: User | None, now: dt.datetime, **_: object) -> None:
        """By the curator, with its awards, or by itself where the edition hangs on approval."""
        if by is not None:
            awards = [award.strip() for award in (self.photo["award"] or "").split(";") if award.strip()]
            first = any(award.startswith("Overall winner") for award in awards)
            curating.arrange(entry=self.entry, by=by, now=now, awards=awards, wall_order=0 if first else self.place)
            with at(now):
                hanging.ask_to_hang(entry=self.entry, by=by, now=now)
        with at(now):
            hanging.hang_if_due(entry_id=self.entry.pk, now=now, derive=self.cast.ladders.derive)

    def withdraw(self, *, reason: str, now: dt.datetime, **_: object) -> None:
        """Somebody pictured has changed their mind, and the photographer takes it back."""
        for person in PicturedPerson.objects.of(self.entry):
            reviews.confirm_consent(person=person, by=self.cast.users[MODERATORS[0]], now=now, channels=[])
        with at(now):
            self.entry = entries.withdraw(entry=self.entry, by=self.photographer, now=now, reason=reason)
        hanging.sweep(entry_id=self.entry.pk, now=now)
