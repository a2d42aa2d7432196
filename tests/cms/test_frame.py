"""What stands around every page: rendered once, told apart by section, and never out of date."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from cms.core.blocks.accolade import AccoladeBlock
from cms.core.models import PortalSettings
from cms.images.models import PortalImage
from home.pages.models import HomePage, StandardPage
from tests.factories.photos import jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    page = HomePage.objects.get()
    page.add_child(instance=StandardPage(title="Getting registered", slug="registration", show_in_menus=True))
    return page


def header(client: Client, address: str) -> str:
    text = client.get(address).content.decode()
    return text[text.index("<header") : text.index("<main")]


def test_the_menu_tells_where_one_is(client: Client, home: HomePage) -> None:
    below = StandardPage(title="Steps", slug="steps")
    StandardPage.objects.get(slug="registration").add_child(instance=below)
    item = '<a href="/registration/"{}>Getting registered</a>'
    for _ in range(2):  # made, and kept
        assert item.format("") in header(client, "/")
        assert item.format(' aria-current="page"') in header(client, "/registration/")
        assert item.format(' aria-current="true"') in header(client, "/registration/steps/")
        assert '<a href="/search/" aria-current="page">' in header(client, "/search/")


def test_what_is_kept_is_forgotten_when_it_changes(client: Client, home: HomePage) -> None:
    assert "Saltmarsh" not in header(client, "/")
    settings = PortalSettings.for_site(home.get_site())
    settings.short_name = "Saltmarsh"
    settings.save()
    assert "Saltmarsh Technicians’ Portal" in header(client, "/")


def test_an_accolade_stands_until_its_last_day(client: Client, home: HomePage, monkeypatch) -> None:
    image = PortalImage(
        title="Plate",
        alt_text="A brass plate.",
        file=ContentFile(jpeg(400, 300), name="plate.jpg"),
        sources=[
            {"type": kind, "width": 400, "height": 300, "key": f"library/400.{kind[6:]}", "bytes": 1}
            for kind in ("image/avif", "image/jpeg")
        ],
    )
    image.save()
    today = timezone.localdate()
    settings = PortalSettings.for_site(home.get_site())
    settings.accolades = [
        ("accolade", accolade(name="Employer of the year", badge=image, until=today)),
        ("accolade", accolade(name="Signatory")),
        ("accolade", accolade(name="Long ago", until=today - dt.timedelta(days=1))),
    ]
    settings.save()
    text = client.get("/").content.decode()
    assert "Employer of the year" in text
    assert 'alt="A brass plate."' in text
    assert "Signatory" in text
    assert "Long ago" not in text

    tomorrow = today + dt.timedelta(days=1)
    monkeypatch.setattr("cms.core.models.timezone.localdate", lambda: tomorrow)
    assert [one["name"] for one in PortalSettings.for_site(home.get_site()).standing_accolades] == ["Signatory"]


def test_an_accolade_cannot_end_before_it_began() -> None:
    block = AccoladeBlock()
    value = block.to_python(accolade() | {"awarded_on": "2026-03-02", "until": "2026-03-01"})
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    assert "comes before the day" in str(refused.value.as_json_data())


def accolade(**facts: object) -> dict[str, object]:
    return {
        "name": "An award",
        "awarded_by": "A society",
        "awarded_on": dt.date(2026, 3, 12),
        "until": None,
        "badge": None,
        "address": "",
    } | facts


@pytest.mark.parametrize(
    "path", ["/media/a%00.jpg", "/media/%00", "/people/a%00b/", "/exhibitions/%00/x/", "/a%00/"]
)
def test_nothing_has_a_name_with_nothing_in_it(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
