import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.people.questions import QUESTIONS, paired
from home.commitment.models import SteeringMember
from tests.factories.people import TechnicianFactory
from tests.factories.portal import make_steering_group
from tests.strangers import only_public_tables, stranger

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


def shown(path: str = "/steering-group/") -> str:
    with only_public_tables():
        response = stranger().get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_members_come_with_their_answers_and_tip_while_they_show_a_profile():
    person = TechnicianFactory(
        name="Shanice",
        slug="shanice",
        answers=paired(["I set up rooms.", "", "", "", "", ""]),
        top_tip="Say yes.",
        profile_public=True,
    )
    page = make_steering_group(
        SteeringMember(profile_id="shanice", role_in_group="Chair"),
        SteeringMember(
            name="Prof. Imogen", post="Pro-Vice-Chancellor", role_in_group="Lead", top_tip="Go and see."
        ),
    )
    text = shown()
    for words in (
        *("Chair", 'href="/people/shanice/"', QUESTIONS[0], "I set up rooms.", "“Say yes.”"),
        *("Lead", "Prof. Imogen", "Pro-Vice-Chancellor", "“Go and see.”"),
    ):
        assert words in text
    answer = stranger().get(f"/api/v2/pages/{page.pk}/").json()
    assert [one["name"] for one in answer["serving"]] == ["Shanice", "Prof. Imogen"]
    person.profile_public = False
    person.save()
    hidden = shown()
    assert [words in hidden for words in ("Chair", "A technician", "Shanice", "I set up rooms.", "Say yes.")] == [
        *(True, True),
        *(False, False, False),
    ]


@pytest.mark.parametrize(
    ("ends_on", "serving", "past"),
    [
        (None, ["Somebody"], []),
        (TODAY, ["Somebody"], []),
        (TODAY - dt.timedelta(days=1), [], ["Somebody"]),
    ],
)
def test_a_term_ends_by_its_date(ends_on, serving, past):
    page = make_steering_group(SteeringMember(name="Somebody", role_in_group="Digital", ends_on=ends_on))
    found = page.by_term(TODAY)
    assert ([one.name for one in found[0]], [one.name for one in found[1]]) == (serving, past)


def test_past_members_stand_below_and_coming_ones_nowhere():
    today = timezone.localdate()
    make_steering_group(
        SteeringMember(name="Now", role_in_group="Chair"),
        SteeringMember(name="Before", role_in_group="Chair", ends_on=today - dt.timedelta(days=30)),
        SteeringMember(name="Soon", role_in_group="Chair", starts_on=today + dt.timedelta(days=30)),
    )
    text = shown()
    assert text.index("Now") < text.index("Past members") < text.index("Before")
    assert "Soon" not in text


@pytest.mark.parametrize(
    ("facts", "field"),
    [({}, "name"), ({"name": "A", "starts_on": TODAY, "ends_on": TODAY - dt.timedelta(days=1)}, "ends_on")],
)
def test_a_seat_needs_somebody_and_a_term_an_order(facts, field):
    with pytest.raises(ValidationError) as refused:
        SteeringMember(role_in_group="Digital", **facts).clean()
    assert list(refused.value.message_dict) == [field]


def test_one_member_and_three_cost_the_same():
    def statements() -> int:
        Client().get("/steering-group/")
        with CaptureQueriesContext(connection) as queries:
            assert Client().get("/steering-group/").status_code == 200
        return len(queries)

    TechnicianFactory(slug="one", profile_public=True)
    page = make_steering_group(SteeringMember(profile_id="one", role_in_group="Chair"))
    first = statements()
    for slug in ("two", "three"):
        TechnicianFactory(slug=slug, profile_public=True)
        page.members.add(SteeringMember(profile_id=slug, role_in_group="Member"))
    page.save()
    assert statements() == first == 7
