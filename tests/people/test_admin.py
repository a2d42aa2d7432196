"""Editors keep technicians; nobody else in the admin sees them."""

import pytest
from django.test import Client

from cms.people.models import Department, Technician
from cms.people.questions import QUESTIONS, paired
from tests.factories.people import (
    TechnicianFactory,
    UserFactory,
    administrator,
    co_ordinator,
    curator,
    editor,
    moderator,
)

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_six_questions_are_six_boxes():
    person = TechnicianFactory(answers=paired(["", "By boat.", "", "", "", ""]), skills=["boats", "mud"])
    address = f"/admin/snippets/people/technician/edit/{person.pk}/"
    client = signed_in(administrator())
    text = client.get(address).content.decode()
    for question in QUESTIONS:
        assert f">{question}</label>" in text
    assert "By boat.</textarea>" in text
    assert "boats\nmud</textarea>" in text
    form = {
        "name": person.name,
        "slug": person.slug,
        "role": person.role,
        "department": person.department_id,
        "role_family": person.role_family_id,
        "profile_public": "on",
        "skills": "boats",
        **{f"answers_{number}": "" for number in range(6)},
        "answers_5": "The tide.",
    }
    assert client.post(address, form).status_code == 302
    person.refresh_from_db()
    assert (person.answers, person.skills) == ([[QUESTIONS[5], "The tide."]], ["boats"])


@pytest.mark.parametrize(("who", "status"), [(editor, 200), (curator, 404), (moderator, 404)])
def test_who_may_keep_technicians(who, status):
    person = TechnicianFactory()
    assert signed_in(who()).get(f"/admin/snippets/people/technician/edit/{person.pk}/").status_code == status
    assert Technician.objects.count() == 1


def test_a_department_cannot_stand_where_the_facilities_are():
    answer = signed_in(administrator()).post(
        "/admin/snippets/people/department/add/", {"name": "Facilities", "slug": "facilities"}
    )
    assert "The list of facilities stands at this address." in answer.content.decode()
    assert Department.objects.count() == 0


def test_an_account_is_found_by_searching_not_in_a_list_of_all():
    taken, free = TechnicianFactory().user, UserFactory(name="Łukasz Nowak", email="lu@calderwick.example")
    person = TechnicianFactory(user=None, name="Lukasz")
    others = [UserFactory(name="Nobody Here", **facts) for facts in ({"is_active": False}, {"awaits_proof": True})]
    client = signed_in(co_ordinator())
    form = client.get(f"/admin/snippets/people/technician/edit/{person.pk}/").content.decode()
    assert free.email not in form
    assert "/admin/accounts/choose/" in form
    found = client.get("/admin/accounts/choose/results/?q=lukasz").content.decode()
    assert "Łukasz Nowak" in found
    assert free.email in found
    everybody = client.get("/admin/accounts/choose/results/").content.decode()
    assert not [one for one in (taken, *others) if one.email in everybody]
    chosen = client.get(f"/admin/accounts/choose/chosen/{free.pk}/").json()
    assert chosen["result"]["id"] == str(free.pk)


def test_who_keeps_no_technicians_finds_no_accounts():
    for who in (moderator, curator):
        assert signed_in(who()).get("/admin/accounts/choose/").status_code == 404
