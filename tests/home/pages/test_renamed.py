"""What was printed and subscribed to survives another name of an edition or an event."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from cms.core.former_slugs import renamed
from cms.core.process_cache import forget_everything
from gallery.models.exhibits import Exhibit
from home.pages.models import HomePage
from home.technicians.models import DepartmentsPage
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


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("exhibition", "/api/gallery/v1/exhibits/?limit=5&exhibition={}"),
        ("exhibition", "/api/v2/exhibits/?exhibition={}"),
        ("category", "/api/gallery/v1/exhibits/?category={}"),
        ("category", "/exhibitions/edition/?category={}"),
        ("category", "/feeds/category/{}.atom"),
        ("department", "/exhibitions/edition/?department={}"),
        ("department", "/api/v2/exhibits/?department={}"),
        ("department", "/feeds/department/{}.json"),
        ("department", "/departments/{}/"),
    ],
)
def test_whatever_is_named_in_an_address(rename, client: Client, kind: str, address: str) -> None:
    """Twice renamed, it is still found by both names; a name given again is the new one's."""
    edition = make_exhibition(slug="edition")
    make_exhibit(edition)
    HomePage.objects.get().add_child(instance=DepartmentsPage(title="Departments", slug="departments"))
    one = edition if kind == "exhibition" else getattr(Exhibit.objects.get(), kind)

    def call(slug: str) -> None:
        if kind == "exhibition":
            rename(one, slug)
        else:
            one.slug = slug
            one.save()
        forget_everything()  # as every process does within a minute

    for slug in ("before", "between", "after"):
        call(slug)
    for old in ("before", "between"):
        answer = client.get(address.format(old))
        assert (answer.status_code, answer["Location"]) == (301, address.format("after"))
        if not address.startswith(("/exhibitions", "/departments")):
            assert answer["Access-Control-Allow-Origin"] == "*"
        assert client.get(answer["Location"]).status_code == 200
    call("before")
    assert client.get(address.format("before")).status_code == 200
    assert client.get(address.format("after"))["Location"] == address.format("before")


def test_the_page_that_was_at_an_address(rename, client: Client) -> None:
    rename(make_exhibition(slug="before"), "after")
    answer = client.get("/api/v2/pages/find/?html_path=/exhibitions/before/&fields=_,id")
    assert (answer.status_code, answer["Location"]) == (
        301,
        "/api/v2/pages/find/?html_path=/exhibitions/after/&fields=_%2Cid",
    )
    assert client.get("/api/v2/pages/find/?html_path=/exhibitions/never/").status_code == 404


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


@pytest.mark.parametrize(
    "below", ["evil.example", "evil.example/?a=1", "/////////evil.example", "%5c%5cevil.example/"]
)
@pytest.mark.parametrize("slashes", ["/" * number for number in (1, 2, 8)])
def test_nobody_is_led_to_another_site(client: Client, slashes: str, below: str) -> None:
    """Not even below an old address of the home page, where nothing of ours stands between the slashes."""
    home = HomePage.objects.get()
    Redirect.add_redirect("/old-home", home)
    renamed("category", "before", "after")
    forget_everything()
    for address in (f"/old-home{slashes}{below}", f"{slashes}{below}", f"{slashes}{below.upper()}"):
        path, _, query = address.partition("?")
        answer = client.get(f"/?category=before&{query}", PATH_INFO=unquote(path))
        assert answer.status_code == 301, address
        assert re.match(r"/(?![/\\])", answer["Location"]), (address, answer["Location"])
        answer = client.get(f"/?{query}", PATH_INFO=unquote(path))
        assert re.match(r"/(?![/\\])", answer.get("Location", "/")), (address, answer["Location"])
        assert address.startswith("/old") <= (answer.status_code == 301), address
