"""Real photographs go the whole way: from the upload to the API and the public files."""

import io
import json
import shutil
import subprocess

import pillow_heif
import pytest
from django.core.files.storage import storages
from PIL import Image, ImageChops, ImageOps, ImageStat

from cms.images.metadata_audit import has_credit, leaks
from gallery.models.exhibits import Exhibit
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibition
from tests.strangers import stranger

pytestmark = [pytest.mark.django_db, pytest.mark.drama]

PHOTOS = {
    "a phone's JPEG with GPS": ("hmd_nokia83_gps_wide.jpg", 4608, 1976),
    "a rotated one": ("orient_landscape_6.jpg", 1800, 1200),
    "a HEIC with GPS": ("hmd_nokia83_gps_16mp.heif", 3456, 4608),
    "45 megapixels": ("v_45mp.jpg", 8256, 5504),
}


@pytest.mark.parametrize("what", PHOTOS)
def test_the_whole_way(shared, what, tmp_path):
    name, width, height = PHOTOS[what]
    original = (shared / "photos" / name).read_bytes()
    exhibition = make_exhibition(min_long_edge=1000)
    entry = make_entry("hung", exhibition=exhibition, photo=original, licence="cc-by-4.0", title="Whole Way")

    shown = json.loads(stranger().get(f"/api/gallery/v1/exhibits/{entry.public_id}/").content)
    image = shown["image"]
    assert (image["width"], image["height"]) == (width, height)
    assert {source["type"] for source in image["sources"]} == {"image/avif", "image/jpeg"}
    for source in image["sources"]:
        assert abs(source["height"] - source["width"] * height / width) <= 1

    # Every public file: no place, no serial number, but whose it is and what one may do with it.
    storage = storages["public"]
    for stored in Exhibit.objects.get().sources:
        with storage.open(stored["key"]) as file:
            data = file.read()
        assert leaks(data) == []
        assert has_credit(data)
        for words in (shown["credit"], shown["alt"], "https://creativecommons.org/licenses/by/4.0/"):
            assert words.encode() in data

    # Right way up: the same picture as another reader of the original shows.
    pillow_heif.register_heif_opener()
    with Image.open(io.BytesIO(original)) as reader:
        reader.draft("RGB", (480, 480))
        upright = ImageOps.exif_transpose(reader).convert("RGB").resize((60, max(1, 60 * height // width)))
    smallest = min(
        (s for s in Exhibit.objects.get().sources if s["type"] == "image/jpeg"), key=lambda s: s["width"]
    )
    with storage.open(smallest["key"]) as file, Image.open(file) as made:
        ours = made.convert("RGB").resize(upright.size)
    assert max(ImageStat.Stat(ImageChops.difference(ours, upright)).mean) < 8
    assert max(ImageStat.Stat(ImageChops.difference(ours, ImageOps.flip(upright))).mean) > 12


def test_exiftool_agrees(shared, tmp_path):
    if shutil.which("exiftool") is None:
        pytest.skip("exiftool is not installed")
    photo = (shared / "photos" / "hmd_nokia83_gps_wide.jpg").read_bytes()
    make_entry("hung", photo=photo, licence="cc-by-4.0", exhibition=make_exhibition(min_long_edge=1000))
    exhibit = Exhibit.objects.get()
    storage = storages["public"]
    for stored in exhibit.sources:
        with storage.open(stored["key"]) as file:
            path = tmp_path / stored["key"].rpartition("/")[2]
            path.write_bytes(file.read())
        assert (
            subprocess.run([shared / "tools" / "leakcheck", path], capture_output=True, text=True).stdout
            == "clean\n"
        )
        found = json.loads(subprocess.run(["exiftool", "-j", path], capture_output=True, text=True).stdout)[0]
        assert found["Credit"] == exhibit.credit
        assert found["Creator"] == exhibit.photographer_name
        assert found["WebStatement"] == "https://creativecommons.org/licenses/by/4.0/"
        assert found["AltTextAccessibility"] == exhibit.alt_text
