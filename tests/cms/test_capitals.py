"""Addresses are told apart by their letters, not by capitals."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from home.pages.models import HomePage, StandardPage
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.news import make_article
from tests.factories.people import administrator

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
