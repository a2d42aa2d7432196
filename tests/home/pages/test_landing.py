"""Who signs in comes to where their work is; who has no place in the admin is told so kindly."""

import pytest
from django.test import Client

from cms.people.models import User
from tests.factories.entries import make_entry
from tests.factories.people import UserFactory, administrator, co_ordinator, curator, editor, moderator
from tests.people.signing_in import PASSWORD
from tests.rendered_forms import form_on

pytestmark = pytest.mark.django_db

QUEUE = "/admin/snippets/gallery/entry/?state=in-review"


def signs_in(person: User, address: str = "/accounts/login/"):
    """By the page they are shown, and as far as it leads."""
    person.set_password(PASSWORD)
    person.save()
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    client = Client()
    return form_on(client, address, holds="password").fill(login=person.email, password=PASSWORD).send(client)


def end_of(answer) -> str:
    return answer.redirect_chain[-1][0]


@pytest.mark.parametrize(
    ("who", "place"),
    [
        (lambda: UserFactory(), "/desk/"),
        (lambda: UserFactory(groups=["Press"]), "/desk/press/"),
        (lambda: UserFactory(groups=["Judges"]), "/judge/"),
        (lambda: UserFactory(groups=["Contributors"]), "/admin/"),
        (moderator, "/admin/"),
        (curator, "/admin/"),
        (co_ordinator, "/admin/"),
        (editor, "/admin/"),
        (administrator, "/admin/"),
    ],
    ids=[*"photographer press judge contributor moderator curator co-ordinator editor administrator".split()],
)
def test_everybody_lands_where_their_work_is(who, place):
    answer = signs_in(who())
    assert (answer.status_code, end_of(answer)) == (200, place)


def test_a_moderator_lands_in_the_queue_with_its_count():
    for _ in range(3):
        make_entry("in-review")
    answer = signs_in(moderator())
    assert (answer.status_code, end_of(answer)) == (200, QUEUE)
    assert "3 photographs waiting" in answer.text


def test_who_has_more_to_do_than_review_sees_all_of_it():
    make_entry("in-review")
    answer = signs_in(UserFactory(groups=["Moderators", "Editors"]))
    assert end_of(answer) == "/admin/"
    assert "Photographs to look at" in answer.text


def test_who_was_going_somewhere_goes_there():
    assert end_of(signs_in(moderator(), "/accounts/login/?next=/desk/details/")) == "/desk/details/"


@pytest.mark.parametrize("groups", [[], ["Judges"], ["Press"]])
@pytest.mark.parametrize("address", ["/admin/", "/admin/snippets/gallery/entry/edit/{}/", "/admin/no/such/thing/"])
def test_who_has_no_place_in_the_admin_is_led_to_their_desk(groups, address):
    """Somebody forwarded a link to them, say. Whatever it was of, the answer is the same."""
    entry = make_entry("in-review", title="Nobody's business")
    answer = signs_in(UserFactory(groups=groups), address.format(entry.pk))
    assert answer.status_code == 403
    assert len(answer.redirect_chain) <= 2
    assert 'href="/desk/"' in answer.text
    assert "Nobody's business" not in answer.text


def test_the_page_of_judges_is_for_judges():
    client = Client()
    client.force_login(UserFactory())
    assert client.get("/judge/").status_code == 404
    assert Client().get("/judge/")["Location"].startswith("/accounts/login/")
