"""What lies above adds to pages and blocks below, once each, and never in silence."""

import datetime as dt

import pytest
from django.test import RequestFactory
from django.utils import timezone
from wagtail import blocks

from cms.core import interfaces
from cms.core.interfaces import block_data, data_for, page_context
from home.blocks.latest_news import LatestNewsBlock
from home.blocks.upcoming_events import UpcomingEventsBlock
from home.pages.models.home_page import HomePage
from home.pages.models.standard_page import StandardPage
from tests.factories.events import make_event
from tests.factories.news import make_article


class WeatherBlock(blocks.StructBlock):
    place = blocks.CharBlock()


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test registers is forgotten after it."""
    monkeypatch.setattr(interfaces, "_parts", dict(interfaces._parts))
    monkeypatch.setattr(interfaces, "_data", dict(interfaces._data))


@pytest.mark.usefixtures("registry")
def test_a_block_shows_what_was_registered_for_its_class() -> None:
    @block_data(WeatherBlock)
    def weather(value: dict) -> dict:
        return {"weather": f"Rain in {value['place']}"}

    assert data_for(WeatherBlock(), {"place": "Calder"}) == {"weather": "Rain in Calder"}
    with pytest.raises(ValueError, match="WeatherBlock has its data already"):
        block_data(WeatherBlock)(weather)


def test_a_block_without_its_feature_is_seen() -> None:
    with pytest.raises(KeyError):
        data_for(WeatherBlock(), {"place": "Calder"})


@pytest.mark.django_db
@pytest.mark.usefixtures("registry")
def test_a_part_joins_the_context_of_its_type_alone() -> None:
    @page_context(HomePage)
    def weather(page: HomePage, request: object) -> dict:
        return {"weather": "rain", "stories": "never in the way of the page's own"}

    request = RequestFactory().get("/")
    context = HomePage.objects.get().get_context(request)
    assert (context["weather"], context["stories"]) == ("rain", [])
    assert "weather" not in StandardPage().get_context(request)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_template_and_api_show_the_same(django_assert_num_queries, number: int) -> None:
    for day in range(1, 4):
        make_article(title=f"Article {day}", date=dt.date(2026, 1, day), kind="news")
        make_event(title=f"Event {day}", starts=timezone.now() + dt.timedelta(days=day))
    news, events = LatestNewsBlock(), UpcomingEventsBlock()
    newest = news.to_python({"title": "News", "kind": "news", "number": number})
    coming = events.to_python({"heading": "Soon", "tag": "", "number": number})
    with django_assert_num_queries(4):
        articles = [one.title for one in news.get_context(newest)["articles"]]
        titles = [one.title for one in events.get_context(coming)["events"]]
    assert articles == ["Article 3", "Article 2", "Article 1"][:number]
    assert titles == ["Event 1", "Event 2", "Event 3"][:number]
    with django_assert_num_queries(4):
        assert [one["title"] for one in news.get_api_representation(newest)["articles"]] == articles
        assert [one["title"] for one in events.get_api_representation(coming)["events"]] == titles
