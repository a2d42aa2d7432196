"""`check_public` sees what it should, and says so when something is where it should not be."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from gallery.management import auditing
from gallery.models.exhibits import Exhibit
from gallery.services import exhibits
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.photos import jpeg

pytestmark = pytest.mark.django_db

SECRET = "The barcode on the left-hand door opens the isotope store."


@pytest.fixture
def exhibition():
    return make_exhibition(title="In the Making", slug="in-the-making")


@pytest.fixture
def world(exhibition, work):
    """One photograph on the wall, one in every other state, each with words of its own."""
    make_entry("hung", exhibition=exhibition, caption="A flask with four necks, on show.")
    for state in ("draft", "in-review", "on-hold", "changes-asked", "refused", "approved", "withdrawn"):
        make_entry(state, exhibition=make_exhibition(hang="by-curator"), caption=f"{SECRET} ({state})")
    work()
    return exhibition


def test_a_clean_site_passes(world):
    report = auditing.audit()
    assert report.problems == []
    assert (report.exhibits, report.shared, report.files) == (1, 1, 2)
    assert (report.with_credit, report.with_licence, report.with_alt) == (1, 1, 1)
    assert report.pages > 5
    assert report.pictures_on_pages >= 3  # home, wall, its own page
    out = io.StringIO()
    call_command("check_public", stdout=out)
    assert "Nothing uncleared, no forbidden metadata." in out.getvalue()


def test_it_looks_for_words_of_every_entry_that_is_not_on_show(world):
    assert {word for word in auditing.secrets() if word.startswith(SECRET)} == {
        f"{SECRET} ({state})"
        for state in ("draft", "in-review", "on-hold", "changes-asked", "refused", "approved", "withdrawn")
    }


@pytest.mark.drama
def test_a_placeholder_that_nobody_filled_is_found(world):
    Exhibit.objects.update(card="<li>\ue00f</li>")
    assert f"/exhibitions/{world.slug}/ shows a placeholder that nobody has filled." in auditing.audit().problems


def test_uncleared_words_are_found(world):
    world.intro = f"{SECRET} (on-hold)"
    world.save_revision().publish()
    problems = auditing.audit().problems
    assert [
        problem for problem in problems if problem.startswith("/exhibitions/in-the-making/ shows words of entry")
    ]
    with pytest.raises(CommandError):
        call_command("check_public", stderr=io.StringIO(), stdout=io.StringIO())


@pytest.mark.drama
def test_it_narrows_a_list_by_each_thing_but_not_by_two_at_once(world):
    seen = [address for address in auditing.Walk().run().bodies if not address.startswith("/api/")]
    assert [address for address in seen if "?category=" in address] != []
    assert [address for address in seen if "&" in address] == []


def test_a_file_no_exhibit_uses_is_found(world):
    storages["public"].save("exhibits/lost/320.jpg", ContentFile(jpeg()))
    assert auditing.audit().problems == ["exhibits/lost/320.jpg is public, but no exhibit uses it."]


@pytest.mark.drama
def test_forbidden_metadata_is_found(world):
    key = Exhibit.objects.get().sources[1]["key"]
    storage = storages["public"]
    storage.delete(key)
    storage.save(key, ContentFile(jpeg(comment=b"taken at home")))
    assert sorted(auditing.audit().problems) == [f"{key} carries JPEG comment.", f"{key} carries no credit."]


@pytest.mark.drama
def test_an_exhibit_that_may_not_travel_is_found_in_the_api(world):
    exhibit = Exhibit.objects.get()
    Exhibit.objects.filter(pk=exhibit.pk).update(is_shared=False)
    assert auditing.audit().problems == []
    make_exhibit(world, title="Hitchhiker", caption=f"As seen beside {exhibit.caption}")
    Exhibit.objects.filter(title="Hitchhiker").update(sources=[])
    hitchhiker = Exhibit.objects.get(title="Hitchhiker")
    exhibits.write(hitchhiker)
    found = [problem for problem in auditing.audit().problems if "may not go to other sites" in problem]
    assert found
    assert all(exhibit.pk in problem for problem in found)
