"""What search engines are told, and that it is what is public at that moment."""

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.core.models import PAGE_CACHE_CONTROL, PortalSettings
from gallery.services import entries
from home.pages.models import HomePage, StandardPage
from search import sitemaps
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.people import TechnicianFactory
from tests.factories.portal import make_people_page
from tests.strangers import only_public_tables

pytestmark = pytest.mark.django_db

SITE = "https://portal.example"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"


def read(client: Client, address: str) -> ElementTree.Element:
    with only_public_tables():
        response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert response["Cache-Control"] == PAGE_CACHE_CONTROL
    assert not response.cookies
    return ElementTree.fromstring(response.content)  # noqa: S314  (our own)


def locations(client: Client, address: str) -> list[str]:
    return [one[0].text or "" for one in read(client, address)]


def pictures(client: Client) -> list[str]:
    return [one.text or "" for one in read(client, "/sitemap-photographs-1.xml").iter(f"{IMAGE}loc")]


def test_robots_may_read_everything_public_and_nothing_else(client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        response = client.get("/robots.txt")
    assert len(asked) == 0
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1] == f"Sitemap: {SITE}/sitemap.xml"
    closed = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    for area in (
        "/admin/",
        "/accounts/",
        "/desk/",
        "/forms/",
        "/consent/",
        "/judge/",
        "/exhibitions/*/enter/",
        "/*?*&",
    ):
        assert area in closed
    for public in ("/", "/exhibitions/", "/exhibitions/steady-hands/", "/people/", "/api/gallery/v1/", "/search/"):
        assert not any(public.startswith(area) for area in closed)


def test_the_index_names_a_file_for_each_kind_there_is(client: Client) -> None:
    assert locations(client, "/sitemap.xml") == [f"{SITE}/sitemap-pages-1.xml"]
    make_exhibit(make_exhibition())
    assert locations(client, "/sitemap.xml") == [
        f"{SITE}/sitemap-pages-1.xml",
        f"{SITE}/sitemap-photographs-1.xml",
    ]


def test_long_lists_are_parted_and_nothing_is_lost(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "PER_FILE", 2)
    edition = make_exhibition()
    made = [make_exhibit(edition) for _ in range(5)]
    parts = [part for part in locations(client, "/sitemap.xml") if "photographs" in part]
    assert len(parts) == 3
    told = [one for part in parts for one in locations(client, part.removeprefix(SITE))]
    assert told == [SITE + exhibit.path for exhibit in made]
    assert client.get("/sitemap-photographs-4.xml").status_code == 404


@pytest.mark.parametrize("name", ["photographs-0", "photographs-1", "people-1", "entries-1", "pages-999999"])
def test_a_file_that_is_not_there(client: Client, name: str) -> None:
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_only_live_public_pages_are_named(client: Client) -> None:
    home = HomePage.objects.get()
    home.add_child(instance=StandardPage(title="About", slug="about"))
    home.add_child(instance=StandardPage(title="Not finished", slug="not-finished", live=False))
    closed = home.add_child(instance=StandardPage(title="For staff", slug="for-staff"))
    closed.add_child(instance=StandardPage(title="Below", slug="below"))
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    edition = make_exhibition()
    told = locations(client, "/sitemap-pages-1.xml")
    assert set(told) >= {f"{SITE}{path}" for path in ("/", "/about/", "/exhibitions/", edition.address)}
    assert not [one for one in told if "not-finished" in one or "for-staff" in one or "below" in one]
    for address in told:
        assert client.get(address.removeprefix(SITE)).status_code == 200, address


def test_people_are_named_once_there_is_a_page_that_shows_them(client: Client) -> None:
    TechnicianFactory(name="Ann Example", slug="ann-example", profile_public=True)
    TechnicianFactory(name="Bo Hidden", slug="bo-hidden", profile_public=False)
    assert client.get("/sitemap-people-1.xml").status_code == 404
    make_people_page()
    assert locations(client, "/sitemap-people-1.xml") == [f"{SITE}/people/ann-example/"]
    assert client.get("/people/ann-example/").status_code == 200


