"""A figure is changed in one place and stands everywhere with its day."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.pages.models import HomePage, StandardPage
from home.topics.models import ImpactFigure
from tests.factories.people import UserFactory
from tests.factories.registration import ImpactFigureFactory

pytestmark = pytest.mark.django_db


def page_with(slug: str, *figures: ImpactFigure) -> StandardPage:
    body = [("figures", list(figures))]
    return HomePage.objects.get().add_child(instance=StandardPage(title=slug, slug=slug, body=body))


@pytest.mark.parametrize(
    ("value", "unit", "number"),
    [
        (418, "", "418"),
        ("1250.00", "", "1,250"),
        ("0.50", "", "0.5"),
        (62, "%", "62%"),
        (28, "£", "£28"),
        ("12.5", "£", "£12.50"),
        (40, "hours", "40 hours"),
        (100, "", "100"),
        ("100.10", "", "100.1"),
    ],
)
def test_a_number_is_written_as_people_write_it(value, unit: str, number: str) -> None:
    assert ImpactFigure(value=Decimal(value), unit=unit).number == number


def test_a_change_in_one_place_shows_on_every_page_with_its_day(client: Client) -> None:
    figure = ImpactFigureFactory(name="bodies we pay for", source_url="https://example.org/count")
    page_with("first", figure)
    page_with("second", figure)
    figure.value, figure.as_of = 37, dt.date(2027, 1, 4)
    figure.save()
    for slug in ("first", "second"):
        text = client.get(f"/{slug}/").content.decode()
        assert '<p class="figure-number numeral">37</p>' in text
        assert "On 4 January 2027." in text
        assert '<a href="https://example.org/count">Staff record</a>' in text


def test_other_sites_get_the_number_its_day_and_its_source(client: Client) -> None:
    page = page_with("first", ImpactFigureFactory(name="bodies", unit="%"))
    block = client.get(f"/api/v2/pages/{page.pk}/").json()["body"][0]
    assert block["value"] == [
        {
            "name": "bodies",
            "value": 36.0,
            "unit": "%",
            "number": "36%",
            "as_of": "2026-11-20",
            "source": "Staff record",
            "source_url": "",
        }
    ]


def test_a_deleted_figure_leaves_the_page(client: Client) -> None:
    figure, kept = ImpactFigureFactory(value=36), ImpactFigureFactory(value=37)
    page = page_with("first", figure, kept)
    figure.delete()
    text = client.get("/first/").content.decode()
    assert [number in text for number in (">36<", ">37<")] == [False, True]
    (block,) = client.get(f"/api/v2/pages/{page.pk}/").json()["body"]
    assert [one["number"] for one in block["value"]] == ["37"]


def test_four_figures_cost_one_query(client: Client) -> None:
    page_with("one", ImpactFigureFactory())
    page_with("four", *ImpactFigureFactory.create_batch(4))
    counts = []
    for slug in ("one", "four"):
        client.get(f"/{slug}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/{slug}/")
        counts.append(sum("topics_impactfigure" in query["sql"] for query in queries))
    assert counts == [1, 1]


def test_an_editor_finds_figures_in_the_settings(client: Client) -> None:
    ImpactFigureFactory(name="letters held")
    client.force_login(UserFactory(is_superuser=True))
    assert "letters held" in client.get("/admin/snippets/topics/impactfigure/").content.decode()
