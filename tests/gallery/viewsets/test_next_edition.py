"""A new edition in one short form: a year on, the same rules, nothing public, and doubts said before it is made."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from gallery.models.exhibitions import ExhibitionIndexPage, ExhibitionPage
from gallery.services import next_edition
from tests.factories.exhibitions import CategoryFactory, make_exhibition
from tests.factories.people import UserFactory, editor, moderator
from tests.gallery.desk.forms import signed_in
from tests.rendered_forms import forms_of

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/exhibitions/new/"


def at(text: str) -> dt.datetime:
    return timezone.make_aware(dt.datetime.fromisoformat(text))


@pytest.fixture
def before() -> ExhibitionPage:
    edition = make_exhibition(
        title="Steady Hands",
        year=2094,
        opens_at=at("2094-03-01 09:00"),
        closes_at=at("2094-03-29 23:59"),  # the day after, clocks go forward
        on_show_from=at("2094-06-01 18:00"),
        on_show_until=at("2094-12-01 18:00"),
        entries_per_person=5,
        intro="Seen at last.",
    )
    edition.categories.set([CategoryFactory(name="Hands at work")])
    edition.save()
    return edition


def filled(page: str, **changes: str) -> dict[str, str]:
    (form,) = [form for form in forms_of(page, ADDRESS) if 'name="opens_at"' in str(form.form)]
    return {name: values[0] for name, values in form.data().items()} | changes


def test_last_years_comes_along_and_nothing_is_public(before):
    client = signed_in(editor())
    assert f'href="{ADDRESS}"' in client.get("/admin/").text
    page = client.get(ADDRESS).text
    answer = client.post(ADDRESS, filled(page, title="Louder and Clearer"))
    made = ExhibitionPage.objects.get(title="Louder and Clearer")
    assert answer["Location"] == f"/admin/pages/{made.pk}/edit/"
    assert (made.live, made.year, made.slug, made.intro) == (False, 2095, "louder-and-clearer", "Seen at last.")
    assert (made.entries_per_person, [str(one) for one in made.categories.all()]) == (5, ["Hands at work"])
    assert (made.opens_at, made.closes_at) == (at("2095-02-28 09:00"), at("2095-03-28 23:59"))
    assert made.opens_at.weekday() == before.opens_at.weekday()
    assert client.get(answer["Location"]).status_code == 200
    assert Client().get(f"/exhibitions/{made.slug}/").status_code == 404


def test_the_hour_stays_though_the_clocks_change():
    edition = make_exhibition(opens_at=at("2095-03-28 09:00"), closes_at=at("2095-04-28 09:00"))
    proposed = next_edition.propose(edition)
    assert timezone.localtime(proposed["opens_at"]).isoformat() == "2096-03-26T09:00:00+01:00"


def test_dates_stand_in_order(before):
    client = signed_in(editor())
    fields = filled(client.get(ADDRESS).text, title="Wrong Way", closes_at="2095-01-01 09:00")
    answer = client.post(ADDRESS, fields)
    assert (answer.status_code, "The call must close after it opens." in answer.text) == (422, True)
    assert ExhibitionPage.objects.count() == 1


def test_what_is_seldom_meant_wants_a_tick(before):
    client = signed_in(editor())
    fields = filled(client.get(ADDRESS).text, title="The Other One", year="2094")
    answer = client.post(ADDRESS, fields)
    assert answer.status_code == 422
    assert "There is an edition of 2094 already: “Steady Hands”." in answer.text
    assert client.post(ADDRESS, fields | {"sure": "on"}).status_code == 302


def test_past_dates_and_an_empty_wall_on_show_are_said():
    now = timezone.now()
    days = {"opens_at": -30, "closes_at": -20, "on_show_from": -1, "on_show_until": 99}
    dates = {name: now + dt.timedelta(days=number) for name, number in days.items()}
    year = timezone.localtime(dates["on_show_from"]).year
    assert next_edition.doubts(year=year, dates=dates, now=now) == [
        "Its call would be over already, so nobody could enter.",
        "It would be on show at once, with an empty wall.",
    ]


def test_the_first_edition_is_written_on_the_page_itself():
    answer = signed_in(editor()).get(ADDRESS)
    above = ExhibitionIndexPage.objects.get()
    assert answer["Location"] == f"/admin/pages/add/gallery/exhibitionpage/{above.pk}/"


def test_it_is_for_those_who_may_add_one(before):
    for person in (moderator(), UserFactory()):
        assert signed_in(person).get(ADDRESS).status_code in (403, 404)