def test_a_photograph_is_named_with_its_picture_unless_other_sites_may_not_show_it(client: Client) -> None:
    edition = make_exhibition()
    shared = make_exhibit(edition)
    kept = make_exhibit(edition, is_shared=False)
    make_exhibit(edition, expires_at=timezone.now() - dt.timedelta(seconds=1))
    unpublished = make_exhibition()
    make_exhibit(unpublished)
    unpublished.unpublish()
    assert locations(client, "/sitemap-photographs-1.xml") == [SITE + shared.path, SITE + kept.path]
    assert pictures(client) == [f"{SITE}/media/exhibits/x/1024.jpg"]


def test_the_picture_is_the_one_whose_licence_its_page_tells(client: Client) -> None:
    exhibit = make_exhibit(make_exhibition())
    assert f'"contentUrl": "{pictures(client)[0]}"' in client.get(exhibit.path).content.decode()


def test_a_withdrawn_photograph_is_out_at_once(client: Client) -> None:
    entry = make_entry()
    address = f"{SITE}/exhibitions/{entry.exhibition.slug}/{entry.public_id}-"
    assert any(one.startswith(address) for one in locations(client, "/sitemap-photographs-1.xml"))
    entries.withdraw(entry=entry, by=entry.photographer, now=timezone.now())
    assert client.get("/sitemap-photographs-1.xml").status_code == 404
    assert locations(client, "/sitemap.xml") == [f"{SITE}/sitemap-pages-1.xml"]


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/sitemap.xml", 4),
        ("/sitemap-pages-1.xml", 2),
        ("/sitemap-people-1.xml", 1),
        ("/sitemap-photographs-1.xml", 1),
    ],
)
@pytest.mark.parametrize("how_many", [1, 3])
def test_costs_the_same_for_one_and_for_three(client: Client, address: str, queries: int, how_many: int) -> None:
    make_people_page()
    edition = make_exhibition()
    for _ in range(how_many):
        make_exhibit(edition)
        TechnicianFactory(profile_public=True)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len([query for query in asked if "redirects" not in query["sql"]]) == queries


def test_every_public_page_says_once_where_it_lives_and_what_it_is(client: Client) -> None:
    """One canonical address, one description, one set of share tags on whatever the sitemap names."""
    home = HomePage.objects.get()
    home.add_child(instance=StandardPage(title="About", slug="about", standfirst="Written by technicians."))
    make_people_page(standfirst="Who does what.")
    TechnicianFactory(profile_public=True)
    edition = make_exhibition()
    make_exhibit(edition)
    make_exhibit(edition, is_shared=False)
    portal = PortalSettings.for_site(home.get_site())
    portal.strapline = "Technical staff of one university."  # what describes a page that has no words yet
    portal.save()
    named = [
        one.removeprefix(SITE)
        for part in locations(client, "/sitemap.xml")
        for one in locations(client, part.removeprefix(SITE))
    ]
    assert len(named) >= 8
    for address in [*named, "/search/", f"{edition.address}slideshow/"]:
        text = client.get(address).content.decode()
        assert re.findall(r'<link rel="canonical" href="([^"]+)">', text) == [SITE + address]
        for name in ('name="description"', 'property="og:title"', 'property="og:url"', 'property="og:description"'):
            assert len(re.findall(rf'<meta {name} content="[^"]+">', text)) == 1, (address, name)
        assert text.count("<h1") == 1, address
        assert text.count("<title>") == 1, address


def test_answers_to_words_are_not_for_other_search_engines(client: Client) -> None:
    assert '<meta name="robots" content="noindex">' in client.get("/search/?q=glass").content.decode()
    assert "noindex" not in client.get("/search/").content.decode()
