"""Editors place photographs from the wall on their pages."""

import pytest
from django.test import Client
from django.utils import timezone

from gallery.models.exhibits import Exhibit
from gallery.viewsets.exhibits import exhibit_chooser
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.people import UserFactory, administrator, curator, editor, moderator

pytestmark = pytest.mark.django_db

CHOOSE = "/admin/exhibits/choose/"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def shown(client: Client, query: str = "") -> list[str]:
    return [exhibit.title for exhibit in client.get(f"{CHOOSE}results/{query}").context["results"]]


def test_an_editor_sees_pictures_with_their_credit():
    make_exhibit(make_exhibition(title="In the Making"), title="The Ribbon of Wax")
    page = signed_in(editor()).get(CHOOSE).json()["html"]
    assert "The Ribbon of Wax" in page
    assert "Photo: A. Example, Our university" in page
    assert "In the Making" in page
    assert 'src="/media/exhibits/x/320.jpg"' in page


def test_it_is_searched_by_words():
    exhibition = make_exhibition()
    make_exhibit(exhibition, title="The Ribbon of Wax", caption="Four micrometres at a time.")
    make_exhibit(exhibition, title="Night Watch", photographer_name="Ngozi Okafor")
    client = signed_in(editor())
    assert sorted(shown(client)) == ["Night Watch", "The Ribbon of Wax"]
    assert shown(client, "?q=wax") == ["The Ribbon of Wax"]
    assert shown(client, "?q=okafor") == ["Night Watch"]
    assert shown(client, "?q=micrometres") == ["The Ribbon of Wax"]
    assert shown(client, "?q=magnets") == []
    assert (
        "No photograph on the wall matches “magnets”" in client.get(f"{CHOOSE}results/?q=magnets").content.decode()
    )


def test_only_what_is_on_the_wall_now_can_be_chosen():
    exhibition = make_exhibition()
    make_exhibit(exhibition, title="Over", expires_at=timezone.now())
    make_exhibit(exhibition, title="Here")
    assert shown(signed_in(editor())) == ["Here"]


def test_a_chosen_exhibit_comes_with_its_credit_and_leads_to_the_wall():
    exhibit = make_exhibit(make_exhibition(), title="The Ribbon of Wax")
    chosen = signed_in(editor()).get(f"{CHOOSE}chosen/{exhibit.pk}/").json()["result"]
    assert chosen == {
        "id": exhibit.pk,
        "title": "The Ribbon of Wax (Photo: A. Example, Our university)",
        "edit_url": exhibit.path,
        "picture": f"/media/{exhibit.sources.best_jpeg(max_width=320)['key']}",
    }
    widget = exhibit_chooser.widget_class()
    assert widget.get_value_data(exhibit) == chosen
    assert f'data-chooser-image alt="" decoding="async" src="{chosen["picture"]}"' in widget.render(
        "lead", exhibit, {"id": "lead"}
    )


@pytest.mark.parametrize("make", [editor, administrator])
def test_exhibits_are_not_made_here(make):
    client = signed_in(make())
    assert client.get(CHOOSE).status_code == 200
    assert client.get(f"{CHOOSE}create/").status_code == 404
    assert client.post(f"{CHOOSE}create/", {"title": "Gone round"}).status_code == 404
    assert Exhibit.objects.count() == 0


def test_it_is_for_those_who_write_pages():
    for make, status in ((UserFactory, 403), (moderator, 404), (curator, 404)):
        assert signed_in(make()).get(CHOOSE).status_code == status
    assert Client().get(CHOOSE).status_code == 302
