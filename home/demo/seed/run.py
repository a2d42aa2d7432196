"""The whole demo in order, each step with its seconds."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.changes.recording import record_all
from cms.jobs import registry
from cms.mail import sending as messages
from cms.mail.models import Message
from cms.people.models import Department, User
from gallery.enums import EXHIBIT, EXHIBITION
from home.demo.seed import (
    accolades,
    commitment,
    development,
    editions,
    entries,
    events,
    figures,
    news,
    pages,
    people,
    people_pages,
    registration,
    sections,
    stories,
    themes,
)
from home.demo.seed.ladders import Ladders
from home.demo.seed.pictures import Pictures
from home.demo.seed.portal import Portal
from home.pages.models import HomePage, StandardPage

Say = Callable[[str], None]

#: The portal's pages, part by part: modules with one `seed(content, portal)`, in the order of the main menu. Later
#: parts may look up the pages of earlier ones.
PARTS: tuple[Any, ...] = (
    themes,
    figures,
    accolades,
    people_pages,
    sections,
    events,
    registration,
    development,
    news,
    commitment,
    stories,
)


class HalfSeeded(Exception):
    """An earlier run was interrupted, or somebody keeps other content here. Nothing was changed."""


def is_complete(content: dict[str, Any]) -> bool:
    """The pages come last and all at once, so that one of them means everything is there."""
    return StandardPage.objects.filter(slug=content["pages"][-1]["slug"]).exists()


def check_empty(content: dict[str, Any]) -> None:
    slugs = [facts["slug"] for facts in content["departments"]]
    if User.objects.filter(is_demo=True).exists() or Department.objects.filter(slug__in=slugs).exists():
        raise HalfSeeded(
            "Part of the demo is here already, from a run that was interrupted. Start over with an empty database."
        )


def make_database() -> None:
    call_command("migrate", verbosity=0)


def run(content: dict[str, Any], pictures: Pictures, say: Say) -> None:
    """Seeds an empty portal."""
    with disable_reference_index_auto_update():
        with step("Departments, technicians and accounts", say):
            pages.portal_settings(content)
            people.departments(content)
            technicians = people.technicians(content)
            people.accounts(content, technicians)
        with step("Three editions", say):
            categories = editions.categories(content)
            exhibitions = editions.editions(content, categories)
        slugs = {facts["id"]: facts["slug"] for facts in content["departments"]}
        by_slug = {department.slug: department for department in Department.objects.all()}
        by_email = {user.email: user for user in User.objects.filter(is_demo=True)}
        played = {facts["username"]: by_email.get(facts["email"]) for facts in content["users"]}
        photographers = {key: technician.user for key, technician in technicians.items()}
        photos = sorted(content["photos"], key=lambda photo: photo["edition"])
        with step(f"{len(photos)} photographs, sent in, cleared and hung", say), Ladders() as ladders:
            cast = entries.Cast(
                exhibitions=exhibitions,
                categories=categories,
                technicians=technicians,
                users={key: user for key, user in (played | photographers).items() if user is not None},
                departments={key: by_slug[slug] for key, slug in slugs.items()},
                pictures=pictures,
                ladders=ladders,
            )
            exhibits = entries.seed(photos, cast, done=lambda number: _progress(number, len(photos), say))
        with step("Pages", say):
            editor = next(user for user in content["users"] if user["roles"][0] == "editor")
            writer = by_email[editor["email"]]
            slugs_of = {key: technician.slug for key, technician in technicians.items()}
            portal = Portal(HomePage.objects.get(), writer, exhibits, slugs_of)
            for part in PARTS:
                part.seed(content, portal)
            pages.seed(content, exhibits=exhibits, editor=writer)
    with step("Mail and indexes", say):
        settle(cast.mails)
        call_command("rebuild_references_index", verbosity=0)
    for kind in (EXHIBIT, EXHIBITION):
        record_all(kind, now=timezone.now())


def _progress(number: int, total: int, say: Say) -> None:
    if number % 10 == 0 and number < total:
        say(f"  … {number} of {total}")


def settle(mails: list[int]) -> None:
    """Sends the mails about photographs still in play; the others count as sent when they were written. Jobs that
    would only find everything done are taken off the queue: `tend` rings again for whatever is not."""
    Message.objects.unsent().exclude(pk__in=mails).mark_sent(F("created_at"))
    messages.send_due()
    DBTaskResult.objects.ready().filter(task_path=registry.run.module_path).delete()


@contextmanager
def step(what: str, say: Say) -> Iterator[None]:
    started = time.monotonic()
    yield
    say(f"  {what}: {time.monotonic() - started:.1f} s")
