"""Public files where no web server serves them: as open and as cheap to ask for again as behind one."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client

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
