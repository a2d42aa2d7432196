"""A new edition from last year's: its rules and categories as they were, its dates a year on, nothing public."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.people.models import User
from gallery.enums import EditionState
from gallery.models.exhibitions import ExhibitionPage

#: From first to last.
DATES = ("opens_at", "closes_at", "review_until", "judging_until", "on_show_from", "on_show_until")
#: Whole weeks, so that what was a Monday is one again.
YEAR = dt.timedelta(weeks=52)
#: Every edition's own. Rooms are parts of a wall that does not hang yet.
NEVER_COPIED = {"page_ptr", "year", "rooms", "review_by", *DATES}


def latest() -> ExhibitionPage | None:
    return ExhibitionPage.objects.order_by("-on_show_from", "-pk").first()


def propose(before: ExhibitionPage) -> dict[str, Any]:
    """Year and dates for the edition after this one, at the same hours of the same weekdays."""
    dates = {name: getattr(before, name) for name in DATES}
    return {"year": before.year + 1} | {name: _later(moment) for name, moment in dates.items() if moment}


def doubts(*, year: int, dates: Mapping[str, dt.datetime | None], now: dt.datetime) -> list[str]:
    """What may be meant, but seldom is."""
    found = [
        f"There is an edition of {year} already: “{other.title}”."
        for other in ExhibitionPage.objects.filter(year=year).order_by("pk")
    ]
    edition = ExhibitionPage(**{name: moment for name, moment in dates.items() if moment})
    if edition.closes_at <= now:
        found.append("Its call would be over already, so nobody could enter.")
    if edition.state(now) == EditionState.ON_SHOW:
        found.append("It would be on show at once, with an empty wall.")
    if timezone.localtime(edition.on_show_from).year not in (year, year + 1):
        found.append(f"It would open in {timezone.localtime(edition.on_show_from).year}, not in {year}.")
    return found


@transaction.atomic
def start(
    *, title: str, year: int, dates: Mapping[str, dt.datetime | None], before: ExhibitionPage, by: User
) -> ExhibitionPage:
    """A draft beside the edition before. Raises `ValidationError` if its address is taken."""
    copied = [field.name for field in ExhibitionPage._meta.local_concrete_fields if field.name not in NEVER_COPIED]
    facts = {name: getattr(before, name) for name in copied}
    edition = ExhibitionPage(**facts, title=title, year=year, live=False, owner=by, **dates)
    edition.categories = list(before.categories.all())
    before.get_parent().add_child(instance=edition)
    edition.save_revision(user=by, log_action="wagtail.create")
    return edition


def _later(moment: dt.datetime) -> dt.datetime:
    """A year on by the clock on the wall, whatever the clocks do in between."""
    local = timezone.localtime(moment).replace(tzinfo=None) + YEAR
    return timezone.make_aware(local)
