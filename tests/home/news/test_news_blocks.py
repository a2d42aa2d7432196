"""The film that waits to be asked for, and the list of the latest."""

import re

import pytest
from django.test import Client
from wagtail.blocks import StructBlockValidationError

from home.blocks.latest_news import LatestNewsBlock
from home.blocks.media import MediaBlock
from home.pages.models import HomePage, StandardPage
from tests.factories.news import make_article

pytestmark = pytest.mark.django_db

FILM = {
    "title": "A tour of the tunnel",
    "address": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "poster": None,
    "length": "12 minutes",
    "transcript": "<p>The fan starts.</p>",
    "transcript_page": None,
}


def about(*body: tuple) -> StandardPage:
    return HomePage.objects.get().add_child(
        instance=StandardPage(title="With blocks", slug="with-blocks", body=list(body))
    )


def test_nothing_is_fetched_from_another_site_before_the_visitor_asks(client: Client) -> None:
    about(("media", FILM))
    response = client.get("/with-blocks/")
    text = response.content.decode()
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ" rel="noopener noreferrer"' in text
    assert "<iframe" not in text
    assert re.findall(r'(?:src|srcset|poster)="https?://', text) == []
    assert "The fan starts." in text
    assert "frame-src https://www.youtube-nocookie.com;" in response["Content-Security-Policy"] + ";"


def test_other_pages_allow_no_frames(client: Client) -> None:
    about(("heading", "No film"))
    assert "frame-src" not in client.get("/with-blocks/")["Content-Security-Policy"]


def test_a_film_needs_a_known_site_and_a_transcript() -> None:
    block = MediaBlock()
    assert block.clean(block.to_python(FILM))["title"] == "A tour of the tunnel"
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python(FILM | {"address": "https://example.org/film", "transcript": ""}))
    assert set(refused.value.block_errors) == {"address", "transcript"}


def test_the_api_hands_out_the_films_address_and_transcript(client: Client) -> None:
    page = about(("media", FILM))
    (block,) = client.get(f"/api/v2/pages/{page.pk}/").json()["body"]
    assert block["value"] == {
        "title": "A tour of the tunnel",
        "provider": "YouTube",
        "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "length": "12 minutes",
        "transcript": {"html": "<p>The fan starts.</p>", "text": "The fan starts."},
    }


def test_the_latest_articles_stand_on_any_page_at_once(client: Client) -> None:
    about(("latest_news", {"title": "Latest", "kind": "interview", "number": 2}))
    assert "Latest" not in client.get("/with-blocks/").content.decode()
    for title in ("First", "Second", "Third"):
        make_article(title=title, kind="interview")
    make_article(title="Only news", kind="news")
    text = client.get("/with-blocks/").content.decode()
    assert re.findall(r'<h3><a href="[^"]+">([^<]+)</a></h3>', text) == ["Third", "Second"]
    assert client.get("/with-blocks/")["Cache-Control"] == "public, max-age=30, stale-while-revalidate=30"


def test_the_number_of_latest_articles_is_bounded() -> None:
    assert (LatestNewsBlock().child_blocks["number"].field.max_value) == 6
