import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.people.models import Department, Technician
from home.technicians.models import Facility
from tests.factories.exhibitions import CategoryFactory, make_exhibit, make_exhibition
from tests.factories.people import DepartmentFactory, TechnicianFactory
from tests.factories.portal import make_departments_page
from tests.strangers import only_public_tables, stranger

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def departments_page():
    return make_departments_page()


@pytest.fixture
def life() -> Department:
    return DepartmentFactory(
        name="Life Sciences",
        slug="life",
        faculty="Science",
        campus="Hillfield",
        blurb="Microscopes and a boat.",
        technician_count=58,
    )


def microscopist(department: Department, **facts: object) -> Technician:
    return TechnicianFactory(
        **{
            "name": "Priya Venkataraghavan",
            "slug": "priya",
            "department": department,
            "profile_public": True,
            **facts,
        }
    )


def make_facility(department: Department, **facts: object) -> Facility:
    return Facility.objects.create(
        **{
            "name": "Electron microscope suite",
            "slug": "electron-microscope-suite",
            "department": department,
            "what": "Shows what is too small to see.",
            "access": "After training.",
            "words": "SEM, confocal",
            "contact_id": "priya",
            **facts,
        }
    )


def shown(path: str, status: int = 200) -> str:
    with only_public_tables():
        response = stranger().get(path)
    assert response.status_code == status
    return response.content.decode()


def test_departments_stand_under_their_faculties(life):
    DepartmentFactory(name="Estates", slug="estates", faculty="Services")
    text = shown("/departments/")
    order = [
        "Science",
        'href="/departments/life/">Life Sciences',
        "58 technicians, Hillfield",
        "Services",
        "Estates",
    ]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)


def test_a_department_shows_its_people_its_things_and_its_photographs(life):
    microscopist(life)
    microscopist(life, name="Keeps to herself", slug="hidden", profile_public=False)
    microscopist(DepartmentFactory(), name="Somebody else", slug="else")
    make_facility(life)
    edition = make_exhibition(title="Steady Hands", slug="steady-hands")
    for _ in range(2):
        make_exhibit(edition, department=life, title="Pollen")
    make_exhibit(edition, title="A bridge")
    text = shown("/departments/life/")
    for words in (
        *("Microscopes and a boat.", "58 technicians, Hillfield", 'href="/people/priya/"', "After training."),
        '<a href="/exhibitions/steady-hands/?department=life">2 in “Steady Hands”</a>',
    ):
        assert words in text
    assert text.count("Pollen</span>") == 2
    for words in ("Keeps to herself", "Somebody else", "A bridge"):
        assert words not in text
    facts = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text).group(1))
    assert (facts["@type"], facts["name"], facts["location"]) == ("Organization", "Life Sciences", "Hillfield")


def test_the_same_photographs_come_through_the_api(life):
    edition = make_exhibition()
    hers = make_exhibit(edition, department=life)
    make_exhibit(edition)
    answer = stranger().get("/api/gallery/v1/exhibits/?department=life").json()
    assert [item["id"] for item in answer["items"]] == [hers.public_id]
    assert hers.path in shown("/departments/life/")


def test_an_unknown_department_is_not_found():
    shown("/departments/alchemy/", 404)


@pytest.mark.parametrize("words", ["electron microscope", "SEM", "life sciences", "MICROSCOPE electron"])
def test_a_visitor_finds_the_microscope_and_whom_to_ask(life, words):
    microscopist(life)
    make_facility(life)
    make_facility(DepartmentFactory(), name="Foundry", slug="foundry", words="bronze", what="Casts.", contact=None)
    text = shown(f"/departments/facilities/?q={words}")
    assert "Electron microscope suite" in text
    assert '<a href="/people/priya/">Priya Venkataraghavan</a>' in text
    assert "Foundry" not in text


def test_whoever_hides_is_asked_no_more_and_the_facility_stays(life):
    person = microscopist(life)
    make_facility(life)
    person.profile_public = False
    person.save()
    for path in ("/departments/facilities/", "/departments/life/"):
        text = shown(path)
        assert "Electron microscope suite" in text
        assert "Priya" not in text


def test_nothing_found_says_what_to_do():
    assert "Nothing goes by “unicorn” here." in shown("/departments/facilities/?q=unicorn")


def statements(path: str) -> int:
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_one_of_everything_and_three_cost_the_same(life):
    edition, category = make_exhibition(), CategoryFactory()

    def add(slug: str) -> None:
        microscopist(life, slug=slug, user=None, name=slug)
        make_facility(life, slug=slug, contact_id=slug)
        make_exhibit(edition, department=life, category=category)
        DepartmentFactory()

    paths = ("/departments/", "/departments/life/", "/departments/facilities/")
    add("priya")
    before = [statements(path) for path in paths]
    add("two")
    add("three")
    assert [statements(path) for path in paths] == before == [7, 13, 7]
