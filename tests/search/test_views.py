from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.people.models import Technician
from home.pages.models import HomePage, StandardPage
from home.technicians.models import Facility
from search import synonyms
from search.models import Synonym
from search.queries import FIRST_PEOPLE
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.people import DepartmentFactory, TechnicianFactory
from tests.factories.portal import make_departments_page, make_people_page
from tests.strangers import tables_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people_page():
    return make_people_page()


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
    assert 'href="?q=glassblowing&amp;kind=page">Page <span class="soft">1</span>' in text
    assert 'href="?q=glassblowing&amp;kind=photographs">Photographs <span class="soft">1</span>' in text
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
    assert 'Photographs <span class="soft">24+</span>' in first
    assert 'rel="next" href="?q=everything&amp;page=2"' in first
    assert second.count('class="card"') == 1
    assert 'rel="prev" href="?q=everything"' in second


@pytest.mark.parametrize("words", ["a" * 5000, "\x00", '"', "(", "-", "*:*", "'; --", "%", "NOT", "a AND", "́"])
def test_strange_words_are_answered(client: Client, words: str) -> None:
    found(client, words)


@pytest.mark.parametrize("how_many", [1, 30])
def test_costs_nine_queries(client: Client, work: Callable[[], int], how_many: int) -> None:
    """Synonyms (once a minute), departments, facilities, pages behind a door, pages, people and
    whether a public page shows them, photographs, and the pages that are shown."""
    edition = make_exhibition()
    for number in range(how_many):
        make_exhibit(edition, title="Flask")
        add_page(f"Flask {number}", slug=f"flask-{number}")
        show_profile(name=f"Flask Person {number}")
    work()
    found(client, "flask")
    synonyms.CACHE.forget()
    with CaptureQueriesContext(connection) as queries:
        text = found(client, "flask")
    assert text.count("Flask Person") == min(how_many, FIRST_PEOPLE)
    tables = [next(iter(tables_in(query["sql"]))) for query in queries]
    assert len(tables) == 9, [query["sql"][:200] for query in queries]


def show_profile(**facts: object) -> Technician:
    return TechnicianFactory(profile_public=True, **facts)


def test_narrows_to_one_kind(client: Client, work: Callable[[], int]) -> None:
    add_page("Glass", slug="glass")
    show_profile(name="Glass Blower")
    make_exhibit(make_exhibition(), title="Glass at Night")
    work()
    everything = found(client, "glass")
    assert [name in everything for name in ("/glass/", "Glass Blower", "Glass at Night")] == [True] * 3
    for kind, shown in (("page", "/glass/"), ("people", "Glass Blower"), ("photographs", "Glass at Night")):
        text = found(client, "glass", kind=kind)
        main = text[text.index("</form>") :]
        assert [name in main for name in ("/glass/", "Glass Blower", "Glass at Night")] == [
            name == shown for name in ("/glass/", "Glass Blower", "Glass at Night")
        ]
        assert main.count('aria-current="true"') == 1
    assert "Nothing of this kind" in found(client, "glass", kind="register")


def test_a_page_called_what_was_asked_for_comes_first(client: Client, work: Callable[[], int]) -> None:
    for number in range(9):
        add_page(
            f"RITTech or not {number}", slug=f"other-{number}", standfirst="RITTech, RITTech and RITTech again."
        )
    add_page("RITTech", slug="rittech")
    work()
    text = found(client, "rittech")
    assert text.index('<a href="/rittech/">') < text.index('<a href="/other-')


def test_a_synonym_finds_what_we_call_otherwise(client: Client) -> None:
    make_exhibit(
        make_exhibition(), title="Load, Hold, Stop", caption="They speak British Sign Language at the rig."
    )
    assert "Nothing found" in found(client, "BSL")
    Synonym.objects.create(words="bsl", means="British Sign Language")
    text = found(client, "BSL")
    assert "Load, Hold, Stop" in text
    assert "Also searched for “British Sign Language”" in text
    assert "Nothing found" in found(client, "bslx")


def test_a_misspelt_word_is_offered_its_neighbour(client: Client) -> None:
    make_exhibit(make_exhibition(), title="The Autoclave")
    text = found(client, "autoclaev")
    assert 'Here is what there is for <a href="?q=autoclave">autoclave</a>' in text
    assert 'class="card"' in text
    assert "Here is what there is for" not in found(client, "zzzzzzzz")


def test_a_word_that_finds_something_is_never_replaced(client: Client, work: Callable[[], int]) -> None:
    """Only words of titles and names are offered; one that stands in a text alone is no mistake."""
    make_exhibit(make_exhibition(), title="The Celebration", caption="A calibration of the scale.")
    work()
    assert "Here is what there is for" not in found(client, "calibration")
    assert "Nothing found" in found(client, "calibration zzzzzzzz")
    assert "celebration" not in found(client, "calibration zzzzzzzz").lower()


def test_pages_people_and_photographs_are_folded_alike(client: Client, work: Callable[[], int]) -> None:
    edition = make_exhibition()
    make_exhibit(edition, title="Łukasz at the lathe")
    make_exhibit(edition, title="Of machines and lines")
    add_page("Trần Mai Anh and the 显微镜下的世界", slug="tran")
    show_profile(name="Søren Đặng Æbelø")
    show_profile(name="Inês Ferreira")
    work()
    for words, title in [
        ("lukasz", "Łukasz at the lathe"),
        ("Tran Mai Anh", "Trần Mai Anh"),
        ("世界", "显微镜下的世界"),
        ("显微镜", "显微镜下的世界"),
        ("soren dang", "Søren Đặng"),
        ("aebelo", "Æbelø"),
        ("ines", "Inês Ferreira"),
    ]:
        assert title in found(client, words), words
    assert "machines and lines" not in found(client, "ines")
    assert "Nothing found" in found(client, "界世")


def test_departments_and_facilities_are_found(client: Client, work: Callable[[], int]) -> None:
    chemistry = DepartmentFactory(name="Chemistry", slug="chem", blurb="Blows its own glassware.")
    Facility.objects.create(
        name="Electron microscope suite", slug="sem", department=chemistry, what="Looks closely.", words="SEM, TEM"
    )
    assert "Nothing found" in found(client, "glassware")  # no page shows them
    make_departments_page()
    assert 'href="/departments/chem/"' in found(client, "glassware")
    text = found(client, "sem")
    assert 'href="/departments/facilities/?q=Electron+microscope+suite"' in text
    assert 'Facility <span class="soft">1</span>' in text


def test_spelling_help_knows_nothing_private(client: Client, work: Callable[[], int]) -> None:
    add_page("Quokkaville", slug="secret", live=False)
    TechnicianFactory(name="Xanthippe Quorn", profile_public=False)
    make_entry("in-review", title="Zymurgyhall")
    work()
    for close in ("quokkavill", "xanthipp", "zymurgyhal"):
        assert "Here is what there is for" not in found(client, close)


def test_a_hidden_profile_is_not_found(client: Client, work: Callable[[], int]) -> None:
    technician = show_profile(name="Xanthippe Quorn")
    work()
    assert "Xanthippe Quorn" in found(client, "xanthippe")
    technician.profile_public = False
    technician.save()
    assert "Nothing found" in found(client, "xanthippe")
