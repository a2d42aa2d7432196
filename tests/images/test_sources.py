"""Which file of a picture is shown where: one rule for share cards, pages, feeds and the API."""

import json

import pytest

from cms.images.fields import SourcesField
from cms.images.models import PortalImage
from cms.images.sources import Sources, share_card
from tests.factories.exhibitions import make_exhibit, make_exhibition

AVIF, JPEG = "image/avif", "image/jpeg"


def file(width: int, size: int = 1000, mime: str = JPEG) -> dict:
    return {"type": mime, "width": width, "height": width // 2, "key": f"x/{width}.{mime[6:]}", "bytes": size}


@pytest.mark.parametrize(
    ("files", "width"),
    [
        ([(2400, 900_000), (1600, 600_000), (1024, 300_000)], 1600),
        ([(2400, 900_000), (1600, 600_001), (1024, 600_000), (640, 90_000)], 1024),
        ([(2400, 500_000), (1601, 400_000), (640, 90_000)], 640),
        ([(1024, 700_000), (640, 650_000), (320, 610_000)], 320),
        ([(2400, 100_000)], 2400),
    ],
)
def test_a_share_card_is_the_widest_jpeg_messengers_carry_or_else_the_narrowest(files, width) -> None:
    ladder = [file(width, size) for width, size in files]
    for sources in (Sources(ladder), Sources(reversed(ladder)), Sources([*ladder, file(1200, 1, AVIF)])):
        assert sources.share_card("A lathe.") == {
            "url": f"https://portal.example/media/x/{width}.jpeg",
            "width": width,
            "height": width // 2,
            "alt": "A lathe.",
        }


def test_without_a_jpeg_there_is_no_card_and_nothing_to_choose() -> None:
    for sources in (Sources(), Sources([file(640, mime=AVIF)])):
        assert sources.share_card("A lathe.") is None
        assert sources.best_jpeg() is None
        assert sources.srcset(JPEG) == ""


def test_without_limits_the_widest_jpeg_is_the_best() -> None:
    assert Sources([file(640), file(2400, 9_000_000), file(1600)]).best_jpeg() == file(2400, 9_000_000)


def test_a_srcset_is_of_one_format_narrowest_first_and_never_empty_for_its_limit() -> None:
    sources = Sources([file(1600), file(1600, mime=AVIF), file(1024), file(640)])
    assert sources.srcset(JPEG) == "/media/x/640.jpeg 640w, /media/x/1024.jpeg 1024w, /media/x/1600.jpeg 1600w"
    assert sources.srcset(JPEG, max_width=1024, base="@") == "@x/640.jpeg 640w, @x/1024.jpeg 1024w"
    assert sources.srcset(AVIF, max_width=1024) == "/media/x/1600.avif 1600w"


@pytest.mark.parametrize("media", ["/media/", "https://files.example/p/"])
def test_other_sites_get_complete_addresses_wherever_the_files_are(settings, media) -> None:
    settings.MEDIA_URL = media
    host = "https://portal.example" if media.startswith("/") else ""
    url = f"{host}{media}x/640.jpeg"
    sources = Sources([file(640)])
    assert sources.as_api() == [{"type": JPEG, "width": 640, "height": 320, "url": url, "bytes": 1000}]
    assert sources.as_api("@")[0]["url"] == "@x/640.jpeg"
    assert sources.share_card("")["url"] == url


@pytest.mark.django_db
def test_the_first_picture_others_may_show_and_whose_files_are_made_is_shared() -> None:
    being_made = PortalImage(alt_text="Not yet.")
    closed = PortalImage(alt_text="Ours only.", sources=[file(640)])
    closed.is_shared = False
    shown = PortalImage(alt_text="A lathe.", sources=[file(640)])
    assert share_card([None, being_made, closed, shown])["alt"] == "A lathe."
    assert share_card([None, being_made, closed]) is None


@pytest.mark.django_db
def test_a_picture_knows_its_files_however_they_came_and_migrations_know_json() -> None:
    image = PortalImage(sources=[file(640)])
    image.sources = [*image.sources, file(320)]
    assert type(image.sources) is Sources
    assert image.sources.keys == ["x/640.jpeg", "x/320.jpeg"]
    assert json.loads(json.dumps(image.sources)) == image.sources
    assert SourcesField().deconstruct()[1] == "django.db.models.JSONField"


@pytest.mark.django_db
def test_files_read_back_and_deferred_are_what_was_stored() -> None:
    made = make_exhibit(make_exhibition(), sources=[file(640)])
    for found in (type(made).objects.get(), type(made).objects.defer("sources").get()):
        assert (type(found.sources), found.sources) == (Sources, [file(640)])
