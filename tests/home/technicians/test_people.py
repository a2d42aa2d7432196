"""The list of people and one person's page: what stands there, and that it goes with the tick."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.core.models import PAGE_CACHE_CONTROL
from cms.people.models import Profile, Technician
from cms.people.questions import QUESTIONS, paired
from tests.factories.exhibitions import CategoryFactory, make_exhibit, make_exhibition
from tests.factories.people import DepartmentFactory, RoleFamilyFactory, TechnicianFactory
from tests.factories.portal import make_people_page
from tests.strangers import only_public_tables, stranger

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people_page():
    return make_people_page()


def shown(path: str, status: int = 200) -> str:
    with only_public_tables():
        response = stranger().get(path)
    assert response.status_code == status
    assert response["Cache-Control"] == PAGE_CACHE_CONTROL
    assert not response.cookies
    return response.content.decode()


def names(text: str) -> list[str]:
    return re.findall(r'<h3><a href="/people/[\w-]+/">([^<]+)</a>', text)


def glassblower(**facts: object) -> Technician:
    return TechnicianFactory(
        **{
            "name": "Máiréad Ní Dhuibhir",
            "slug": "mairead-ni-dhuibhir",
            "role": "Scientific Glassblower",
            "registration": "RSciTech",
            "joined": 2012,
            "skills": ["vacuum lines", "quartz"],
            "bio": "Makes the glass nobody sells.",
            "quote": "Glass forgives nothing.",
            "top_tip": "If it looks cold it is hotter.",
            "answers": paired(["I blow glass.", "", "A flask with four necks.", "", "", ""]),
            "profile_public": True,
            **facts,
        }
    )


def test_everybody_with_a_profile_is_listed_by_name_and_nobody_else():
    glassblower()
    TechnicianFactory(name="Ewan Tulloch-Reid", profile_public=True)
    TechnicianFactory(name="Wants no page", quote="My secret words")
    text = shown("/people/")
    assert names(text) == ["Ewan Tulloch-Reid", "Máiréad Ní Dhuibhir"]
    assert "RSciTech" in text
    assert "My secret words" not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("department=chem", ["Máiréad Ní Dhuibhir"]),
        ("role_family=field", ["Ewan"]),
        ("department=chem&role_family=field", []),
        ("department=nowhere", []),
        ("q=mairead", ["Máiréad Ní Dhuibhir"]),
        ("q=VACUUM+glass", ["Máiréad Ní Dhuibhir"]),
        ("q=rscitech", ["Máiréad Ní Dhuibhir"]),
        ("q=boat&department=chem", []),
        ("q=%22%00", []),
        ("page=2", []),
    ],
)
def test_the_list_narrows(query, found):
    glassblower(
        department=DepartmentFactory(name="Chemistry", slug="chem"),
        role_family=RoleFamilyFactory(name="Workshop", slug="workshop"),
    )
    TechnicianFactory(
        name="Ewan",
        skills=["boats"],
        department=DepartmentFactory(name="Life", slug="life"),
        role_family=RoleFamilyFactory(name="Field", slug="field"),
        profile_public=True,
    )
    assert names(shown(f"/people/?{query}")) == found


def test_filters_are_links_with_counts_that_keep_the_other_choice():
    chem, life = DepartmentFactory(name="Chemistry", slug="chem"), DepartmentFactory(name="Life", slug="life")
    field = RoleFamilyFactory(name="Field", slug="field")
    for department in (chem, life, life):
        TechnicianFactory(department=department, role_family=field, profile_public=True)
    text = shown("/people/?department=life")
    assert '<a href="?department=life&amp;role_family=field">Field <span class="soft">2</span></a>' in text
    assert '<a href="?department=chem">Chemistry <span class="soft">1</span></a>' in text
    assert '<a href="?department=life" aria-current="true">Life <span class="soft">2</span></a>' in text
    assert '<a href="?">All <span class="soft">3</span></a>' in text


def test_a_profile_says_everything_the_person_wrote():
    person = glassblower()
    exhibit = make_exhibit(make_exhibition(), photographer_slug=person.slug, title="Four Necks")
    text = shown("/people/mairead-ni-dhuibhir/")
    for words in (
        *("Máiréad Ní Dhuibhir", "RSciTech", "Scientific Glassblower", "Here since 2012", "vacuum lines"),
        *("Makes the glass nobody sells.", "Glass forgives nothing.", "If it looks cold it is hotter."),
        *(QUESTIONS[0], "I blow glass.", QUESTIONS[2], "A flask with four necks."),
        *(f'href="/departments/{person.department.slug}/"', exhibit.path),
    ):
        assert words in text
    assert QUESTIONS[1] not in text
    assert "<title>Máiréad Ní Dhuibhir, RSciTech ·" in text
    assert '<link rel="canonical" href="https://portal.example/people/mairead-ni-dhuibhir/">' in text


def test_search_engines_are_told_what_the_profile_says_and_no_more():
    person = glassblower()
    text = shown("/people/mairead-ni-dhuibhir/")
    facts = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text).group(1))
    assert facts == {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": "https://portal.example/people/mairead-ni-dhuibhir/",
        "url": "https://portal.example/people/mairead-ni-dhuibhir/",
        "name": "Máiréad Ní Dhuibhir",
        "honorificSuffix": "RSciTech",
        "jobTitle": "Scientific Glassblower",
        "description": "Makes the glass nobody sells.",
        "knowsAbout": ["vacuum lines", "quartz"],
        "worksFor": {
            "@type": "Organization",
            "name": person.department.name,
            "url": f"https://portal.example/departments/{person.department.slug}/",
            "parentOrganization": {"@type": "CollegeOrUniversity", "name": "Our university"},
        },
    }
    assert person.user.email not in text


def test_the_newest_photograph_stands_large_and_is_shared_the_others_hang_below():
    person = glassblower()
    edition = make_exhibition()
    older = make_exhibit(edition, photographer_slug=person.slug, title="Older")
    newest = make_exhibit(edition, photographer_slug=person.slug, title="Newest", is_shared=False)
    make_exhibit(edition, photographer_slug="somebody-else", title="Not hers")
    with only_public_tables():
        response = stranger().get("/people/mairead-ni-dhuibhir/")
    assert response.context["great"] == newest
    assert [older.title in card for card in response.context["cards"]] == [True]
    assert "Not hers" not in response.content.decode()
    shared = response.context["page_meta"].share_picture
    assert shared is None or shared["alt"] == older.alt_text


@pytest.mark.parametrize("hidden", [True, False])
def test_a_hidden_profile_answers_like_one_that_never_was(hidden):
    person = glassblower()
    assert "Glass forgives nothing." in shown("/people/mairead-ni-dhuibhir/")
    if hidden:
        person.profile_public = False
        person.save()
    else:
        person.delete()
    text = shown("/people/mairead-ni-dhuibhir/", 404)
    assert "Glass forgives nothing." not in text
    assert "Máiréad" not in text
    never = shown("/people/never-was/", 404)
    assert text.replace("mairead-ni-dhuibhir", "never-was") == never
    assert 'href="/people/"' in text
    assert "Máiréad" not in shown("/people/")


def test_a_new_slug_leaves_no_profile_under_the_old_one():
    person = glassblower()
    person.slug = "mairead"
    person.save()
    assert list(Profile.objects.values_list("slug", flat=True)) == ["mairead"]


def statements(path: str) -> int:
    client = Client()
    client.get(path)  # remembers menu and site
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_one_person_and_three_cost_the_same():
    edition, category, department = make_exhibition(), CategoryFactory(), DepartmentFactory()

    def add(slug: str) -> None:
        glassblower(slug=slug, department=DepartmentFactory(), user=None, name=slug)
        make_exhibit(edition, photographer_slug="one", category=category, department=department)

    add("one")
    listed, single = statements("/people/"), statements("/people/one/")
    add("two")
    add("three")
    assert (statements("/people/"), statements("/people/one/")) == (listed, single)
    assert (listed, single) == (8, 12)
