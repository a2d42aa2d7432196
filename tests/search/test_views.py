from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.models import HomePage, StandardPage
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibit, make_exhibition

pytestmark = pytest.mark.django_db


def add_page(title: str, **facts: object) -> StandardPage:
    return HomePage.objects.get().add_child(instance=StandardPage(title=title, **facts))


def found(client: Client, words: str, **more: object) -> str:
    response = client.get("/search/", {"q": words, **more})
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def test_the_empty_box(client: Client) -> None:
    text = found(client, "")
    assert '<label for="q">' in text
    assert "Nothing found" not in text


def test_finds_pages_and_photographs_each_with_its_number(client: Client, work: Callable[[], int]) -> None:
    add_page("Glassblowing for beginners", slug="glass")
    work()
    make_exhibit(make_exhibition(), title="Glassblowing at Night")
    make_exhibit(make_exhibition(), title="Threading the Loom", photographer_role="Weaver")
    text = found(client, "glassblowing")
    assert "1 page and 1 photograph" in text
    assert '<a href="/glass/">Glassblowing for beginners</a>' in text
    assert "Glassblowing at Night" in text
    assert "Threading the Loom" not in text


def test_accents_and_capitals_do_not_matter(client: Client) -> None:
    make_exhibit(make_exhibition(), title="Pour", photographer_name="Máiréad Ní Dhuibhir")
    assert "Pour" in found(client, "MAIREAD dhuibhir")


def test_nothing_found_leads_on(client: Client) -> None:
    text = found(client, "zebrafish<script>")
    assert "Nothing found for “zebrafish&lt;script&gt;”" in text
    assert '<a href="/exhibitions/">all exhibitions</a>' in text


def test_drafts_private_pages_and_expired_photographs_are_not_found(
    client: Client, work: Callable[[], int]
) -> None:
    add_page("Quokka draft", slug="draft", live=False)
    private = add_page("Quokka behind a door", slug="door")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    work()
    make_exhibit(make_exhibition(), title="Quokka expired", expires_at=timezone.now())
    unpublished = make_exhibition()
    make_exhibit(unpublished, title="Quokka unhung")
    unpublished.unpublish()
    assert "Nothing found" in found(client, "quokka")


@pytest.mark.parametrize("state", ["draft", "in-review", "approved", "withdrawn"])
def test_an_entry_that_does_not_hang_is_not_found(client: Client, state: str) -> None:
    make_entry(state, title="Xylophone repair")
    assert "Nothing found" in found(client, "xylophone")


def test_many_photographs_come_in_pages(client: Client) -> None:
    edition = make_exhibition(title="Everything")
    for _ in range(25):
        make_exhibit(edition)
    first, second = found(client, "everything"), found(client, "everything", page=2)
    assert first.count('class="card"') == 24
    assert "many photographs" in first
    assert 'rel="next" href="?q=everything&amp;page=2"' in first
    assert second.count('class="card"') == 1
    assert 'rel="prev" href="?q=everything"' in second


@pytest.mark.parametrize("words", ["a" * 5000, "\x00", '"', "(", "-", "*:*", "'; --", "%", "NOT", "a AND", "́"])
def test_strange_words_are_answered(client: Client, words: str) -> None:
    found(client, words)


@pytest.mark.parametrize("how_many", [1, 30])
def test_costs_three_queries(client: Client, how_many: int) -> None:
    edition = make_exhibition()
    for _ in range(how_many):
        make_exhibit(edition, title="Flask")
    found(client, "flask")
    with CaptureQueriesContext(connection) as queries:
        found(client, "flask")
    assert len(queries) == 3
