"""Administrators add, change and shut people out, by the forms as the pages render them."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from cms.people.models import User
from tests.factories.people import UserFactory, administrator
from tests.people.signing_in import PASSWORD, member, sign_in, sign_in_by_code
from tests.rendered_forms import form_on

pytestmark = pytest.mark.django_db

USERS = "/admin/users/"


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(administrator(name="Site administrator"))
    return client


def edit(person: User) -> str:
    return f"{USERS}edit/{person.pk}/"


def test_somebody_is_added_with_a_role_and_a_password(admin):
    form = form_on(admin, f"{USERS}new/", holds="email")
    form.fill(name="Ann Marsh", email="Ann@Calderwick.example", password1=PASSWORD, password2=PASSWORD)
    answer = form.choose("groups", "Moderators").send(admin)
    person = User.objects.get(email="ann@calderwick.example")
    assert (person.name, [group.name for group in person.groups.all()]) == ("Ann Marsh", ["Moderators"])
    assert person.check_password(PASSWORD)
    assert "Ann Marsh" in answer.text
    assert "ann@calderwick.example" in answer.text


def test_somebody_without_a_password_signs_in_by_code(admin):
    form_on(admin, f"{USERS}new/", holds="email").fill(name="Ann", email="ann@calderwick.example").send(admin)
    person, client = User.objects.get(email="ann@calderwick.example"), Client()
    assert not person.has_usable_password()
    sign_in_by_code(client, person.email)
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize("address", ["new/", "edit/{}/"])
def test_the_pages_show_every_field_of_their_forms(admin, address):
    answer = admin.get(USERS + address.format(UserFactory().pk))
    shown = {tag.get("name") for tag in form_on(admin, answer.request["PATH_INFO"], holds="email").controls()}
    assert set(answer.context["form"].fields) <= shown
    fields = answer.text.partition("w-tabs__panel")[2].partition("</form>")[0]
    assert ">None<" not in "".join(fields.split())


def test_saved_as_it_stands_nothing_changes(admin):
    person = member(name="Ann", groups=["Editors"])
    answer = form_on(admin, edit(person), holds="email").send(admin)
    assert "updated" in answer.text
    again = User.objects.get(pk=person.pk)
    assert (again.name, again.email, again.password) == (person.name, person.email, person.password)
    assert list(again.groups.values_list("name", flat=True)) == ["Editors"]
    assert again.is_active


def test_name_address_role_and_password_are_changed(admin):
    person, new = member(groups=["Editors"]), "four rather odd words"
    form = form_on(admin, edit(person), holds="email").choose("groups", "Curators")
    form.fill(name="Ann Marsh", email="marsh@calderwick.example", password1=new, password2=new).send(admin)
    person.refresh_from_db()
    assert (person.name, person.email) == ("Ann Marsh", "marsh@calderwick.example")
    assert list(person.groups.values_list("name", flat=True)) == ["Curators"]
    assert person.check_password(new)


def test_a_leaver_is_shut_out_at_once_and_for_good(admin):
    person, theirs = member(), Client()
    sign_in(theirs, person.email)
    assert theirs.get("/desk/").status_code == 200
    form_on(admin, edit(person), holds="email").fill(is_active=False).send(admin)
    assert theirs.get("/desk/").status_code == 302
    sign_in(Client(), person.email)
    form_on(admin, edit(person), holds="email").fill(is_active=True).send(admin)
    assert theirs.get("/desk/").status_code == 302
    sign_in(theirs, person.email)
    assert theirs.get("/desk/").status_code == 200


def test_many_are_shut_out_at_once(admin):
    people = [member(), member()]
    signed_in = [Client() for _ in people]
    for person, client in zip(people, signed_in, strict=True):
        sign_in(client, person.email)
    ids = "&".join(f"id={person.pk}" for person in people)
    form = form_on(admin, f"/admin/bulk/people/user/set_active_state/?{ids}", holds="mark_as_active")
    form.fill(mark_as_active="False").send(admin)
    User.objects.update(is_active=True)
    assert [client.get("/desk/").status_code for client in signed_in] == [302, 302]


def test_a_role_is_given_to_many(admin):
    people = [UserFactory(), UserFactory()]
    ids = "&".join(f"id={person.pk}" for person in people)
    form = form_on(admin, f"/admin/bulk/people/user/assign_role/?{ids}", holds="role")
    form.fill(role=str(Group.objects.get(name="Press").pk)).send(admin)
    assert Group.objects.get(name="Press").user_set.count() == 2


def test_an_administrator_cannot_shut_themselves_out():
    person, client = administrator(), Client()
    client.force_login(person)
    shown = {tag.get("name") for tag in form_on(client, edit(person), holds="email").controls()}
    assert shown & {"is_active", "is_superuser"} == set()
    form_on(client, edit(person), holds="email").fill(name="Ann Marsh").send(client)
    person.refresh_from_db()
    assert (person.name, person.is_active, person.is_superuser) == ("Ann Marsh", True, True)


def test_an_address_that_is_taken_is_said_at_its_field(admin):
    UserFactory(email="ann@calderwick.example")
    form = form_on(admin, f"{USERS}new/", holds="email").fill(name="Ann", email="ANN@calderwick.example")
    answer = form.send(admin)
    assert answer.context["form"].errors["email"] == ["There is already an account with this e-mail address."]
    assert answer.text.count("There is already an account with this e-mail address.") >= 1


@pytest.mark.parametrize("words", ["marsh", "ann@"])
def test_people_are_found_by_name_and_address(admin, words):
    UserFactory(name="Ann Marsh", email="ann@calderwick.example")
    UserFactory(name="Somebody Else", email="else@calderwick.example")
    text = admin.get(USERS, {"q": words}).text
    assert "Ann Marsh" in text
    assert "Somebody Else" not in text
    ordered = admin.get(USERS, {"ordering": "-name"}).text
    assert ordered.index("Somebody Else") < ordered.index("Ann Marsh")
