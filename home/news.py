"""What lists of articles show: all of them, narrowed and paged by the address, and the latest in a body."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone

from cms.core.interfaces import block_data, page_context
from home.blocks import LatestNewsBlock
from home.enums import ArticleKind
from home.models.article_page import ArticlePage, ArticleQuerySet, Tier
from home.models.news_index_page import NewsIndexPage

PER_PAGE = 12
#: Tags shown to choose from: the most used.
TAGS_SHOWN = 20
#: What the list can be narrowed by, with the columns that hold slug and name; no columns, a plain choice.
FILTERS: dict[str, tuple[str, str]] = {
    "kind": ("kind", ""),
    "tier": ("tier", ""),
    "theme": ("themes__slug", "themes__name"),
    "department": ("departments__slug", "departments__name"),
    "tag": ("tags__slug", "tags__name"),
}
LABELS = {"kind": "Kind", "tier": "Place", "theme": "Theme", "department": "Department", "tag": "Tag"}


@block_data(LatestNewsBlock)
def latest(value: Mapping[str, Any]) -> dict[str, Any]:
    """As many as the editor asked for, pictures included."""
    articles = ArticlePage.objects.shown()
    if value["kind"]:
        articles = articles.filter(kind=value["kind"])
    return {"articles": articles.newest()[: value["number"]].with_pictures()}


@page_context(NewsIndexPage)
def index(page: NewsIndexPage, request: HttpRequest) -> dict[str, Any]:
    return front(request.GET)


def front(params: Mapping[str, str], *, now: dt.datetime | None = None) -> dict[str, Any]:
    """Template context for one page of the list. As many queries for three articles as for three thousand."""
    shown = ArticlePage.objects.shown(now or timezone.now())
    chosen = {name: params[name][:120] for name in FILTERS if params.get(name)}
    asked = params.get("page", "")
    number = max(1, min(int(asked), 10_000)) if asked.isdecimal() else 1
    start = (number - 1) * PER_PAGE
    found = narrowed(shown, chosen).newest()[start : start + PER_PAGE + 1].with_pictures()
    articles, more = found[:PER_PAGE], len(found) > PER_PAGE
    lead = None
    if number == 1 and not chosen:
        lead = next((one for one in articles if one.tier == "feature"), None)
        articles = [one for one in articles if one is not lead]
    filters: list[dict[str, Any]] = [
        {"name": name, "label": LABELS[name], "choices": choices(shown, name, chosen)} for name in FILTERS
    ]
    return {
        "lead": lead,
        "articles": articles,
        "kinds": filters[0],
        "filters": [one for one in filters[1:] if len(one["choices"]) > 1],
        "chosen": chosen,
        "chosen_words": [
            choice["name"] for one in filters for choice in one["choices"] if choice["chosen"] and choice["slug"]
        ],
        "feed": f"news/{chosen['tier']}" if list(chosen) == ["tier"] and chosen["tier"] in Tier.values else "news",
        "page_number": number,
        "canonical_query": address(chosen, number).removesuffix("?"),
        "next_page": address(chosen, number + 1) if more else None,
        "previous_page": address(chosen, number - 1) if number > 1 else None,
    }


def narrowed(articles: ArticleQuerySet, chosen: Mapping[str, str]) -> ArticleQuerySet:
    """An unknown choice finds nothing."""
    for name, slug in chosen.items():
        articles = articles.filter(**{FILTERS[name][0]: slug})
    return articles


def address(chosen: Mapping[str, str], page: int = 1) -> str:
    return "?" + urlencode({**chosen, **({"page": page} if page > 1 else {})})


def choices(shown: ArticleQuerySet, name: str, chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    """The choices of one filter, each with its link and how many articles it would leave beside the others."""
    slug_column, name_column = FILTERS[name]
    others = {other: slug for other, slug in chosen.items() if other != name}
    counted = narrowed(shown, others).filter(**{f"{slug_column}__isnull": False}).order_by()
    columns = [slug_column, name_column] if name_column else [slug_column]
    rows = list(counted.values_list(*columns).annotate(number=Count("pk", distinct=True)))
    if name_column:
        listed = [(slug, words, number) for slug, words, number in rows]
        listed.sort(key=lambda row: (-row[2], row[1]) if name == "tag" else (0, row[1]))
        if name == "tag":
            top, rest = listed[:TAGS_SHOWN], listed[TAGS_SHOWN:]
            listed = sorted(top + [row for row in rest if row[0] == chosen.get(name)], key=lambda row: row[1])
    else:
        numbers = dict(rows)
        every = ArticleKind if name == "kind" else Tier
        listed = [(slug, words, numbers[slug]) for slug, words in every.choices if slug in numbers]
    found = [
        {
            "slug": slug,
            "name": words,
            "count": number,
            "address": address({**others, name: slug}),
            "chosen": chosen.get(name) == slug,
        }
        for slug, words, number in listed
    ]
    everything = {
        "slug": "",
        "name": "All",
        "count": None,
        "address": address(others),
        "chosen": name not in chosen,
    }
    return [everything, *found] if found or name in chosen else []
