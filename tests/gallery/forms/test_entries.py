import re

import pytest

from gallery.enums import People
from gallery.forms.entries import EntryForm
from tests.factories.entries import make_entry
from tests.factories.exhibitions import CategoryFactory, make_exhibition
from tests.factories.people import DepartmentFactory, UserFactory
from tests.gallery.desk.forms import enter_url, signed_in

pytestmark = pytest.mark.django_db


def read(data: dict, **facts) -> EntryForm:
    form = EntryForm(data, exhibition=facts.pop("exhibition", None) or make_exhibition(), **facts)
    form.is_valid()
    return form


def test_an_empty_form_is_no_mistake():
    form = read({})
    assert form.errors == {}
    assert form.words["title"] == ""
    assert form.words["licence"] == "exhibition-only"
    assert form.words["category"] is None
    assert form.listed_people is None


def test_every_field_of_the_contract_is_read():
    category, department = CategoryFactory(), DepartmentFactory()
    clearances = ("clear_people", "clear_place", "clear_safety", "clear_confidential", "clear_rights")
    form = read(
        {
            "title": " Four \r\n Necks ",
            "caption": "One.\r\nTwo.",
            "alt_text": "A flask with four necks.",
            "technique": "A lamp.",
            "category": category.slug,
            "department": department.slug,
            "taken_on": "March 2026",
            "licence": "cc-by-nc-sa-4.0",
            "credit_name": "role",
            "people": "listed",
            "people-0-name": "Sam Reed",
            "people-0-email": "sam@x.example",
            **dict.fromkeys(clearances, "fix"),
        }
    )
    assert form.errors == {}
    assert form.words == {
        "title": "Four Necks",
        "caption": "One.\nTwo.",
        "alt_text": "A flask with four necks.",
        "technique": "A lamp.",
        "category": category,
        "department": department,
        "taken_on": "2026-03",
        "licence": "cc-by-nc-sa-4.0",
        "credit_name": "role",
        "people": "listed",
        **dict.fromkeys(clearances, "fix"),
    }
    assert form.listed_people == [{"name": "Sam Reed", "email": "sam@x.example"}]


def test_what_is_too_long_is_pointed_out_and_kept_as_far_as_it_fits():
    form = read({"title": "x" * 91})
    assert form.errors == {"title": ["Please keep the title to 90 characters; it has 91."]}
    assert form.words["title"] == "x" * 90
    assert form["title"].value() == "x" * 91


def test_a_mistake_leaves_what_was_stored():
    entry = make_entry("draft")
    form = read(
        {"category": "no-such", "taken_on": "last summer", "licence": "mine"},
        exhibition=entry.exhibition,
        entry=entry,
    )
    assert sorted(form.errors) == ["category", "licence", "taken_on"]
    assert not {"category", "licence", "taken_on"} & set(form.words)


def test_fields_that_were_not_posted_keep_what_is_stored():
    entry = make_entry("draft", technique="A lamp.", people=[{"name": "Sam", "email": ""}])
    form = read({"title": "New"}, exhibition=entry.exhibition, entry=entry)
    assert form.words["title"] == "New"
    assert form.words["technique"] == "A lamp."
    assert form.words["clear_rights"] == "yes"
    assert form.words["people"] == "listed"
    assert form.listed_people is None


def test_a_name_without_an_answer_means_that_somebody_is_in_it():
    form = read({"people-0-name": "Sam"})
    assert form.words["people"] == People.LISTED


def test_nobody_and_a_name_contradict_each_other_so_neither_is_kept():
    form = read({"people": "none", "people-0-name": "Sam"})
    assert list(form.errors) == ["people"]
    assert form.listed_people is None
    assert "people" not in form.words


def test_the_same_person_twice_is_one_person():
    form = read({"people": "listed", "people-0-name": "Sam", "people-1-name": "Sam"})
    assert form.listed_people == [{"name": "Sam", "email": ""}]


def test_nul_is_dropped():
    form = read({"title": "a\x00b", "category": "\x00", "caption": "c\x00"})
    assert (form.words["title"], form.words["caption"], form.words["category"]) == ("ab", "c", None)


def test_an_edition_offers_its_own_categories_and_all_when_it_names_none():
    CategoryFactory(slug="other")
    exhibition = make_exhibition()
    assert "other" in [option.value for option in EntryForm(exhibition=exhibition).category_options]
    own = CategoryFactory(slug="own", description="What it is for")
    exhibition.categories.add(own)
    exhibition.save()
    options = EntryForm(exhibition=exhibition).category_options
    assert [(option.value, option.help) for option in options] == [("own", "What it is for")]


def test_the_page_counts_up_to_what_the_fields_hold():
    page = signed_in(UserFactory()).get(enter_url(make_exhibition())).content.decode()
    assert re.findall(r'data-most(?:-\w+)?="\d+"', page) == [
        'data-most-characters="90"',
        'data-most-words="80"',
        'data-most-words="40"',
        'data-most-characters="300"',
        'data-most="20"',
    ]
    assert re.findall(r'name="people-0-\w+".* maxlength="(\d+)"', page) == ["120", "254"]
