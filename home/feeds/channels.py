"""Which feeds there are, and what each of them holds at a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone

from cms.core.models import PortalSettings
from cms.people.models import Department
from gallery.models.exhibitions import Category, ExhibitionPage
from gallery.models.exhibits import Exhibit, ExhibitQuerySet
from home.feeds import items
from home.feeds.items import Item
from home.news.models import ArticlePage, NewsIndexPage
from home.news.models.article_page import ArticleQuerySet, Tier

#: Entries in a feed.
LENGTH = 30


@dataclass(frozen=True)
class Feed:
    """One feed. `path` is its address without format, such as `news/voices`."""

    path: str
    title: str
    #: The page it is about.
    link: str
    about: str
    articles: Callable[[ArticleQuerySet], ArticleQuerySet] | None = None
    exhibits: Callable[[ExhibitQuerySet], ExhibitQuerySet] | None = None

    def items(self, now: dt.datetime) -> list[Item]:
        """Newest first. Photographs that other sites may show, articles anybody may be told of."""
        found: list[Item] = []
        if self.articles is not None:
            found += items.of_articles(self.articles(ArticlePage.objects.shown(now)).newest()[:LENGTH])
        if self.exhibits is not None:
            shared = Exhibit.objects.shared(now)
            newest = self.exhibits(shared).order_by("-hung_at", "public_id")
            found += items.of_exhibits(newest.select_related("exhibition").defer("document", "card")[:LENGTH])
        return sorted(found, key=lambda item: item.published, reverse=True)[:LENGTH]


@dataclass(frozen=True)
class FeedGroup:
    """Feeds of one sort, as the chooser shows them."""

    name: str
    feeds: list[Feed] = field(default_factory=list)


def group_feeds(now: dt.datetime | None = None) -> list[FeedGroup]:
    """Every feed there is. Six queries."""
    moment = now or timezone.now()
    news = NewsIndexPage.objects.live().public().first()
    news_path = news.address if news else "/"
    hanging = Exhibit.objects.shared(moment)
    categories = Category.objects.filter(pk__in=hanging.order_by().values("category"))
    departments = Department.objects.order_by("name")
    editions = ExhibitionPage.objects.live().public().order_by("-year")
    return [
        FeedGroup("Everything", [_everything(), _all_articles(news_path), _all_photographs()]),
        FeedGroup("Articles", [_tier(tier, news_path) for tier in Tier]),
        FeedGroup("Photographs by category", [_category(one) for one in categories]),
        FeedGroup("Exhibitions", [_edition(one) for one in editions]),
        FeedGroup("Departments", [_department(one) for one in departments]),
    ]


def find_feed(path: str) -> Feed | None:
    """One feed by its address. At most two queries."""
    sort, _, slug = path.partition("/")
    if not slug:
        news = NewsIndexPage.objects.live().public().first() if sort == "news" else None
        made = {"all": _everything, "photographs": _all_photographs}
        if sort == "news":
            return _all_articles(news.address if news else "/")
        return made[sort]() if sort in made else None
    if sort == "news" and slug in Tier.values:
        news = NewsIndexPage.objects.live().public().first()
        return _tier(Tier(slug), news.address if news else "/")
    if sort == "category" and (category := Category.objects.filter(slug=slug).first()):
        return _category(category)
    if sort == "department" and (department := Department.objects.filter(slug=slug).first()):
        return _department(department)
    if sort == "exhibition" and (edition := ExhibitionPage.objects.live().public().filter(slug=slug).first()):
        return _edition(edition)
    return None


def _everything() -> Feed:
    return Feed("all", "Everything new", "/", "Articles and photographs.", _as_they_are, _as_they_hang)


def _all_articles(link: str) -> Feed:
    return Feed("news", "All articles", link, "News, features, voices and press releases.", _as_they_are)


def _all_photographs() -> Feed:
    about = "Photographs as they go on the wall, with credit, description and licence."
    return Feed("photographs", "All photographs", "/exhibitions/", about, exhibits=_as_they_hang)


def _tier(tier: Tier, link: str) -> Feed:
    about = f"Articles under “{tier.label}”."
    return Feed(
        f"news/{tier.value}", tier.label, f"{link}?tier={tier.value}", about, lambda found: found.filter(tier=tier)
    )


def _category(category: Category) -> Feed:
    return Feed(
        f"category/{category.slug}",
        f"{category.name} photographs",
        "/exhibitions/",
        f"Photographs in “{category.name}”, with credit, description and licence.",
        exhibits=lambda found: found.filter(category=category),
    )


def _edition(edition: ExhibitionPage) -> Feed:
    return Feed(
        f"exhibition/{edition.slug}",
        edition.title,
        f"/exhibitions/{edition.slug}/",
        f"Photographs of “{edition.title}” as they go on the wall.",
        exhibits=lambda found: found.filter(exhibition=edition),
    )


def _department(department: Department) -> Feed:
    return Feed(
        f"department/{department.slug}",
        department.name,
        f"/departments/{department.slug}/",
        f"Articles and photographs from {department.name}.",
        lambda found: found.about_department(department),
        lambda found: found.filter(department=department),
    )


def _as_they_are(found: ArticleQuerySet) -> ArticleQuerySet:
    return found


def _as_they_hang(found: ExhibitQuerySet) -> ExhibitQuerySet:
    return found


def site_name() -> str:
    return PortalSettings.objects.values_list("institution", flat=True).first() or settings.WAGTAIL_SITE_NAME


def addresses(feed: Feed) -> Iterable[tuple[str, str]]:
    """Format and complete address of one feed."""
    return [(name, f"{settings.BASE_URL}/feeds/{feed.path}.{ending}") for name, ending in FORMATS]


FORMATS = (("RSS", "rss"), ("Atom", "atom"), ("JSON Feed", "json"))
