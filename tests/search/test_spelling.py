"""What is offered to somebody whose words find nothing: never a word that is not public, never for much work."""

import difflib
import itertools
import random

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.people.models import Profile
from gallery.models.exhibitions import ExhibitionPage
from gallery.models.exhibits import Exhibit
from gallery.services import entries, exhibits
from home.pages.models import HomePage, StandardPage
from search import spelling
from search.queries import find
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.people import TechnicianFactory
from tests.factories.photos import jpeg
from tests.factories.portal import make_people_page

pytestmark = pytest.mark.django_db


def is_never(word: str) -> bool:
    return False


def offered(words: str) -> bool:
    return spelling.suggestion(words, is_known=is_never) is not None


def withdraw() -> None:
    entry = make_entry(title="Ghostlight", photo=jpeg())
    assert offered("ghosstlight")
    entries.withdraw(entry=entry, by=entry.photographer, now=timezone.now())


def close_edition() -> None:
    make_exhibit(make_exhibition(slug="here"), title="Ghostlight")
    assert offered("ghosstlight")
    ExhibitionPage.objects.get(slug="here").unpublish()


def ghost_page() -> Page:
    page = HomePage.objects.get().add_child(instance=StandardPage(title="Ghostlight", slug="ghost"))
    assert offered("ghosstlight")
    return page


def unpublish() -> None:
    ghost_page().unpublish()


def delete() -> None:
    ghost_page().delete()


def lock_away() -> None:
    PageViewRestriction.objects.create(page=ghost_page(), restriction_type=PageViewRestriction.LOGIN)


def rename() -> None:
    page = ghost_page()
    page.title = "Another name"
    page.save_revision().publish()


def hide_profile() -> None:
    make_people_page()
    TechnicianFactory(name="Jo Ghostlight", profile_public=True)
    assert offered("ghosstlight")
    Profile.objects.all().delete()


def close_people_page() -> None:
    page = make_people_page()
    TechnicianFactory(name="Jo Ghostlight", profile_public=True)
    assert offered("ghosstlight")
    page.unpublish()


@pytest.mark.parametrize(
    "go", [withdraw, close_edition, unpublish, delete, lock_away, rename, hide_profile, close_people_page]
)
def test_a_word_goes_with_what_said_it(go):
    """No signal empties the memory of another process: what it remembers must know its own age."""
    go()
    assert not offered("ghosstlight")


LETTERS = "etaoinshrdlucm"


def many_words(number: int) -> list[str]:
    chance = random.Random(7)
    return ["".join(chance.choices(LETTERS, k=chance.randint(4, 14))) for _ in range(number)]


ALIKE = [f"laboratory{''.join(ending)}" for ending in itertools.product(LETTERS, repeat=4)][:9_000]


@pytest.mark.parametrize("words", [many_words(9_000), ALIKE])
def test_work_is_bounded_whatever_is_known_and_typed(monkeypatch, words):
    vocabulary = spelling.Vocabulary(words)
    monkeypatch.setattr(spelling.CACHE, "get", lambda make, **about: vocabulary)
    compared, places = [], []
    close_matches, read = difflib.get_close_matches, spelling.Vocabulary.read

    def compare(word, possibilities, **options):
        compared.extend(possibilities)
        return close_matches(word, possibilities, **options)

    def count(self, pairs):
        found = read(self, pairs)
        places.extend(itertools.chain(*found))
        return found

    monkeypatch.setattr(difflib, "get_close_matches", compare)
    monkeypatch.setattr(spelling.Vocabulary, "read", count)
    for typed in (
        *many_words(20),
        "laboratoryxxxx",
        "a" * 200,
        " ".join(many_words(40)),
        " ".join(ALIKE[:3]) + "x",
    ):
        compared.clear()
        places.clear()
        spelling.suggestion(typed, is_known=is_never)
        assert len(compared) <= spelling.MOST_UNKNOWN * spelling.MOST_COMPARED
        assert len(places) <= spelling.MOST_UNKNOWN * spelling.MOST_PLACES


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("autoclaev", "autoclave"),
        ("lihgt", "light"),
        ("quarz tubee", "quartz tube"),
        ("microscpoe", "microscope"),
        ("spectrometre", "spectrometer"),
        ("glasblowing", "glassblowing"),
    ],
)
def test_slips_of_the_finger_are_understood_among_thousands_of_words(monkeypatch, typed, meant):
    known = "autoclave light quartz tube microscope spectrometer glassblowing".split()
    vocabulary = spelling.Vocabulary({*many_words(9_000), *known})
    monkeypatch.setattr(spelling.CACHE, "get", lambda make, **about: vocabulary)
    assert spelling.suggestion(typed, is_known=is_never) == meant


def in_a_caption() -> None:
    make_exhibit(make_exhibition(), title="One", caption="A tube of cobalt glass filled with helium.")


def in_a_tag() -> None:
    exhibit = make_exhibit(make_exhibition(), title="One")
    for tag in ("glass", "helium"):
        exhibit.labels.create(kind="tag", name=tag, slug=tag)
    exhibits.refresh(Exhibit.objects.all(), now=timezone.now())


def on_a_page() -> None:
    body = [("paragraph", "<p>We blow <b>glass</b> and fill it with helium.</p>")]
    HomePage.objects.get().add_child(instance=StandardPage(title="One", slug="one", body=body))


def in_a_biography() -> None:
    make_people_page()
    TechnicianFactory(name="Jo", bio="I blow glass and fill it with helium.", profile_public=True)


@pytest.mark.parametrize("say", [in_a_caption, in_a_tag, on_a_page, in_a_biography])
def test_what_was_meant_is_shown_wherever_it_is_said(client, say, work):
    say()
    work()
    for typed, meant in (("galss", "glass"), ("helum", "helium"), ("galss helum", "glass helium")):
        page = client.get("/search/", {"q": typed}).content.decode()
        assert f"q={meant.replace(' ', '+')}" in page, typed
        assert "One" in page or "Jo" in page, typed


@pytest.mark.parametrize("say", [in_a_caption, in_a_tag, on_a_page, in_a_biography])
def test_a_word_that_is_said_somewhere_stays(say, work):
    say()
    make_exhibit(make_exhibition(), title="Glasses and gloss", caption="Helices.")
    work()
    for word in ("glass", "gloss", "helium", "helices"):
        found = find(word)
        assert (bool(found), found.meant) == (True, None), word
