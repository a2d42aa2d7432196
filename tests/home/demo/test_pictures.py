"""The files that come with the demo: one for every picture its content names, as large as it is used, and light."""

import pytest
from django.utils import timezone
from PIL import Image

from cms.images.refusal import PhotoRefused
from home.demo.content import load
from home.demo.seed.pictures import SHIPPED, Illustrations, patient, shipped_file

CONTENT = load(timezone.localdate())
PHOTOS = {photo["id"]: photo for photo in CONTENT["photos"]}
BADGES = [accolade["badge"]["picture"] for accolade in CONTENT["institution"]["accolades"]]
#: Bytes of all of them together: everybody who clones the project waits for them.
MOST_BYTES = 14_000_000


def test_every_picture_is_there_and_no_other() -> None:
    wanted = {shipped_file(name) for name in [*BADGES, *(photo["slug"] for photo in PHOTOS.values())]}
    assert set(SHIPPED.iterdir()) == wanted
    assert sum(file.stat().st_size for file in wanted) <= MOST_BYTES


@pytest.mark.parametrize("file", sorted(SHIPPED.iterdir()), ids=lambda file: file.stem)
def test_a_picture_holds_pixels_and_nothing_else(file) -> None:
    with Image.open(file) as image:
        assert (image.format, image.mode) == ("AVIF", "RGB")
        assert {"exif", "xmp", "icc_profile"}.isdisjoint(image.info)


def test_pictures_with_an_award_print_at_a3() -> None:
    awarded = [photo for photo in PHOTOS.values() if photo["award"]]
    assert len(awarded) == 15
    assert min(map(Illustrations().least, awarded)) == 3600


def test_one_picture_is_very_large_and_one_too_small() -> None:
    edges = {name: Illustrations().least(photo) for name, photo in PHOTOS.items()}
    with Image.open(shipped_file(PHOTOS["p28"]["slug"])) as largest:
        assert largest.size == (8000, 6000)
    assert [name for name, edge in edges.items() if edge < 2400] == ["p30"]
    assert edges["p30"] == 1600


def test_a_busy_machine_is_waited_for_and_a_bad_picture_is_not() -> None:
    refusals = ["busy", "busy", None, "damaged"]

    def attach(file):
        if code := refusals.pop(0):
            raise PhotoRefused.because(code)
        return file

    assert patient(attach)("a file") == "a file"
    with pytest.raises(PhotoRefused, match="damaged"):
        patient(attach)("a file")
    assert refusals == []
