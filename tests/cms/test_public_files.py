"""Public files where no web server serves them: as open and as cheap to ask for again as behind one."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone

from gallery.models.exhibits import Exhibit
from gallery.services import entries
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibit, make_exhibition

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    name = storages["public"].save("exhibits/x/320.jpg", ContentFile(b"\xff\xd8 not much of a picture"))
    yield f"/media/{name}"
    storages["public"].delete(name)


def test_other_sites_may_show_and_read_it(address: str, client: Client) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")


def test_whoever_has_it_is_not_sent_it_again(address: str, client: Client) -> None:
    first = client.get(address)
    first.close()
    for header, name in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        again = client.get(address, headers={header: first[name]})
        assert (again.status_code, again.content, again[name]) == (304, b"", first[name])
        assert again["Access-Control-Allow-Origin"] == "*"
    other = client.get(address, headers={"If-None-Match": '"other"'})
    assert (other.status_code, other.getvalue()[:2]) == (200, b"\xff\xd8")


def test_a_file_is_gone_with_its_photograph(client: Client, work) -> None:
    entry = make_entry("hung")
    (exhibit,) = Exhibit.objects.all()
    address = f"/media/{exhibit.sources[0]['key']}"
    entries.withdraw(entry=entry, by=entry.photographer, now=timezone.now())
    work()
    for method in (client.get, client.head):
        answer = method(address)
        assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (410, "*")
        assert "no-store" not in answer["Cache-Control"]
    assert exhibit.title not in client.get(address).content.decode()


def test_a_file_that_never_was_is_not_there(client: Client) -> None:
    shown = make_exhibit(make_exhibition())
    for name in (
        "exhibits/nobody/x/320.jpg",
        f"exhibits/{shown.pk}/x/320.jpg",
        "library/1/320.jpg",
        "exhibits/.jpg",
    ):
        assert client.get(f"/media/{name}").status_code == 404, name
