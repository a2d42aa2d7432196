"""Everything public can be made anew from what is kept."""

import io
import json
import shutil

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from cms.changes.models import Change
from cms.core.models import PortalSettings
from gallery.models.consents import PicturedPerson
from gallery.models.exhibits import Exhibit
from gallery.services.rehanging import rehang
from tests.factories.entries import make_entry
from tests.gallery.services.test_hanging import public_files

pytestmark = pytest.mark.django_db


def test_documents_cards_and_files_come_back(work):
    make_entry("hung")
    before = Exhibit.objects.get()
    Exhibit.objects.update(document="{}", card="", search_text="", credit="lost")
    call_command("rehang", verbosity=0)
    after = Exhibit.objects.get()
    facts, was = json.loads(after.document), json.loads(before.document)
    for changing in ("updated_at", "image"):
        facts.pop(changing), was.pop(changing)
    assert facts == was
    assert (after.credit, after.search_text, after.path) == (before.credit, before.search_text, before.path)
    assert public_files() == sorted(source["key"] for source in after.sources)
    assert {s["key"] for s in after.sources}.isdisjoint(s["key"] for s in before.sources)


@pytest.mark.parametrize("missing", [False, True])
def test_an_original_that_is_lost_keeps_no_other_and_is_named(work, missing):
    """Where its files are there still, it goes on hanging; where they are not, nobody is shown a hole."""
    lost, found = make_entry("hung"), make_entry("hung")
    before = public_files()
    storages["private"].delete(lost.master.file.name)
    if missing:
        shutil.rmtree(settings.MEDIA_ROOT)
    said = io.StringIO()
    with pytest.raises(CommandError, match=r"^1 pictures could not be made; all others were.$"):
        call_command("rehang", missing=missing, stdout=io.StringIO(), stderr=said)
    words = "Its file is not where we keep photographs."
    assert f"Not made: photograph {lost.public_id}: {words}" in said.getvalue()
    hanging = {exhibit.pk: exhibit.sources.keys for exhibit in Exhibit.objects.all()}
    assert set(hanging) == ({found.public_id} if missing else {lost.public_id, found.public_id})
    assert public_files() == sorted(key for keys in hanging.values() for key in keys)
    assert not set(before) & set(hanging[found.public_id])


def test_a_new_name_of_the_institution_reaches_every_credit():
    make_entry("hung")
    settings = PortalSettings.objects.first() or PortalSettings.for_site(
        Exhibit.objects.get().exhibition.get_site()
    )
    settings.institution = "Calderwick University"
    settings.save()
    rehang()
    assert Exhibit.objects.get().credit.endswith(", Calderwick University")


def test_what_may_no_longer_travel_is_called_back():
    entry = make_entry("hung", people=[{"name": "Inês", "email": "", "channels": ["web", "other-sites"]}])
    PicturedPerson.objects.of(entry).update(channels=["web"])
    rehang()
    assert Exhibit.objects.get().is_shared is False
    assert [(change.how, change.shared) for change in Change.objects.all()] == [
        ("upsert", True),
        ("corrected", True),
    ]
