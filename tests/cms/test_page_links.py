"""A link in a paragraph gives the address of a page only to whoever may know of it."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.news.models import ArticlePage
from tests.factories.news import make_article

pytestmark = pytest.mark.django_db


def linking_to(page) -> str:
    text = f'<p>Read <a linktype="page" id="{page.pk}">what comes next</a>.</p>'
    return make_article(slug="linking", body=[("paragraph", text)]).address


def everywhere(address: str) -> str:
    client = Client()
    places = (address, "/feeds/news.rss", "/feeds/news.json", "/api/v2/pages/?type=news.ArticlePage&fields=body")
    return "\n".join(client.get(place).content.decode() for place in places)


def test_a_link_to_an_open_page_leads_there():
    there = make_article(slug="what-comes-next")
    assert everywhere(linking_to(there)).count("/news/what-comes-next/") >= 4


def test_a_link_leads_to_a_password_as_buttons_do():
    there = make_article(slug="what-comes-next")
    PageViewRestriction.objects.create(page=there, restriction_type="password", password="sesame")
    assert '<a href="/news/what-comes-next/">' in Client().get(linking_to(there)).content.decode()


@pytest.mark.parametrize("kind", ["draft", "embargoed", "forced live"])
def test_a_link_to_a_page_that_is_not_published_is_words_alone(kind):
    later = timezone.now() + dt.timedelta(days=3)
    facts = {"draft": {"publish": False}}.get(kind, {"embargo_until": later})
    there = make_article(title="Next", slug="what-comes-next", **facts)
    if kind == "forced live":
        ArticlePage.objects.filter(pk=there.pk).update(live=True)
    said = everywhere(linking_to(there))
    assert "what comes next" in said
    assert "what-comes-next" not in said
