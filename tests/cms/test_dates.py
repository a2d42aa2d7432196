"""Dates and years that nobody can mean get in by no door. One that is stored all the same breaks no shared list."""

import datetime as dt

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.test import Client
from django.utils import timezone
from wagtail import blocks
from wagtail.fields import StreamField

from cms.core.dates import DayBlock, DayField, MomentField, ShortYearField, YearField, validate_year
from home.events import views
from home.events.models import EventPage
from home.feeds import items
from home.news.models import ArticlePage
from search import sitemaps
from tests.factories.events import at, make_event
from tests.factories.news import make_article

pytestmark = pytest.mark.django_db

OURS = ("cms.", "gallery", "home.", "search")
#: Numbers that are years.
YEARS = {"year", "joined", "partner_since"}
#: Written by services from the clock, or worked out, and in no form.
BY_THE_CLOCK = {
    "at",
    "since",
    "asked_at",
    "doubted_since",
    "finished_at",
    "seen_at",
    "started_at",
    "stopped_at",
    "next_at",
    "changed_at",
    "sent_at",
    "settled_at",
    "uploaded_at",
    "erased_at",
    "confirmed_at",
    "expires_at",
    "joined_at",
    "put_down_at",
    "hung_at",
    "created_at",
    "updated_at",
}


def fields_typed() -> list[models.Field]:
    return [
        field
        for model in apps.get_models()
        if model.__module__.startswith(OURS)
        for field in model._meta.local_fields
        if field.editable and not getattr(field, "auto_now", False)
    ]


def our_own(field: models.Field) -> bool:
    return field.model.__module__.startswith(OURS) and field.name not in BY_THE_CLOCK


def test_every_day_moment_and_year_somebody_types_is_bounded():
    dates = [field for field in fields_typed() if isinstance(field, models.DateField) and our_own(field)]
    years = [field for field in fields_typed() if field.name in YEARS and isinstance(field, models.IntegerField)]
    inherited = {"last_login", "date_joined", "go_live_at", "expire_at", "first_published_at", "last_published_at"}
    bounded = (DayField, MomentField, YearField, ShortYearField)
    loose = [
        str(field) for field in dates + years if field.name not in inherited and not isinstance(field, bounded)
    ]
    # Written by whoever writes the mail; written from the technician's, which is typed.
    assert loose == ["mail.Message.until", "people.Profile.joined"]
    assert len(dates) > 20


def dates_in(block: blocks.Block, seen: set[int]) -> list[blocks.Block]:
    if id(block) in seen:
        return []
    seen.add(id(block))
    children = list(getattr(block, "child_blocks", {}).values())
    if child := getattr(block, "child_block", None):
        children.append(child)
    found = [block] if isinstance(block, (blocks.DateBlock, blocks.DateTimeBlock)) else []
    return found + [one for child in children for one in dates_in(child, seen)]


def test_every_day_in_a_block_is_bounded():
    streams = [field for field in fields_typed() if isinstance(field, StreamField)]
    found = [block for field in streams for block in dates_in(field.stream_block, set())]
    assert found
    assert {type(block) for block in found} == {DayBlock}


@pytest.mark.parametrize("year", [1, 1899, 2101, 9999])
def test_a_year_nobody_means_is_refused_in_clear_words(year):
    for value in (year, dt.date(year, 1, 1), dt.datetime(year, 1, 1, tzinfo=dt.UTC)):
        with pytest.raises(ValidationError, match="Please check the year: it must lie between 1900 and 2100"):
            validate_year(value)
    with pytest.raises(ValidationError, match="check the year"):
        DayBlock().clean(dt.date(year, 1, 1))


def test_an_event_does_not_last_for_years():
    event = make_event(starts=at("2027-01-01T09:00"))
    event.ends = at("2029-01-01T09:00")
    with pytest.raises(ValidationError, match="more than a year after it starts"):
        event.full_clean()


def test_an_article_of_the_year_one_is_refused():
    article = make_article()
    article.date = dt.date(1, 1, 1)
    with pytest.raises(ValidationError, match="check the year"):
        article.full_clean()


# --- What is stored all the same


@pytest.fixture
def endless() -> EventPage:
    """As it may stand in an older database, beside one that is in order."""
    make_event(slug="in-order", title="In order", starts=timezone.now() + dt.timedelta(days=3))
    event = make_event(slug="endless", title="Endless", starts=timezone.now() + dt.timedelta(days=1))
    EventPage.objects.filter(pk=event.pk).update(ends=dt.datetime(9999, 12, 31, 23, 59, tzinfo=dt.UTC))
    return event


def test_an_event_without_an_end_breaks_no_list_and_costs_no_day_by_day(endless):
    client = Client()
    month = f"/events/?month={timezone.localdate():%Y-%m}"
    for path in (
        "/events/",
        month,
        "/events/endless/",
        "/events/endless.ics",
        "/feeds/all.rss",
        "/sitemap.xml",
        "/",
    ):
        assert client.get(path).status_code == 200, path
    text = client.get("/events/calendar.ics").content.decode()
    assert "SUMMARY:In order" in text
    assert "SUMMARY:Endless" not in text


def fail_on(monkeypatch, module, name: str, is_bad) -> None:
    original = getattr(module, name)

    def sometimes(row):
        if is_bad(row):
            raise OverflowError("date value out of range")
        return original(row)

    monkeypatch.setattr(module, name, sometimes)


def test_one_bad_row_is_left_out_of_every_shared_list_and_logged(monkeypatch, caplog):
    make_event(slug="in-order", title="In order")
    make_event(slug="bad", title="A bad one")
    make_article(slug="good-article")
    make_article(slug="bad-article")
    ArticlePage.objects.filter(slug="bad-article").update(date=dt.date(9999, 12, 31))
    fail_on(monkeypatch, views, "_entry", lambda event: event.slug == "bad")
    fail_on(monkeypatch, items, "_of_article", lambda article: article.slug == "bad-article")
    told = sitemaps.KINDS["pages"].told
    kind = sitemaps.AddressKind(
        sitemaps.KINDS["pages"].rows, lambda row: 1 / ("bad-article" not in row[0]) and told(row)
    )
    monkeypatch.setitem(sitemaps.KINDS, "pages", kind)
    client = Client()
    lists = {
        "/events/calendar.ics": ("In order", "A bad one"),
        "/feeds/news.rss": ("good-article", "bad-article"),
        "/feeds/news.json": ("good-article", "bad-article"),
        "/sitemap-pages-1.xml": ("good-article", "bad-article"),
    }
    for path, (there, left_out) in lists.items():
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert there in answer.content.decode(), path
        assert left_out not in answer.content.decode(), path
    assert caplog.text.count("Left out of a list") == len(lists)
