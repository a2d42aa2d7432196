"""A photograph whose 1600-pixel copy is too heavy for messengers, wherever it can be shared and read."""

import json
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.test import Client

from cms.images.models import PortalImage
from tests.factories.commitment import ThemeFactory, make_theme_page
from tests.factories.events import make_event
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.news import make_article
from tests.factories.people import TechnicianFactory
from tests.factories.photos import jpeg
from tests.factories.portal import make_people_page, make_story
from tests.strangers import only_public_tables

pytestmark = pytest.mark.django_db

MEDIA = "https://portal.example/media/heavy/"
HEAVY = [
    {"type": f"image/{kind}", "width": width, "height": width // 2, "key": f"heavy/{width}.{kind}", "bytes": size}
    for width, size in ((2400, 1_200_000), (1600, 600_001), (1024, 300_000), (640, 90_000))
    for kind in ("avif", "jpeg")
]


@pytest.fixture
def exhibit():
    person = TechnicianFactory(slug="a-example", profile_public=True)
    return make_exhibit(make_exhibition(), sources=HEAVY, alt_text="A flask.", photographer_slug=person.slug)


@pytest.fixture
def image() -> PortalImage:
    image = PortalImage(title="x", alt_text="A flask.", file=ContentFile(jpeg(400, 300), name="x.jpg"))
    image.sources = HEAVY
    image.save()
    return image


def card(client: Client, address: str) -> dict:
    with only_public_tables():
        response = client.get(address)
    assert response.status_code == 200
    tags = BeautifulSoup(response.content, "html.parser").select('meta[property^="og:image"]')
    found = {tag["property"]: tag["content"] for tag in tags}
    found.pop("og:image:type", None)
    return found


def picture_of(kind: str, exhibit: object, image: PortalImage) -> tuple:
    return (kind, exhibit if kind == "exhibit" else {"image": image, "caption": ""})


CARD = {
    "og:image": f"{MEDIA}1024.jpeg",
    "og:image:width": "1024",
    "og:image:height": "512",
    "og:image:alt": "A flask.",
}


def test_a_photograph_its_wall_and_its_makers_page_share_what_messengers_carry(client, exhibit) -> None:
    make_people_page()
    for address in (exhibit.path, exhibit.exhibition.url, "/people/a-example/"):
        assert card(client, address) == CARD


def test_a_portrait_is_shared_by_the_same_rule(client, image) -> None:
    make_people_page()
    TechnicianFactory(slug="b-example", profile_public=True, portrait=image)
    assert card(client, "/people/b-example/") == CARD


@pytest.mark.parametrize("kind", ["exhibit", "picture"])
def test_pages_that_show_it_share_what_messengers_carry(client, exhibit, image, kind) -> None:
    block = picture_of(kind, exhibit, image)
    article = make_article(lead_picture=[block])
    event = make_event(body=[block])
    theme = make_theme_page(ThemeFactory(), body=[block])
    for page in (article, event, theme):
        assert card(client, page.address) == CARD


def test_a_story_shares_what_messengers_carry(client, exhibit) -> None:
    assert card(client, make_story(body=[("exhibit", exhibit)]).address) == CARD


@pytest.mark.parametrize("kind", ["exhibit", "picture"])
def test_feed_readers_get_it_1600_pixels_wide_however_heavy(client, exhibit, image, kind) -> None:
    block = picture_of(kind, exhibit, image)
    make_article(lead_picture=[block], body=[block])
    licence = {"exhibit": ("CC BY 4.0", exhibit.get_licence().url), "picture": ("All rights reserved", "")}[kind]
    told = {
        "url": f"{MEDIA}1600.jpeg",
        "width": 1600,
        "height": 800,
        "bytes": 600_001,
        "alt": "A flask.",
        "credit": exhibit.credit if kind == "exhibit" else "",
        "licence": licence[0],
        "licence_url": licence[1],
    }
    (item,) = client.get("/feeds/news.json").json()["items"]
    assert json.dumps(item["_portal"]["picture"]) == json.dumps(told)
    assert (item["image"], item["attachments"][0]["size_in_bytes"]) == (told["url"], 600_001)
    figures = BeautifulSoup(item["content_html"], "html.parser").find_all("figure")
    assert [(one.img["src"], one.img["width"], one.img["alt"]) for one in figures] == [
        (told["url"], "1600", "A flask.")
    ] * 2

    rss = ElementTree.fromstring(client.get("/feeds/news.rss").content)  # noqa: S314
    assert [one.get("url") for one in rss.iter("enclosure")] == [told["url"]]
    atom = ElementTree.fromstring(client.get("/feeds/news.atom").content)  # noqa: S314
    links = atom.iter("{http://www.w3.org/2005/Atom}link")
    assert [one.get("href") for one in links if one.get("rel") == "enclosure"] == [told["url"]]


def test_a_photographs_own_feed_gives_the_same_and_search_engines_the_widest(client, exhibit) -> None:
    (item,) = client.get("/feeds/photographs.json").json()["items"]
    assert item["image"] == f"{MEDIA}1600.jpeg"
    assert f"<image:loc>{MEDIA}2400.jpeg</image:loc>" in client.get("/sitemap-photographs-1.xml").content.decode()
