"""Public files that are made ahead are the very files that hanging makes."""

from pathlib import Path

import pytest
from django.core.files.storage import storages

from cms.images import encode
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.services import exhibit_fields, hanging
from home.demo.seed.ladders import Ladders
from tests.factories.entries import make_entry

pytestmark = pytest.mark.django_db


def public_files(exhibit: Exhibit) -> list[bytes]:
    return [Path(storages["public"].path(source["key"])).read_bytes() for source in exhibit.sources]


def files_of(entry: Entry) -> list[bytes]:
    with exhibit_fields.master_of(entry).file.open("rb") as file:
        return [made.data for made in encode.ladder(file, credit=exhibit_fields.credit_of(entry))]


def test_what_is_made_ahead_is_what_hanging_makes(monkeypatch):
    entry = make_entry("approved")
    monkeypatch.delattr(hanging, "make_derivatives")
    with Ladders() as ladders:
        ladders.begin(entry)
        exhibit = hanging.hang_if_due(entry_id=entry.pk, derive=ladders.derive)
    assert public_files(exhibit) == files_of(entry)


def test_what_was_made_with_another_credit_is_made_again():
    entry = make_entry("approved")
    with Ladders() as ladders:
        ladders.begin(entry)
        Entry.objects.filter(pk=entry.pk).update(photographer_name="Somebody Else")
        exhibit = hanging.hang_if_due(entry_id=entry.pk, derive=ladders.derive)
    entry.refresh_from_db()
    assert public_files(exhibit) == files_of(entry)
    assert all(b"Somebody Else" in data for data in public_files(exhibit))
