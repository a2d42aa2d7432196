"""Who may do what: co-ordinators give roles, never to themselves, and it is known who gave what when."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from cms.people.models import User
from cms.people.roles import ROLES, CannotAppoint, appoint
from tests.factories.people import UserFactory, administrator, co_ordinator, curator, editor, moderator
from tests.rendered_forms import form_on, forms_of

pytestmark = pytest.mark.django_db

WHO = "/admin/who-may-do-what/"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def names(person: User) -> list[str]:
    return sorted(person.groups.values_list("name", flat=True))


@pytest.fixture
def coordinator() -> User:
    return co_ordinator(name="Perpetua Lindgren")


def give(client: Client, person: User, *labels: str):
    return form_on(client, f"{WHO}{person.pk}/", holds="roles").choose("roles", *labels).send(client, "Save")


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_each_role_is_given_and_taken_back(coordinator, role):
    client, person = signed_in(coordinator), UserFactory(name="Ann Marsh")
    answer = give(client, person, role.name)
    assert (answer.status_code, names(person)) == (200, [role.group])
    assert f"Ann Marsh. {role.name}: given." in answer.text
    assert "by Perpetua Lindgren, <time datetime" in answer.text
    answer = give(client, person)
    assert names(person) == []
    assert f"Ann Marsh. {role.name}: taken back." in answer.text


def test_a_new_moderator_reviews_and_a_former_one_does_not(coordinator):
    client, person = signed_in(coordinator), UserFactory()
    give(client, person, "Moderator")
    assert signed_in(person).get("/admin/snippets/gallery/entry/").status_code == 200
    give(client, person)
    assert signed_in(person).get("/admin/snippets/gallery/entry/").status_code == 403


def test_the_list_says_who_gave_what_when_whatever_door_it_was(coordinator):
    admin, person = administrator(name="Site administrator"), UserFactory(name="Ann Marsh")
    form = form_on(signed_in(admin), f"/admin/users/edit/{person.pk}/", holds="groups")
    form.choose("groups", "Curators").send(signed_in(admin))
    text = " ".join(signed_in(coordinator).get(WHO).text.split())
    today = timezone.localdate()
    assert "Ann Marsh" in text
    assert "by Site administrator, <time" in text
    assert f">{today.day} {today:%b %Y}</time>" in text
    assert "Role given: Curators" in signed_in(admin).get(f"/admin/users/history/{person.pk}/").text


def test_other_groups_stay(coordinator):
    person = co_ordinator()
    give(signed_in(coordinator), person, "Press")
    assert names(person) == ["Co-ordinators", "Press"]


def test_nobody_gives_a_role_to_themselves(coordinator):
    client = signed_in(coordinator)
    page = client.get(f"{WHO}{coordinator.pk}/")
    assert "Nobody gives a role to themselves" in page.text
    assert all(not form.buttons for form in forms_of(page.text, WHO) if form.method == "post")
    answer = client.post(f"{WHO}{coordinator.pk}/", {"roles": "Moderators"})
    assert answer.status_code == 422
    assert names(coordinator) == ["Co-ordinators"]
    with pytest.raises(CannotAppoint):
        appoint(person=coordinator, roles=["Moderators"], by=coordinator)


def test_administrators_are_not_theirs_to_change(coordinator):
    admin = administrator()
    assert signed_in(coordinator).post(f"{WHO}{admin.pk}/", {"roles": "Press"}).status_code == 422
    assert names(admin) == []


@pytest.mark.parametrize("sent", ["Co-ordinators", "Administrators", "Nobody", ""])
def test_no_other_group_is_given_here(coordinator, sent):
    Group.objects.create(name="Administrators")
    person = UserFactory()
    signed_in(coordinator).post(f"{WHO}{person.pk}/", {"roles": sent})
    assert names(person) == []


@pytest.mark.parametrize("who", [UserFactory, moderator, curator, editor])
def test_for_everybody_else_it_does_not_exist(who):
    person, other = who(), UserFactory()
    client = signed_in(person)
    for address in (WHO, f"{WHO}{other.pk}/"):
        assert client.get(address).status_code in {403, 404}
        assert client.post(address, {"roles": "Moderators"}).status_code in {403, 404}
    with pytest.raises(CannotAppoint):
        appoint(person=other, roles=["Moderators"], by=person)


def test_co_ordinators_have_none_of_wagtails_user_screens(coordinator):
    client, person = signed_in(coordinator), UserFactory()
    for address in ("", "new/", f"edit/{person.pk}/", f"delete/{person.pk}/"):
        assert client.get(f"/admin/users/{address}").status_code == 404
    assert client.get("/admin/groups/").status_code == 404
    assert "/admin/users/" not in client.get("/admin/").text


@pytest.mark.parametrize("words", ["lukasz", "Łukasz", "lu@cal"])
def test_whoever_has_no_role_is_found_by_searching(coordinator, words):
    UserFactory(name="Łukasz Nowak", email="lu@calderwick.example")
    client = signed_in(coordinator)
    assert "Łukasz Nowak" not in client.get(WHO).text
    answer = form_on(client, WHO, holds="q").fill(q=words).send(client)
    assert "Łukasz Nowak" in answer.text


def test_who_was_shut_out_or_has_not_proved_their_address_is_not_offered(coordinator):
    client = signed_in(coordinator)
    for facts in ({"is_active": False}, {"awaits_proof": True}):
        person = UserFactory(name="Nobody Here", groups=["Press"], **facts)
        assert "Nobody Here" not in client.get(WHO).text
        assert client.post(f"{WHO}{person.pk}/", {"roles": "Moderators"}).status_code == 404
