"""Lists for the public: which pages may stand in one, which part of it is asked for, what narrows it."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.utils import timezone
from wagtail.models import Page, PageQuerySet, PageViewRestriction, get_page_models

from .models import BasePage

#: Nobody turns so many pages, and what the database skips stays a small number.
LAST_PAGE = 10_000


Pages = TypeVar("Pages", bound=PageQuerySet)


def open_to_all(pages: Pages) -> Pages:
    """Those that are public now: live, with nothing above them behind a password or a group. It asks nothing
    beforehand, as `public()` does, so that it may be part of any other query."""
    here = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = PageViewRestriction.objects.annotate(here=here).filter(here__startswith=F("page__path"))
    return pages.live().filter(~Exists(above))


def listed(pages: PageQuerySet | None = None, now: dt.datetime | None = None) -> PageQuerySet:
    """Pages that may be named at `now`, in lists, search, feeds, the sitemap and the API: live, public, and not
    withheld by their type. Still one query."""
    return published(Page.objects.all() if pages is None else pages, now).public()


def published(pages: PageQuerySet, now: dt.datetime | None = None) -> PageQuerySet:
    """Those whose address may be given away at `now`: whoever follows it is let in, or asked for a password."""
    moment = now or timezone.now()
    found = pages.live()
    for model in get_page_models():
        if issubclass(model, BasePage) and (withheld := model.withheld(moment)) is not None:
            found = found.exclude(pk__in=withheld.values("pk"))
    return found


def read_page_number(params: Mapping[str, str], name: str = "page", *, last: int = LAST_PAGE) -> int:
    """From 1 to `last`, the nearest to what is asked; 1 for what is no number."""
    asked = params.get(name, "")
    return max(1, min(int(asked[:9]), last)) if asked.isdecimal() else 1


def page_address(query: Mapping[str, str], page: int = 1) -> str:
    """The query of one page of a list, `?` for the first page of the whole of it."""
    return "?" + urlencode({**query, **({"page": page} if page > 1 else {})})


@dataclass(frozen=True)
class Choice:
    """One link that narrows a list, or with no slug the one that takes its filter away."""

    slug: str
    name: str
    #: How much it would show. Words where nobody counts to the end, None where nobody counts.
    count: int | str | None
    address: str
    chosen: bool


def offer_choices(
    offers: Iterable[tuple[str, str, int | str | None]], *, chosen: str, address: Callable[[str], str]
) -> list[Choice]:
    """A choice for each slug, name and count, in their order. `address` is asked where a slug leads."""
    return [Choice(slug, name, count, address(slug), slug == chosen) for slug, name, count in offers]


@dataclass(frozen=True)
class Pager:
    """Which part of a list stands on this page, and where the others are. Shown by `pager.html`."""

    page: int
    #: Places in the whole list, counted from 1. On a page past its end, `last` comes before `first`.
    first: int
    last: int
    #: None where nobody counts.
    total: int | None
    previous: str | None
    next: str | None


def make_pager(
    page: int, *, size: int, shown: int, more: bool, address: Callable[[int], str], total: int | None = None
) -> Pager:
    """For page number `page`, which shows `shown` of at most `size`; `more`: others follow."""
    start = (page - 1) * size
    return Pager(
        page=page,
        first=start + 1,
        last=start + shown,
        total=total,
        previous=address(page - 1) if page > 1 else None,
        next=address(page + 1) if more else None,
    )
