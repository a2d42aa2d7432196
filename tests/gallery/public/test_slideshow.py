"""The screen in a foyer: its page, its list, its codes and its worker, as the site serves them."""

import datetime as dt
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image, ImageDraw
from wagtail.blocks import BlockField

from cms.core.models import PAGE_CACHE_CONTROL
from gallery.models.exhibits import Exhibit
from gallery.public import slideshow
from gallery.services import entries
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.people import UserFactory
from tests.strangers import only_public_tables

pytestmark = pytest.mark.django_db


def folder(edition) -> str:
    return f"/exhibitions/{edition.slug}/slideshow/"


def listed(client: Client, edition) -> dict:
    response = client.get(f"{folder(edition)}photographs.json")
    assert response.status_code == 200
    return json.loads(response.content)


def shown(client: Client, edition, query: str = "") -> str:
    response = client.get(folder(edition) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_without_scripts_each_photograph_leads_to_the_next_and_the_last_to_the_first(client: Client) -> None:
    edition = make_exhibition()
    for place, title in enumerate(("Pink Fog", "Ghost Light", "Four Necks")):
        make_exhibit(edition, title=title, wall_order=place)
    titles, ways = [], []
    for query in ("", "?n=2", "?n=3"):
        text = shown(client, edition, query)
        titles.append(re.search(r'slide-title"><a href="[^"]+">([^<]+)', text)[1])
        ways.append(re.findall(r'href="(\?n=\d+)"', text))
    assert titles == ["Pink Fog", "Ghost Light", "Four Necks"]
    assert ways == [["?n=3", "?n=2"], ["?n=1", "?n=3"], ["?n=2", "?n=1"]]


@pytest.mark.parametrize("asked", ["0", "-4", "x", "²", "99999999999"])
def test_a_strange_number_shows_a_photograph(client: Client, asked: str) -> None:
    edition = make_exhibition()
    make_exhibit(edition, title="Pink Fog")
    assert "Pink Fog" in shown(client, edition, f"?n={asked}")


def test_title_maker_department_caption_and_description_are_on_it(client: Client) -> None:
    edition = make_exhibition(title="Steady Hands")
    exhibit = make_exhibit(edition, alt_text="A flask glows.")
    text = shown(client, edition)
    for part in (
        '<p class="slide-edition">Steady Hands</p>',
        f'<a href="{exhibit.path}">{exhibit.title}</a>',
        "<b>A. Example</b>",
        f'<span class="slide-department">{exhibit.department.name}</span>',
        '<p class="slide-caption">What is happening here.</p>',
        'src="/media/exhibits/x/1024.jpg" width="3000" height="2000" alt="A flask glows."',
        f'<img src="{folder(edition)}{exhibit.pk}.svg"',
    ):
        assert part in text


def test_an_empty_wall_says_so(client: Client) -> None:
    assert "nothing hangs here now" in shown(client, make_exhibition())


def test_an_edition_that_is_not_public_has_no_screen(client: Client) -> None:
    edition = make_exhibition()
    exhibit = make_exhibit(edition)
    edition.unpublish()
    for name in ("", "offline/", "photographs.json", f"{exhibit.pk}.svg"):
        assert client.get(folder(edition) + name).status_code == 404, name


def test_the_list_holds_what_hangs_on_this_wall_in_its_order(client: Client) -> None:
    edition = make_exhibition(title="Steady Hands")
    soon = timezone.now().replace(microsecond=0) + dt.timedelta(hours=2)
    second = make_exhibit(edition, wall_order=2, expires_at=soon, is_shared=False)
    first = make_exhibit(edition, wall_order=1, photographer_name="", credit="Photo: Our university")
    make_exhibit(edition, wall_order=3, expires_at=timezone.now())
    make_exhibit(make_exhibition())

    told = listed(client, edition)

    assert [item["id"] for item in told["items"]] == [first.pk, second.pk]
    assert told["items"][1] == {
        "id": second.pk,
        "url": second.path,
        "title": second.title,
        "maker": "A. Example",
        "role": "Glassblower",
        "department": second.department.name,
        "caption": "What is happening here.",
        "credit": "Photo: A. Example, Our university",
        "alt": "Two gloved hands hold a flask up to the light.",
        "width": 3000,
        "height": 2000,
        "pictures": [[width, f"/media/exhibits/x/{width}.jpg"] for width in (320, 640, 1024)],
        "qr": f"{folder(edition)}{second.pk}.svg",
        "until": soon.isoformat().replace("+00:00", "Z"),
    }
    assert told["items"][0]["maker"] == "Glassblower"
    assert told["items"][0]["until"] is None
    assert {name: told[name] for name in ("edition", "seconds", "from", "to", "zone")} == {
        "edition": {"title": "Steady Hands", "url": f"/exhibitions/{edition.slug}/"},
        "seconds": 15,
        "from": None,
        "to": None,
        "zone": "Europe/London",
    }


def test_an_editor_sets_hours_and_seconds(client: Client) -> None:
    edition = make_exhibition(slideshow_seconds=40, slideshow_from=dt.time(8), slideshow_to=dt.time(19, 30))
    told = listed(client, edition)
    assert (told["seconds"], told["from"], told["to"]) == (40, "08:00", "19:30")


def test_a_withdrawn_photograph_is_off_the_list_at_once_and_the_list_is_always_asked_for(client: Client) -> None:
    entry = make_entry(title="Heart of the Boiler")
    edition = entry.exhibition
    address = f"{folder(edition)}photographs.json"
    before = client.get(address)
    assert "Heart of the Boiler" in before.content.decode()
    assert before["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert client.get(address, headers={"if-none-match": before["ETag"]}).status_code == 304

    entries.withdraw(entry=entry, by=entry.photographer, now=timezone.now())

    after = client.get(address, headers={"if-none-match": before["ETag"]})
    assert (after.status_code, json.loads(after.content)["items"]) == (200, [])
    assert "Heart of the Boiler" not in shown(client, edition)
    assert client.get(f"{folder(edition)}{entry.public_id}.svg").status_code == 404


def test_what_a_screen_keeps_of_the_page_holds_no_photograph(client: Client) -> None:
    edition = make_exhibition()
    exhibit = make_exhibit(edition, title="Heart of the Boiler")
    text = client.get(f"{folder(edition)}offline/").content.decode()
    assert "Heart of the Boiler" not in text
    assert exhibit.pk not in text
    assert f'data-folder="{folder(edition)}"' in text
    assert "slideshow.js" in text


def decoded(svg: str) -> str:
    """What a telephone reads from the drawing: its modules as pixels, through a reader."""
    zxingcpp = pytest.importorskip("zxingcpp")
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    picture = Image.new("L", (side * 8, side * 8), 255)
    pen = ImageDraw.Draw(picture)
    x = y = 0.0
    for kind, numbers in re.findall(r"([Mmh])([-\d. ]+)", re.search(r'stroke="#000" d="([^"]+)"', svg)[1]):
        values = [float(number) for number in numbers.split()]
        if kind == "h":
            pen.rectangle((x * 8, (y - 0.5) * 8, (x + values[0]) * 8 - 1, (y + 0.5) * 8 - 1), fill=0)
            x += values[0]
        elif kind == "m":
            x, y = x + values[0], y + values[1]
        else:
            x, y = values
    [found] = zxingcpp.read_barcodes(picture)
    return found.text


def test_the_code_leads_to_the_photographs_page(client: Client) -> None:
    exhibit = make_exhibit(make_exhibition())
    response = client.get(f"{folder(exhibit.exhibition)}{exhibit.pk}.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cache-Control"] == PAGE_CACHE_CONTROL
    assert decoded(response.content.decode()) == f"https://portal.example{exhibit.path}"


def test_the_code_has_its_quiet_zone_and_full_contrast() -> None:
    svg = slideshow.qr_code("https://portal.example/").decode()
    assert 'fill="#fff"' in svg
    assert re.search(r'stroke="#000" d="M4 4.5h7', svg)


def test_a_code_is_drawn_once() -> None:
    assert slideshow.qr_code("https://portal.example/once") is slideshow.qr_code("https://portal.example/once")


def test_the_worker_may_touch_only_this_slideshow(client: Client) -> None:
    edition = make_exhibition()
    response = client.get(f"{folder(edition)}worker.js")
    assert response["Content-Type"] == "text/javascript"
    assert not response.has_header("Service-Worker-Allowed")
    assert "self.registration.scope" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "queries"), [("", 3), ("?n=1", 3), ("photographs.json", 2), ("offline/", 1), ("worker.js", 0)]
)
@pytest.mark.parametrize("how_many", [1, 3])
def test_costs_the_same_for_one_and_for_three(client: Client, name: str, queries: int, how_many: int) -> None:
    edition = make_exhibition()
    for _ in range(how_many):
        make_exhibit(edition)
    client.get(folder(edition))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(folder(edition) + name).status_code == 200
    assert len(asked) == queries


