"""Editions as the API tells of them: two queries and one for the covers, however many there are."""

import datetime as dt
import json

from django.db.models import Count, OuterRef, Subquery

from cms.api.answers import iso
from cms.changes.models import KindVersion
from cms.core.addresses import absolute_url, fill_absolute
from gallery.models.exhibitions import ExhibitionPage
from gallery.models.exhibits import Exhibit

FIELDS = (
    "title",
    "slug",
    "live",
    "last_published_at",
    "intro",
    "opens_at",
    "closes_at",
    "review_until",
    "judging_until",
    "on_show_from",
    "on_show_until",
)


def describe(version: KindVersion, *, now: dt.datetime, slug: str | None = None) -> list[dict]:
    """Every live public edition, newest first, or the one called `slug`."""
    found = ExhibitionPage.objects.open_to_all().filter(**({"slug": slug} if slug else {}))
    rows = found.order_by("-on_show_from", "-pk", "categories__sort_order", "categories__name")
    editions: dict[int, tuple[ExhibitionPage, list[tuple[str, str]]]] = {}
    for row in rows.values("pk", *FIELDS, "categories__slug", "categories__name"):
        if row["pk"] not in editions:
            editions[row["pk"]] = (ExhibitionPage(**{name: row[name] for name in FIELDS}), [])
        if row["categories__slug"]:
            editions[row["pk"]][1].append((row["categories__slug"], row["categories__name"]))
    covers = _covers(list(editions), now)
    counts = _counts(now) if version.is_overdue(now) else version.totals
    return [
        _describe(edition, categories, covers.get(key), counts, version, now)
        for key, (edition, categories) in editions.items()
    ]


def _covers(keys: list[int], now: dt.datetime) -> dict[int, str | None]:
    first = Exhibit.objects.shared(now).filter(exhibition=OuterRef("pk")).in_wall_order().values("document")[:1]
    return dict(ExhibitionPage.objects.filter(pk__in=keys).order_by().values_list("pk", Subquery(first)))


def _counts(now: dt.datetime) -> dict[str, int]:
    """What will be said once the change that is due has been recorded."""
    counts: dict[str, int] = {}
    pairs = Exhibit.objects.shared(now).order_by().values_list("exhibition__slug", "category__slug")
    for exhibition, category, number in pairs.annotate(Count("pk")):
        counts[f"exhibition:{exhibition}|category:{category}"] = number
        counts[f"exhibition:{exhibition}"] = counts.get(f"exhibition:{exhibition}", 0) + number
    return counts


def _cover(document: str | None) -> dict | None:
    if document is None:
        return None
    facts = json.loads(fill_absolute(document))
    return {**facts["image"], "alt": facts["alt"], "credit": facts["credit"], "exhibit": facts["id"]}


def _describe(
    edition: ExhibitionPage,
    categories: list[tuple[str, str]],
    cover: str | None,
    counts: dict[str, int],
    version: KindVersion,
    now: dt.datetime,
) -> dict:
    url = absolute_url(f"/exhibitions/{edition.slug}/")
    return {
        "slug": edition.slug,
        "title": edition.title,
        "url": url,
        "state": edition.state(now).value,
        "opens_at": iso(edition.opens_at),
        "closes_at": iso(edition.closes_at),
        "on_show_from": iso(edition.on_show_from),
        "on_show_until": iso(edition.on_show_until),
        "summary": edition.introduction,
        "categories": [
            {"slug": slug, "name": name, "count": counts.get(f"exhibition:{edition.slug}|category:{slug}", 0)}
            for slug, name in categories
        ],
        "count": counts.get(f"exhibition:{edition.slug}", 0),
        "cover": _cover(cover),
        "enter_url": f"{url}enter/" if edition.takes_entries(now) else None,
        "iiif": None,
        "updated_at": iso(edition.last_published_at or version.changed_at),
    }
