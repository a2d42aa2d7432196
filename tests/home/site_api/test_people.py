"""`/api/v2/people/`: everybody who shows a profile, as complete as their page, and nobody else."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.people.questions import QUESTIONS, paired
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.people import DepartmentFactory, RoleFamilyFactory, TechnicianFactory
from tests.factories.portal import make_people_page
from tests.strangers import only_public_tables, stranger

pytestmark = pytest.mark.django_db
BASE = "https://portal.example"


@pytest.fixture(autouse=True)
def people_page():
    return make_people_page()


def get(path: str = "", **headers: str):
    with only_public_tables():
        return stranger().get(f"/api/v2/people/{path}", headers=headers)


@pytest.fixture
def priya():
    return TechnicianFactory(
        name="Priya",
        slug="priya",
        role="Microscopist",
        registration="RSci",
        joined=2014,
        skills=["imaging"],
        bio="Runs the suite.",
        quote="Tell your gran.",
        top_tip="Clean the stage.",
        answers=paired(["I show small things.", "", "", "", "", ""]),
        department=DepartmentFactory(name="Life", slug="life"),
        role_family=RoleFamilyFactory(name="Imaging", slug="imaging"),
        profile_public=True,
    )


def test_one_person_in_full(priya):
    edition = make_exhibition()
    shown = make_exhibit(edition, photographer_slug="priya", title="Pollen")
    make_exhibit(edition, photographer_slug="priya", title="On our wall only", is_shared=False)
    assert get("priya/").json() == {
        "id": "priya",
        "meta": {
            "type": "people.Profile",
            "detail_url": f"{BASE}/api/v2/people/priya/",
            "html_url": f"{BASE}/people/priya/",
        },
        "slug": "priya",
        "name": "Priya",
        "role": "Microscopist",
        "department": {"slug": "life", "name": "Life"},
        "role_family": {"slug": "imaging", "name": "Imaging"},
        "registration": "RSci",
        "joined": 2014,
        "skills": ["imaging"],
        "bio": "Runs the suite.",
        "quote": "Tell your gran.",
        "answers": [{"question": QUESTIONS[0], "answer": "I show small things."}],
        "top_tip": "Clean the stage.",
        "portrait": None,
        "exhibits": [
            {
                "id": shown.public_id,
                "title": "Pollen",
                "url": BASE + shown.path,
                "detail_url": f"{BASE}/api/gallery/v1/exhibits/{shown.public_id}/",
            }
        ],
        "stories": [],
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Ewan", "Priya"]),
        ("?order=-name", ["Priya", "Ewan"]),
        ("?department=life", ["Priya"]),
        ("?role_family=imaging", ["Priya"]),
        ("?department=life&role_family=field", []),
        ("?search=MICROSCOP", ["Priya"]),
        ("?limit=1&offset=1", ["Priya"]),
    ],
)
def test_the_list_narrows(priya, query, found):
    TechnicianFactory(name="Ewan", slug="ewan", role_family=RoleFamilyFactory(slug="field"), profile_public=True)
    TechnicianFactory(name="Wants no page")
    assert [item["name"] for item in get(query).json()["items"]] == found


@pytest.mark.parametrize("query", ["?campus=here", "?department=", "?order=email", "?search=a&search=b"])
def test_what_is_not_understood_is_refused(priya, query):
    assert get(query).status_code == 400


def test_a_copy_is_not_sent_twice_and_hiding_changes_the_tag(priya):
    first = get()
    assert first["Access-Control-Allow-Origin"] == "*"
    assert get(if_none_match=first["ETag"]).status_code == 304
    priya.profile_public = False
    priya.save()
    after = get(if_none_match=first["ETag"])
    assert (after.status_code, after.json()["items"]) == (200, [])
    assert get("priya/").status_code == 404


def test_one_person_and_three_cost_the_same(priya):
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get("/api/v2/people/").status_code == 200
        return len(queries)

    one = statements()
    for _ in range(2):
        TechnicianFactory(profile_public=True)
    assert statements() == one == 2


@pytest.mark.parametrize("way", ["unpublished", "behind a password"])
def test_there_is_nobody_while_no_public_page_shows_them(priya, people_page, way):
    if way == "unpublished":
        people_page.unpublish()
    else:
        PageViewRestriction.objects.create(page=people_page, restriction_type="password", password="sesame")
    assert get("priya/").status_code == 404
    assert get().json()["items"] == []
    assert "/people/priya/" not in stranger().get("/search/", {"q": "Priya"}).content.decode()