def test_a_code_costs_one_query(client: Client) -> None:
    exhibit = make_exhibit(make_exhibition())
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{folder(exhibit.exhibition)}{exhibit.pk}.svg")
    assert len(asked) == 1


def test_everybody_gets_the_same_bytes_and_no_private_table_is_read(client: Client) -> None:
    secret = "kept-between-us@calderwick.example"
    make_entry(photographer=UserFactory(email=secret, name="Ann Example"))
    exhibit = Exhibit.objects.get()
    addresses = [folder(exhibit.exhibition) + name for name in ("", "photographs.json", f"{exhibit.pk}.svg")]
    with only_public_tables():
        anonymous = [client.get(address) for address in addresses]
    client.force_login(UserFactory(name="Somebody Signed In"))
    for address, before in zip(addresses, anonymous, strict=True):
        after = client.get(address)
        assert after.content == before.content
        assert secret not in after.content.decode()
        assert not before.cookies
        assert "Cookie" not in before.get("Vary", "")


def test_the_page_keeps_to_the_strict_policy(client: Client) -> None:
    edition = make_exhibition()
    make_exhibit(edition)
    response = client.get(folder(edition))
    policy = response["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "script-src 'self';" in policy + ";"
    assert not re.search(r"<script(?![^>]* src=)|<style|\son[a-z]+=", response.content.decode())


@pytest.mark.parametrize(("until", "refused"), [("", True), ("19:00", False)])
def test_hours_are_given_both_or_neither(client: Client, until: str, refused: bool) -> None:
    edition = make_exhibition()
    client.force_login(UserFactory(is_superuser=True))
    address = f"/admin/pages/{edition.pk}/edit/"
    form = client.get(address).context["form"]
    plain = {name: form[name].value() for name, field in form.fields.items() if not isinstance(field, BlockField)}
    written = {name: value for name, value in plain.items() if value not in (None, "")}
    empty = {f"{name}-count": "0" for name, field in form.fields.items() if isinstance(field, BlockField)}
    answer = client.post(
        address, {**written, **empty, "categories": [], "slideshow_from": "08:00", "slideshow_to": until}
    )
    assert ("Give both hours, or neither." in answer.content.decode()) is refused
