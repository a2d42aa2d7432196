"""More exhibits, for measuring only.

They are copies of hung photographs under numbered titles, share their files, and have no entry behind them: what
looks from exhibits to entries (`rehang`, `check_public`, the review screens) does not know them. They go round the
services because a hundred thousand uploads would take a day.
"""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from cms.changes.models import How
from cms.changes.recording import record_all
from gallery.enums import EXHIBIT
from gallery.models.entries import new_public_id
from gallery.models.exhibits import Exhibit, ExhibitLabel
from gallery.services import documents, exhibits

CHUNK = 1000


class NothingToCopy(Exception):
    pass


def add(number: int, say: Callable[[str], None]) -> None:
    """Adds `number` exhibits, hung a minute apart before now, spread evenly over those that are there."""
    sources = list(
        Exhibit.objects.on_wall()
        .exclude(title__contains=" · ")
        .select_related("exhibition", "category", "department")
        .prefetch_related("labels")
        .order_by("exhibition__slug", "wall_order", "public_id")
    )
    if not sources:
        raise NothingToCopy("There is nothing on the wall to copy. Seed the demo first.")
    now = timezone.now()
    already = Exhibit.objects.filter(title__contains=" · ").count()
    for start in range(0, number, CHUNK):
        _add_chunk(sources, range(already + start, already + min(start + CHUNK, number)), now)
        say(f"  … {min(start + CHUNK, number)} of {number}")


@transaction.atomic
def _add_chunk(sources: list[Exhibit], places: range, now: dt.datetime) -> None:
    copies, labels = [], []
    for place in places:
        source = sources[place % len(sources)]
        hung_at = now - dt.timedelta(minutes=place + 1)
        copy = Exhibit(
            **{
                field.name: getattr(source, field.name)
                for field in Exhibit._meta.concrete_fields
                if field.name not in ("public_id", "title", "document", "card", "search_text")
            }
        )
        copy.public_id = new_public_id()
        copy.title = f"{source.title[:78]} · {place + 1}"
        copy.wall_order = 1000 + place
        copy.hung_at = copy.updated_at = hung_at
        own = [ExhibitLabel(exhibit=copy, kind=label.kind, slug=label.slug, name=label.name)
               for label in source.labels.all() if label.kind == ExhibitLabel.Kind.TAG]  # fmt: skip
        documents.write(copy, own)
        copies.append(copy)
        labels += own
    Exhibit.objects.bulk_create(copies, batch_size=100)
    ExhibitLabel.objects.bulk_create(labels, batch_size=500)
    record_all(EXHIBIT, [exhibits.change_of(copy, How.UPSERT) for copy in copies], now=now)
