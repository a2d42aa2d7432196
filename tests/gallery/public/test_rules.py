"""The rules of an edition, at one address, led to from where somebody decides to enter."""

import pytest
from django.test import Client

from tests.factories.exhibitions import CategoryFactory, make_exhibition
from tests.factories.people import UserFactory
from tests.strangers import only_public_tables, stranger

pytestmark = pytest.mark.django_db


def test_they_say_what_may_be_entered_by_when_how_it_is_decided_and_what_is_won():
    exhibition = make_exhibition(
        slug="in-the-making",
        min_long_edge=2400,
        how_we_decide="A named person looks at each.\n\nThen judges do.",
        prizes=[("prize", {"award": "Overall winner", "what": "A framed print"})],
    )
    exhibition.categories.add(CategoryFactory(name="Machines", description="Rigs and what they do."))
    exhibition.save()
    with only_public_tables():
        answer = stranger().get("/exhibitions/in-the-making/rules/")
    assert answer.status_code == 200
    text = " ".join(answer.text.split())
    for words in (
        "2,400 pixels",
        "<p>Then judges do.</p>",
        "Overall winner",
        "A framed print",
        "Rigs and what they do.",
    ):
        assert words in text
    assert "max-age=30" in answer["Cache-Control"]


def test_an_edition_that_is_not_public_has_none():
    exhibition = make_exhibition(slug="in-the-making")
    exhibition.unpublish()
    assert stranger().get("/exhibitions/in-the-making/rules/").status_code == 404
    assert stranger().get("/exhibitions/nothing/rules/").status_code == 404


def test_call_form_and_home_lead_there():
    make_exhibition(slug="in-the-making")
    client = Client()
    client.force_login(UserFactory())
    for address in ("/exhibitions/in-the-making/", "/exhibitions/in-the-making/enter/", "/"):
        assert 'href="/exhibitions/in-the-making/rules/"' in client.get(address).text, address
