"""Who may do what: the roles that people are given, and who gave them when. Roles are groups; which group may do
what, migrations and administrators say."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import LogContext, LogFormatter, log
from wagtail.models import ModelLogEntry

from cms.core.text import says

from .models import User

GIVEN, TAKEN = "people.role_given", "people.role_taken"


@dataclass(frozen=True)
class Role:
    group: str
    name: str
    what: str


#: Those that co-ordinators give. Who co-ordinates and who administers, administrators say.
ROLES = (
    Role(
        "Moderators", "Moderator", "Looks at photographs that were sent in, and approves them or asks for changes."
    ),
    Role("Curators", "Curator", "Hangs approved photographs, and takes them down."),
    Role("Judges", "Judge", "Judges an exhibition’s photographs without knowing whose they are."),
    Role("Contributors", "Contributor", "Proposes news and events, which an editor reads before they appear."),
    Role("Editors", "Editor", "Writes and publishes pages, and keeps technicians, departments and facilities."),
    Role("Press", "Press", "Reads press releases before their embargo ends."),
)


class GivenFormatter(LogFormatter):
    """What a person's history says."""

    label = "Give a role"

    def format_message(self, log_entry: ModelLogEntry) -> str:
        return f"Role given: {log_entry.data.get('role', '')}"


class TakenFormatter(LogFormatter):
    label = "Take a role back"

    def format_message(self, log_entry: ModelLogEntry) -> str:
        return f"Role taken back: {log_entry.data.get('role', '')}"


class CannotAppoint(Exception):
    """Says why, for whoever tried."""


@dataclass(frozen=True)
class Given:
    """When, and by whom: by nobody, where the installation itself did it."""

    at: dt.datetime
    by: str


def may_appoint(user: User | AnonymousUser) -> bool:
    return user.is_authenticated and user.is_active and user.has_perm("people.appoint")


def people_found(words: str) -> list[User]:
    """Whose name or address says these words; without any, whoever has a role. None that was shut out, or that
    nobody has proved to be theirs."""
    people = User.objects.filter(is_active=True, awaits_proof=False).prefetch_related("groups")
    if not words.strip():
        names = [role.group for role in ROLES]
        return list(people.filter(groups__name__in=names).distinct())
    return [person for person in people if says(f"{person.name} {person.email}", words)]


def given_to(people: Iterable[User]) -> dict[tuple[int, str], Given]:
    """By account and group, as last recorded."""
    entries: QuerySet[ModelLogEntry] = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User),
        action=GIVEN,
        object_id__in=[str(person.pk) for person in people],
    )
    return {
        (int(entry.object_id), entry.data["role"]): Given(
            entry.timestamp, entry.user_display_name if entry.user_id else ""
        )
        for entry in entries.select_related("user").order_by("timestamp", "pk")
    }


@transaction.atomic
def appoint(*, person: User, roles: Iterable[str], by: User) -> tuple[list[Role], list[Role]]:
    """From now on `person` has these of `ROLES`, by the names of their groups, and none of the others. Returns what
    was given and what was taken."""
    if not may_appoint(by):
        raise CannotAppoint("You may not say who may do what.")
    if person.pk == by.pk:
        raise CannotAppoint(
            "Nobody gives a role to themselves. Please ask another co-ordinator or an administrator."
        )
    if person.is_superuser:
        raise CannotAppoint("An administrator may do all of it already.")
    person = User.objects.select_for_update().get(pk=person.pk)
    wanted, has = set(roles), set(person.groups.values_list("name", flat=True))
    given = [role for role in ROLES if role.group in wanted - has]
    taken = [role for role in ROLES if role.group in has - wanted]
    with LogContext(user=by):
        person.groups.add(*_groups(given))
        person.groups.remove(*_groups(taken))
    return given, taken


def _groups(roles: list[Role]) -> QuerySet[Group]:
    return Group.objects.filter(name__in=[role.group for role in roles])


def record(instance: User | Group, action: str, pk_set: set[int] | None, **kwargs: object) -> None:
    """Keeps who is in which group since when, and who put them there, whatever door that was done at."""
    what = {"post_add": GIVEN, "post_remove": TAKEN}.get(action)
    if what is None or not pk_set:
        return
    if isinstance(instance, Group):
        pairs = [(person, instance) for person in User.objects.filter(pk__in=pk_set)]
    else:
        pairs = [(instance, group) for group in Group.objects.filter(pk__in=pk_set)]
    for person, group in pairs:
        log(person, what, data={"role": group.name})
