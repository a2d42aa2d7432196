"""Numbers every public change, and keeps the exact totals that lists show."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, Min, Q

from gallery.enums import ChangeKind
from gallery.models.changes import Change, Clock
from gallery.models.exhibitions import ExhibitionPage
from gallery.models.exhibits import Exhibit, ExhibitLabel

Noted = tuple[str, ChangeKind, bool]


def tick(*, now: dt.datetime, changes: Iterable[Noted] = ()) -> int:
    """Records `changes` (public id, kind, shared with other sites) and returns the clock's new number.

    Call it last in the transaction that changed something public: it locks the clock until the commit, which is
    what makes the numbers readers see grow without gaps appearing later.
    """
    with transaction.atomic():
        Clock.objects.get_or_create(pk=1, defaults={"changed_at": now})
        clock = Clock.objects.select_for_update().get(pk=1)
        rows = []
        for public_id, kind, shared in changes:
            clock.number += 1
            rows.append(Change(number=clock.number, public_id=public_id, kind=kind, at=now, shared=shared))
        if not rows:
            clock.number += 1
        Change.objects.bulk_create(rows)
        clock.changed_at = now
        clock.next_at = next_timed_change(now)
        clock.counts = totals(now)
        clock.save()
        return clock.number


def next_timed_change(now: dt.datetime) -> dt.datetime | None:
    """When something public next changes without anybody doing anything: a call opens, an exhibit expires.

    In the past while an expired exhibit has not been taken away: another change must not make that look recorded.
    """
    moments = [
        moment
        for edition in ExhibitionPage.objects.live().only(
            "opens_at", "closes_at", "review_until", "judging_until", "on_show_from", "on_show_until"
        )
        for moment in edition.moments
        if moment > now
    ]
    expiry = Exhibit.objects.aggregate(first=Min("expires_at"))["first"]
    return min([*moments, *([expiry] if expiry else [])], default=None)


def totals(now: dt.datetime) -> dict[str, int]:
    """Shared exhibits in all, and by exhibition, category, department and award."""
    shared = Exhibit.objects.shared(now)
    counts = {"": shared.count()}
    for key, path in (
        ("exhibition", "exhibition__slug"),
        ("category", "category__slug"),
        ("department", "department__slug"),
    ):
        for slug, number in shared.order_by().values_list(path).annotate(Count("pk")):
            counts[f"{key}:{slug}"] = number
    pairs = shared.order_by().values_list("exhibition__slug", "category__slug").annotate(Count("pk"))
    for exhibition, category, number in pairs:
        counts[f"exhibition:{exhibition}|category:{category}"] = number
    current = Q(exhibit__expires_at=None) | Q(exhibit__expires_at__gt=now)
    labels = ExhibitLabel.objects.filter(current, kind=ExhibitLabel.Kind.AWARD, exhibit__is_shared=True)
    for slug, number in labels.order_by().values_list("slug").annotate(Count("pk")):
        counts[f"award:{slug}"] = number
    return counts
