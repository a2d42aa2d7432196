"""What was printed and subscribed to survives another name of an edition or an event."""

import pytest
from django.test import Client

from tests.factories.events import make_event, make_event_index
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """As an editor does it; Wagtail notes the old address when that is committed."""

    def rename(page, slug: str) -> None:
        page = type(page).objects.get(pk=page.pk)
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return rename


@pytest.mark.parametrize(
    "address",
    [
        "/exhibitions/{}/",
        "/exhibitions/{}/enter/",
        "/exhibitions/{}/slideshow/",
        "/exhibitions/{}/slideshow/photographs.json",
        "/feeds/exhibition/{}.rss",
        "/feeds/exhibition/{}.json?a=1",
        "/api/gallery/v1/exhibitions/{}/",
    ],
)
def test_an_edition(rename, address: str) -> None:
    exhibition = make_exhibition(slug="before")
    make_exhibit(exhibition)
    rename(exhibition, "after")
    client = Client()
    client.force_login(UserFactory())
    answer = client.get(address.format("before"))
    assert (answer.status_code, answer["Location"]) == (301, address.format("after"))
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(address.format("never")).status_code == 404


def test_an_event_and_its_calendar(rename, client: Client) -> None:
    make_event_index()
    event = make_event(slug="before")
    uid = next(line for line in client.get("/events/before.ics").content.split(b"\r\n") if line.startswith(b"UID"))
    rename(event, "after")
    assert client.get("/events/before.ics")["Location"] == "/events/after.ics"
    assert uid in client.get("/events/after.ics").content
    assert client.get("/events/before/")["Location"] == "/events/after/"


def test_what_is_not_live_any_more_is_led_to_by_nothing(rename, client: Client) -> None:
    exhibition = make_exhibition(slug="before")
    rename(exhibition, "after")
    type(exhibition).objects.update(live=False)
    assert client.get("/exhibitions/before/slideshow/").status_code == 404
