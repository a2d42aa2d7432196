"""Feeds: valid, complete, and without whatever other sites may not show."""

import datetime as dt
import json
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.news.models import ArticlePage, NewsIndexPage
from tests.factories.exhibitions import CategoryFactory, make_exhibit, make_exhibition
from tests.factories.news import make_article
from tests.factories.people import DepartmentFactory

pytestmark = pytest.mark.django_db

ATOM, MEDIA = "{http://www.w3.org/2005/Atom}", "{http://search.yahoo.com/mrss/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


@pytest.fixture
def edition():
    return make_exhibition(title="Steady Hands", slug="steady-hands")


def rss(client: Client, path: str) -> list[ElementTree.Element]:
    response = client.get(f"/feeds/{path}.rss")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ElementTree.fromstring(response.content).findall("channel/item")  # noqa: S314


def titles(client: Client, path: str) -> list[str]:
    return [item.findtext("title") for item in rss(client, path)]


def test_each_feed_holds_what_it_says(client: Client, edition) -> None:
    unseen, glass = CategoryFactory(slug="unseen"), DepartmentFactory(slug="glass")
    make_exhibit(edition, title="Grain", category=unseen, department=glass)
    make_exhibit(make_exhibition(slug="other"), title="Elsewhere")
    story = make_article(title="Story", tier="voices", date=dt.date(2020, 1, 1))
    story.departments.add(glass)
    story.save_revision().publish()
    assert titles(client, "all") == ["Elsewhere", "Grain", "Story"]
    assert titles(client, "news") == ["Story"]
    assert titles(client, "news/voices") == ["Story"]
    assert titles(client, "news/feature") == []
    assert titles(client, "photographs") == ["Elsewhere", "Grain"]
    assert titles(client, "category/unseen") == ["Grain"]
    assert titles(client, "exhibition/steady-hands") == ["Grain"]
    assert titles(client, "department/glass") == ["Grain", "Story"]
    assert [client.get(f"/feeds/{path}").status_code for path in ("nothing.rss", "news/x.rss", "all.xml")] == [
        404,
        404,
        404,
    ]


def test_a_photograph_brings_picture_description_credit_and_licence(client: Client, edition) -> None:
    exhibit = make_exhibit(edition, title="Grain", alt_text="Sand & glass.", credit="Photo: A. Example")
    url = f"{settings.BASE_URL}/media/exhibits/x/1024.jpg"
    licence = "https://creativecommons.org/licenses/by/4.0/"
    (item,) = rss(client, "photographs")
    assert item.find("enclosure").attrib == {"url": url, "length": "40960", "type": "image/jpeg"}
    media = item.find(f"{MEDIA}content")
    assert media.get("url") == url
    assert media.findtext(f"{MEDIA}description") == "Sand & glass."
    assert media.findtext(f"{MEDIA}credit") == "Photo: A. Example"
    assert media.find(f"{MEDIA}license").attrib == {"href": licence, "type": "text/html"}
    assert item.findtext("link") == settings.BASE_URL + exhibit.path
    assert 'alt="Sand &amp; glass."' in item.findtext(CONTENT)

    root = ElementTree.fromstring(client.get("/feeds/photographs.atom").content)  # noqa: S314
    entry = root.find(f"{ATOM}entry")
    links = {(link.get("rel"), link.get("href")) for link in entry.findall(f"{ATOM}link")}
    assert links >= {("enclosure", url), ("license", licence), ("alternate", settings.BASE_URL + exhibit.path)}
    assert root.findtext(f"{ATOM}id") == f"{settings.BASE_URL}/feeds/photographs.atom"

    told = json.loads(client.get("/feeds/photographs.json").content)
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    (item,) = told["items"]
    assert item["image"] == url
    assert item["_portal"]["licence"] == {"label": "CC BY 4.0", "url": licence}
    assert item["_portal"]["picture"]["alt"] == "Sand & glass."


def test_what_other_sites_may_not_show_is_in_no_feed_and_a_withdrawn_one_leaves_at_once(
    client: Client, edition
) -> None:
    ours = make_exhibit(edition, title="OURS-ONLY", alt_text="OURS-ALT", is_shared=False)
    shown = make_exhibit(edition, title="SHARED")
    make_article(lead_picture=[("exhibit", ours)], body=[("exhibit", ours)])
    for ending in ("rss", "atom", "json"):
        first = client.get(f"/feeds/all.{ending}")
        assert b"OURS-ONLY" not in first.content
        assert b"OURS-ALT" not in first.content
        assert b"SHARED" in first.content
    shown.delete()
    for ending in ("rss", "atom", "json"):
        again = client.get(f"/feeds/all.{ending}", headers={"if-none-match": first["ETag"]})
        assert again.status_code == 200
        assert b"SHARED" not in again.content


def test_an_unchanged_feed_is_not_sent_twice(client: Client, edition) -> None:
    make_exhibit(edition)
    first = client.get("/feeds/all.atom")
    again = client.get("/feeds/all.atom", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert "Last-Modified" not in first  # what was taken out leaves no date


def test_an_article_works_elsewhere_complete_links_and_licences(client: Client) -> None:
    index = NewsIndexPage.objects.get()
    page = make_article(
        title="Story",
        byline="The press desk",
        body=[
            ("paragraph", f'<p>Go <a linktype="page" id="{index.pk}">there</a>.</p>'),
            ("call_to_action", {"words": "Come.", "button": "Book", "page": index, "address": ""}),
        ],
    )
    (item,) = rss(client, "news")
    html = item.findtext(CONTENT)
    assert html.count(f'href="{settings.BASE_URL}/news/"') == 2
    assert 'rel="license" href="https://creativecommons.org/licenses/by-nc-sa/4.0/"' in html
    assert "Pictures: see each credit." in html
    assert page.canonical_url in html
    assert item.findtext("{http://backend.userland.com/creativeCommonsRssModule}license") == page.licence_url
    assert 'href="/' not in html
    assert 'src="/' not in html


def test_the_chooser_lists_every_feed_and_each_answers(client: Client, edition) -> None:
    make_exhibit(edition, category=CategoryFactory(slug="unseen", name="Unseen scale"), department=None)
    make_article()
    text = client.get("/feeds/").content.decode()
    assert "Unseen scale photographs" in text
    addresses = [part.split('"')[0] for part in text.split(f'href="{settings.BASE_URL}/feeds/')[1:]]
    paths = [address for address in addresses if address]
    assert len(paths) >= 3 * 11
    assert {client.get(f"/feeds/{path}").status_code for path in paths} == {200}


def test_pages_name_their_feed(client: Client, edition) -> None:
    make_article()
    found = {
        "/news/": "/feeds/news.rss",
        "/news/?tier=voices": "/feeds/news/voices.rss",
        f"/news/{ArticlePage.objects.get().slug}/": "/feeds/news.rss",
        "/exhibitions/steady-hands/": "/feeds/exhibition/steady-hands.rss",
        "/": "/feeds/all.rss",
    }
    for address, feed in found.items():
        assert f'type="application/rss+xml" href="{feed}"' in client.get(address).content.decode()


def test_a_long_feed_costs_as_much_as_a_short_one(client: Client, edition) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get("/feeds/all.rss")
        return len(seen)

    def more() -> None:
        make_article(tags=("a",), lead_picture=[("exhibit", make_exhibit(edition))])

    more()
    queries()
    one = queries()
    more()
    more()
    assert queries() == one == 6
