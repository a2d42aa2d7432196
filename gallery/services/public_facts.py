"""What is true of all exhibits, and of all editions, at a moment: exact totals, and when it next changes."""

import datetime as dt

from django.db.models import Count, Min

from cms.changes.recording import KindFacts, kind_facts
from gallery.enums import EXHIBIT, EXHIBITION
from gallery.models.exhibitions import ExhibitionPage
from gallery.models.exhibits import Exhibit, ExhibitLabel


@kind_facts(EXHIBIT)
def facts_of_exhibits(now: dt.datetime) -> KindFacts:
    """The next change is an expiry, in the past while what expired has not been taken down."""
    return KindFacts(Exhibit.objects.aggregate(first=Min("expires_at"))["first"], totals(now))


@kind_facts(EXHIBITION)
def facts_of_editions(now: dt.datetime) -> KindFacts:
    """The next change is a date: a call opens, a wall closes."""
    dates = ("opens_at", "closes_at", "review_until", "judging_until", "on_show_from", "on_show_until")
    editions = ExhibitionPage.objects.open_to_all().only(*dates)
    moments = [moment for edition in editions for moment in edition.moments if moment > now]
    return KindFacts(min(moments, default=None), {})


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
    labels = ExhibitLabel.objects.filter(kind=ExhibitLabel.Kind.AWARD, exhibit__in=shared.order_by())
    for slug, number in labels.order_by().values_list("slug").annotate(Count("pk")):
        counts[f"award:{slug}"] = number
    return counts
