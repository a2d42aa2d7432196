"""Apprenticeships flip to “closed, tell me next time” by themselves, and say what makes applying fair."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.development.models import ApprenticeshipCohort
from home.pages.models import HomePage, StandardPage
from tests.factories.development import make_apprenticeship, make_apprenticeship_index
from tests.factories.people import DepartmentFactory, RoleFamilyFactory, TechnicianFactory
from tests.strangers import only_public_tables, stranger

pytestmark = pytest.mark.django_db
OFFERS = [("offer", {"title": "Visit before you apply", "text": "Any Thursday."})]


def shown(path: str) -> str:
    with only_public_tables():
        answer = stranger().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_visitor_narrows_the_list_and_reads_one_whole():
    laboratory, workshop = RoleFamilyFactory(name="Laboratory", slug="laboratory"), RoleFamilyFactory()
    story = TechnicianFactory(name="Zainab", quote="Then you learn why.", profile_public=True)
    index = make_apprenticeship_index(offers=OFFERS)
    page = make_apprenticeship(
        index,
        title="Laboratory Technician",
        role_families=[laboratory],
        departments=[DepartmentFactory(name="Chemistry", slug="chem")],
        applications_close=dt.date(2099, 3, 19),
        story_id=story.slug,
        cohorts=[ApprenticeshipCohort(starts=dt.date(2026, 9, 7), size=5, college="Hillfield College")],
    )
    make_apprenticeship(index, title="Foundry Technician", role_families=[workshop])
    for query in ("?family=laboratory", "?department=chem"):
        text = shown(f"/apprenticeships/{query}")
        assert ("Laboratory Technician</a>" in text, "Foundry Technician" in text) == (True, False)
    assert "Foundry Technician" in shown("/apprenticeships/?family=piracy")
    text = shown(page.address)
    for words in (
        "Apprenticeship, level 3",
        "Thursday<b>19 March</b>2099",
        "Visit before you apply",
        "Then you learn why.",
        "Zainab</a>",
        "September 2026</td><td>5</td><td>Hillfield College",
        "<li>Chemistry</li>",
    ):
        assert words in text


def test_the_day_after_it_is_closed_and_offers_to_tell_people_next_time():
    today = timezone.localdate()
    page = make_apprenticeship(make_apprenticeship_index(), applications_close=today)
    assert "Tell me next time" not in shown(page.address)
    page.applications_close = today - dt.timedelta(days=1)
    page.save()
    text = shown(page.address)
    assert "<b>Closed</b> on" in text
    assert f'href="/forms/tell-me/?about={page.pk}">Tell me next time' in text
    assert "Closed for now" in shown("/apprenticeships/")
    assert page.structured_data is None


def test_letters_lead_to_their_page_once_there_is_one():
    page = make_apprenticeship(make_apprenticeship_index(), leads_to="EngTech, RSciTech")
    assert "EngTech, RSciTech" in shown(page.address)
    home = HomePage.objects.get()
    hub = home.add_child(instance=StandardPage(title="Registration", slug="registration"))
    hub.add_child(instance=StandardPage(title="EngTech", slug="engtech"))
    hub.add_child(instance=StandardPage(title="RSciTech", slug="rscitech", live=False))
    assert '<a href="/registration/engtech/">EngTech</a>, RSciTech' in shown(page.address)


def test_a_story_goes_with_its_profile():
    story = TechnicianFactory(name="Zainab", profile_public=True)
    page = make_apprenticeship(make_apprenticeship_index(), story_id=story.slug)
    assert "Zainab" in shown(page.address)
    story.profile_public = False
    story.save()
    assert "Zainab" not in shown(page.address)


def test_the_api_names_departments_letters_and_cohorts():
    page = make_apprenticeship(
        make_apprenticeship_index(),
        leads_to="EngTech, RSciTech",
        departments=[DepartmentFactory(name="Chemistry")],
        cohorts=[ApprenticeshipCohort(starts=dt.date(2026, 9, 7), size=5)],
    )
    facts = json.loads(shown(f"/api/v2/pages/{page.pk}/"))
    assert (facts["letters"], facts["department_names"]) == (["EngTech", "RSciTech"], ["Chemistry"])
    assert [cohort["size"] for cohort in facts["cohorts"]] == [5]


def test_three_cost_as_much_as_one():
    index = make_apprenticeship_index()
    counts = []
    for number in (1, 2):
        for _ in range(number):
            make_apprenticeship(index, departments=[DepartmentFactory()], role_families=[RoleFamilyFactory()])
        shown("/apprenticeships/")
        with CaptureQueriesContext(connection) as queries:
            shown("/apprenticeships/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
