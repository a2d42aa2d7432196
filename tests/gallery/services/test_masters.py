"""Which entries hold one and the same picture."""

import random

import pytest
from django.utils import timezone

from cms.images import perceptual_hash
from gallery.models.entries import Entry
from gallery.models.masters import Master
from gallery.services.masters import Kinship, lookalikes
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import UserFactory
from tests.factories.photos import jpeg, saved_again, turned, with_comment

pytestmark = pytest.mark.django_db


def test_the_surest_comes_first_and_the_rest_is_not_named():
    photo = jpeg(640, 480, tone=5)
    entry = make_entry("draft", photo=photo)
    alike = make_entry("draft", photo=saved_again(photo))
    pixels = make_entry("draft", photo=with_comment(photo))
    file = make_entry("draft", photo=photo)
    make_entry("draft", photo=turned(photo))
    found = lookalikes(entry=entry, among=Entry.objects.all())
    assert [(one.entry, one.kinship) for one in found] == [
        (file, Kinship.SAME_FILE),
        (pixels, Kinship.SAME_PIXELS),
        (alike, Kinship.ALIKE),
    ]
    assert lookalikes(entry=entry, among=Entry.objects.filter(pk=pixels.pk), most=1) == [found[1]]


def marked(entries: int, marks: list[str]) -> list[Entry]:
    """Entries whose masters carry these likenesses, without files."""
    now, exhibition, person = timezone.now(), make_exhibition(), UserFactory()
    facts = {"uploaded_at": now, "format": "jpeg", "bytes": 1, "width": 1, "height": 1}
    made = Master.objects.bulk_create(
        Master(sha256=f"{number:064x}", pixel_hash=f"{number:064x}", likeness=mark, **facts)
        for number, mark in enumerate(marks[:entries])
    )
    common = {"exhibition": exhibition, "photographer": person, "created_at": now, "updated_at": now}
    return Entry.objects.bulk_create(Entry(master=master, **common) for master in made)


def test_no_likeness_within_reach_is_missed():
    """Every number of changed bits up to the limit and beyond it, wherever they fall."""
    chance = random.Random(11)
    mark = chance.getrandbits(128)
    changed = []
    for bits in list(range(perceptual_hash.ALIKE_WITHIN + 4)) * 12:
        flips = sum(1 << place for place in chance.sample(range(128), bits))
        changed.append(f"{mark ^ flips:032x}")
    entry, *others = marked(len(changed) + 1, [f"{mark:032x}", *changed])
    expected = {
        other.pk for other, text in zip(others, changed, strict=True) if perceptual_hash.alike(f"{mark:032x}", text)
    }
    found = lookalikes(entry=entry, among=Entry.objects.all(), most=999)
    assert {one.entry.pk for one in found} == expected
    assert len(expected) == (perceptual_hash.ALIKE_WITHIN + 1) * 12


@pytest.mark.parametrize("copies", [1, 3])
def test_it_costs_two_queries_for_one_and_three(copies, django_assert_num_queries):
    entry, *_ = marked(copies + 1, ["f" * 32] * 4)
    with django_assert_num_queries(2):
        found = lookalikes(entry=entry, among=Entry.objects.all())
        assert [str(one.entry.exhibition) for one in found] == [str(entry.exhibition)] * copies
