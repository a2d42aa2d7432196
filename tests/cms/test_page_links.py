"""A link in a paragraph gives the address of a page only to whoever may know of it."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

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


@pytest.mark.parametrize("kind", ["draft", "embargoed", "behind a password"])
def test_a_link_to_another_page_is_words_alone(kind):
    facts = {
        "draft": {"publish": False},
        "embargoed": {"embargo_until": timezone.now() + dt.timedelta(days=3)},
        "behind a password": {},
    }
    there = make_article(title="Next", slug="what-comes-next", **facts[kind])
    if kind == "behind a password":
        PageViewRestriction.objects.create(page=there, restriction_type="password", password="sesame")
    said = everywhere(linking_to(there))
    assert "what comes next" in said
    assert "what-comes-next" not in said
