"""The pictures: only for those who may see the entry, never kept, never run."""

import pytest

from gallery.models.entries import Entry
from gallery.services import masters
from tests.factories.entries import make_entry
from tests.factories.people import UserFactory, curator, moderator
from tests.factories.photos import jpeg
from tests.gallery.desk.forms import desk_url, signed_in
from tests.strangers import body

pytestmark = pytest.mark.django_db


def previewed(state: str, **facts) -> Entry:
    entry = make_entry(state, **facts)
    masters.make_preview(master_id=entry.master.pk)
    return Entry.objects.get(pk=entry.pk)


def test_the_original_comes_back_byte_for_byte_as_an_attachment():
    photo = jpeg(tone=42)
    entry = make_entry("in-review", photo=photo, title="Four: <Necks>/..")
    response = signed_in(entry.photographer).get(desk_url(entry, "original/"))
    assert body(response) == photo
    assert response["Content-Disposition"] == 'attachment; filename="four-necks-original.jpg"'
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_the_preview_is_another_picture_without_the_files_secrets():
    secret = b"GPS 51.4779 N"
    photo = jpeg(comment=secret)
    entry = previewed("in-review", photo=photo)
    response = signed_in(entry.photographer).get(desk_url(entry, "preview/"))
    shown = body(response)
    assert secret in photo
    assert secret not in shown
    assert shown[:2] == b"\xff\xd8"
    assert (response["Content-Type"], response["Content-Disposition"]) == ("image/jpeg", "inline")
    assert response["Cache-Control"] == "no-store, private"


def test_a_preview_that_is_not_made_yet_is_announced():
    entry = make_entry("draft")
    client = signed_in(entry.photographer)
    assert client.get(desk_url(entry, "preview/")).status_code == 202
    page = client.get(desk_url(entry)).content.decode()
    assert "Making the preview…" in page
    assert f'data-preview="{desk_url(entry, "preview/")}"' in page


@pytest.mark.parametrize("somebody", [moderator, curator, UserFactory])
def test_the_desk_is_for_the_photographer_alone(somebody):
    entry = previewed("approved")
    client = signed_in(somebody())
    for ending in ("preview/", "original/"):
        assert client.get(desk_url(entry, ending)).status_code == 404


def test_a_locked_account_sees_nothing():
    entry = previewed("in-review")
    client = signed_in(entry.photographer)
    entry.photographer.is_active = False
    entry.photographer.save()
    assert client.get(desk_url(entry, "original/")).status_code == 302


def test_a_draft_without_photograph_has_no_files():
    person = UserFactory()
    entry = make_entry("draft", photographer=person)
    Entry.objects.filter(pk=entry.pk).update(master=None)
    for ending in ("preview/", "original/"):
        assert signed_in(person).get(desk_url(entry, ending)).status_code == 404
