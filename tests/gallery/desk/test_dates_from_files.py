"""The date in a picture's file is a help, and nobody's word until it was seen."""

import re

import pytest

from gallery.enums import EntryState
from gallery.models.entries import Entry
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import UserFactory
from tests.factories.photos import jpeg, upload
from tests.gallery.desk.forms import enter_url, filled_in, signed_in

pytestmark = pytest.mark.django_db


def dated() -> bytes:
    exif = (
        b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x87i\x00\x04\x00\x00\x00\x01\x00\x00\x00\x1a\x00\x00\x00\x00"
    )
    exif += b"\x00\x01\x90\x03\x00\x02\x00\x00\x00\x14\x00\x00\x00,\x00\x00\x00\x002026:02:17 10:00:00\x00"
    return jpeg(exif=exif)


def test_the_date_in_the_file_fills_the_empty_field():
    data = {"photo": upload(dated()), "taken_on": "", "action": "save"}
    signed_in(UserFactory()).post(enter_url(make_exhibition()), data)
    assert Entry.objects.get().taken_on == "2026-02-17"


def test_a_date_nobody_has_seen_is_not_sent_in():
    exhibition, client = make_exhibition(), signed_in(UserFactory())
    response = client.post(enter_url(exhibition), filled_in(photo=upload(dated()), taken_on=""))
    html = response.content.decode()
    assert response.status_code == 422
    assert "This date stands in the picture’s file." in html
    shown = re.search(r'name="taken_on"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="taken_on"', html)
    assert shown is not None
    entry = Entry.objects.get()
    assert entry.state == EntryState.DRAFT
    again = filled_in(photo=None, taken_on=shown[1] or shown[2], entry=entry.pk)
    assert client.post(enter_url(exhibition), again).status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.taken_on) == (EntryState.IN_REVIEW, "2026-02-17")
