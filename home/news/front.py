"""What lists of articles show: all of them, narrowed and paged by the address, and the latest in a body."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone

from cms.core.interfaces import block_data, page_context
from cms.core.listing import Choice, make_pager, offer_choices, page_address, read_page_number
from home.blocks.enums import ArticleKind
from home.blocks.latest_news import LatestNewsBlock
from home.news.models.article_page import ArticlePage, ArticleQuerySet, Tier
from home.news.models.news_index_page import NewsIndexPage

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
    every = ArticlePage.objects.shown(now or timezone.now())
    chosen = {name: params[name][:120] for name in FILTERS if params.get(name)}
    page = read_page_number(params)
    articles, more = _read_page(narrow_articles(every, chosen), page)
    pager = make_pager(
        page,
        size=PER_PAGE,
        shown=len(articles),
        more=more,
        address=lambda number: page_address(chosen, number),
    )
    lead = _find_lead(articles) if page == 1 and not chosen else None
    filters = [{"name": name, "label": LABELS[name], "choices": _offer(every, name, chosen)} for name in FILTERS]
    return {
        "lead": lead,
        "articles": [article for article in articles if article is not lead],
        "kinds": filters[0],
        "filters": [one for one in filters[1:] if len(one["choices"]) > 1],
        "chosen": chosen,
        "chosen_words": _chosen_words(filters),
        "feed": f"news/{chosen['tier']}" if list(chosen) == ["tier"] and chosen["tier"] in Tier.values else "news",
        "canonical_query": page_address(chosen, page).removesuffix("?"),
        "pager": pager,
    }


def narrow_articles(articles: ArticleQuerySet, chosen: Mapping[str, str]) -> ArticleQuerySet:
    """An unknown choice finds nothing."""
    for name, slug in chosen.items():
        articles = articles.filter(**{FILTERS[name][0]: slug})
    return articles


def _read_page(articles: ArticleQuerySet, page: int) -> tuple[list[ArticlePage], bool]:
    """The articles of one page, and whether there are more."""
    start = (page - 1) * PER_PAGE
    found = articles.newest()[start : start + PER_PAGE + 1].with_pictures()
    return found[:PER_PAGE], len(found) > PER_PAGE


def _find_lead(articles: list[ArticlePage]) -> ArticlePage | None:
    return next((article for article in articles if article.tier == Tier.FEATURE), None)


def _chosen_words(filters: list[dict[str, Any]]) -> list[str]:
    return [choice.name for one in filters for choice in one["choices"] if choice.chosen and choice.slug]


def _offer(articles: ArticleQuerySet, name: str, chosen: Mapping[str, str]) -> list[Choice]:
    """The choices of one filter, each with its link and how many articles it would leave beside the others."""
    others = {other: slug for other, slug in chosen.items() if other != name}
    offers = _count(narrow_articles(articles, others), name)
    if name == "tag":
        offers = _most_used(offers, chosen.get("tag"))
    if not offers and name not in chosen:
        return []
    return offer_choices(
        [("", "All", None), *offers],
        chosen=chosen.get(name, ""),
        address=lambda slug: page_address({**others, name: slug} if slug else others),
    )


def _count(articles: ArticleQuerySet, name: str) -> list[tuple[str, str, int]]:
    """Slug, name and number of articles, where there are some: plain choices in their order, others by name."""
    slug_column, name_column = FILTERS[name]
    counted = articles.filter(**{f"{slug_column}__isnull": False}).order_by()
    columns = [slug_column, name_column] if name_column else [slug_column]
    rows = counted.values_list(*columns).annotate(number=Count("pk", distinct=True))
    if name_column:
        return sorted(rows, key=_name)
    numbers: dict[str, int] = dict(rows)
    every = ArticleKind if name == "kind" else Tier
    return [(slug, str(words), numbers[slug]) for slug, words in every.choices if slug in numbers]


def _most_used(tags: list[tuple[str, str, int]], chosen: str | None) -> list[tuple[str, str, int]]:
    """By name: those used most, and the chosen one however seldom it is used."""
    ranked = sorted(tags, key=lambda tag: -tag[2])
    return sorted(ranked[:TAGS_SHOWN] + [tag for tag in ranked[TAGS_SHOWN:] if tag[0] == chosen], key=_name)


def _name(row: tuple[str, str, int]) -> str:
    return row[1]
