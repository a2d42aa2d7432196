"""Addresses are told apart by their letters, not by capitals."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import get_resolver
from wagtail.contrib.redirects.models import Redirect

from cms.core.areas import PRIVATE_AREAS
from home.pages.models import HomePage, StandardPage
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.news import make_article
from tests.factories.people import administrator
from tests.test_admin_doors import walk

pytestmark = pytest.mark.django_db


def add_page(slug: str, title: str = "About") -> StandardPage:
    return HomePage.objects.get().add_child(instance=StandardPage(title=title, slug=slug))


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("/About/", "/about/"),
        ("/ABOUT/?a=B", "/about/?a=B"),
        ("/Exhibitions/Steady-Hands/", "/exhibitions/steady-hands/"),
        ("/exhibitions/Steady-Hands/enter/", "/exhibitions/steady-hands/enter/"),
        ("/Feeds/", "/feeds/"),
        ("/Über/", "/%C3%BCber/"),
        ("/FEEDS/all.rss", "/feeds/all.rss"),
        ("/feeds/Exhibition/Steady-Hands.ATOM", "/feeds/exhibition/steady-hands.atom"),
        ("/Events/Calendar.ICS", "/events/calendar.ics"),
        ("/Sitemap.xml", "/sitemap.xml"),
        ("/sitemap-Pages-1.XML", "/sitemap-pages-1.xml"),
        ("/ROBOTS.TXT", "/robots.txt"),
        ("/Search/?q=Glass", "/search/?q=Glass"),
        ("/API/Gallery/v1/Exhibitions/Steady-Hands/", "/api/gallery/v1/exhibitions/steady-hands/"),
        ("/API/gallery/v1/exhibits/aBcD/", "/api/gallery/v1/exhibits/aBcD/"),
        ("/Exhibitions/steady-hands/aBcD-Four/", "/exhibitions/steady-hands/aBcD-Four/"),
        ("/MEDIA/exhibits/aBcD/x/320.jpg", "/media/exhibits/aBcD/x/320.jpg"),
        ("/Accounts/Password/Reset/Key/1-aBc/", "/accounts/Password/Reset/Key/1-aBc/"),
        ("/Desk/Entries/5/Edit/", "/desk/entries/5/edit/"),
    ],
)
def test_typed_capitals_lead_on(client: Client, typed: str, leads_to: str) -> None:
    add_page("about")
    make_exhibition(slug="steady-hands")
    answer = client.get(typed)
    assert (answer.status_code, answer["Location"]) == (301, leads_to)


def test_ids_keep_their_capitals_and_editors_their_redirects(client: Client) -> None:
    exhibit = make_exhibit(make_exhibition(slug="steady-hands"), title="Four Necks")
    assert client.get(exhibit.path).status_code == 200
    assert client.get(exhibit.path.replace("steady", "Steady"))["Location"] == exhibit.path
    Redirect.objects.create(old_path="/Poster", redirect_link="/exhibitions/")
    assert client.get("/Poster/")["Location"] == "/exhibitions/"
    assert client.post("/About/").status_code in (403, 404, 405)


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/password/reset/key/1-aBc/",
        "/media/exhibits/aBcD/x/320.jpg",
        "/api/gallery/v1/exhibits/aBcD/",
        "/exhibitions/steady-hands/aBcD-four/",
        "/Nowhere.txt",
        "/static/Nowhere.css",
    ],
)
def test_keys_ids_and_files_are_not_written_small(client: Client, address: str) -> None:
    assert client.get(address).status_code in (200, 404)


def test_every_public_address_is_found_in_capitals(client: Client) -> None:
    """As far as nothing in it but slugs may vary."""
    make_exhibition(slug="steady-hands")
    tried = 0
    for _, route in walk(get_resolver().url_patterns):
        address = "/" + re.sub(r"<(?:slug:)?(?:edition|slug)>", "steady-hands", route)
        if re.search(r"[<(\\^$]", address) or address.startswith(PRIVATE_AREAS):
            continue
        answer = client.get(address.upper())
        assert (answer.status_code, answer.get("Location")) == (301, address), address
        tried += 1
    assert tried > 20


def test_slugs_that_differ_only_by_capitals_are_one(client: Client) -> None:
    first = add_page("Case-Slug")
    assert first.slug == "case-slug"
    with pytest.raises(ValidationError):
        add_page("CASE-slug")


def test_reserved_addresses_are_reserved_in_capitals_too() -> None:
    client = Client()
    client.force_login(administrator())
    home = HomePage.objects.get()
    fields = {"title": "x", "body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    for slug in ("Admin", "MEDIA"):
        answer = client.post(f"/admin/pages/add/home/standardpage/{home.pk}/", {**fields, "slug": slug})
        assert "The site itself uses this address" in answer.content.decode()
    assert not StandardPage.objects.exists()


def test_tags_of_pages_are_told_apart_by_what_they_mean() -> None:
    article = make_article(tags=("glass", "Glass", "C", "C++", "日本語", "🔬"))
    slugs = dict(article.tags.values_list("name", "slug"))
    assert set(slugs) == {"glass", "C", "C++", "日本語", "🔬"}
    assert len(set(slugs.values())) == 5
    assert all(slugs.values())


def test_addresses_with_other_letters_are_quoted_wherever_machines_read_them(client: Client) -> None:
    make_article(title="显微镜下的世界", slug="显微镜下的世界")
    for path in ("/sitemap-pages-1.xml", "/feeds/news.rss", "/feeds/news.atom"):
        text = client.get(path).content.decode()
        assert "/news/%E6%98%BE%E5%BE%AE%E9%95%9C%E4%B8%8B%E7%9A%84%E4%B8%96%E7%95%8C/" in text, path
        assert "/显微镜" not in text, path
    address = "/news/%E6%98%BE%E5%BE%AE%E9%95%9C%E4%B8%8B%E7%9A%84%E4%B8%96%E7%95%8C/"
    assert client.get(address).status_code == 200
