"""Every attack file gets what its manifest says, and what is accepted leaves nothing behind in public files."""

import csv
import io

import pytest

from cms.images import encode
from cms.images.formats import Limits
from cms.images.validate import PhotoRefused, inspect
from tests.images.conftest import CREDIT, SHARED, shared_files
from tests.images.test_encode import credit_tags, foreign_tags, needs_exiftool, pixels

FILES = shared_files("hostile")
pytestmark = pytest.mark.skipif(not FILES, reason="the attack files (../shared/hostile) are not here")

# Where the manifest leaves the choice to us, and where a general refusal would not be good enough.
CODES = {
    "a01_zero.jpg": "empty",
    "a03_html.jpg": "not-accepted",
    "a05_trunc_half.jpg": "truncated",
    "a07_trunc_tail.jpg": "truncated",
    "a09_trunc.webp": "truncated",
    "a11_trunc.avif": "truncated",
    "d01_bomb_30000x30000_gray.png": "too-many-pixels",
    "d03_bomb_header_only.png": "too-long",
    "d05_real_20000x14000.jpg": "too-many-pixels",
    "d07_gif_50000_frames.gif": "not-accepted",
    "d09_webp_5000_frames.webp": "animated",
    "d11_avif_10000.avif": "too-many-pixels",
    "e01_tiff_absurd_counts.tif": "too-long",
    "e17_bad_exif.jpg": "truncated",  # its data do not fit: decoders show stripes
    "e05_tiff_float32.tif": "unusual",
    "e07_heic_ispe_lie.heic": "too-long",
    "e30_dng_like.dng": "raw-file",
}
STRICTER = {"e17_bad_exif.jpg"}  # accepted by its manifest, and garbled in every viewer
SECRETS = (b"<script", b"alert(", b"PK\x03\x04", b"ftypmp4", b"onerror")
ACCEPTED = {
    "a17_1x1.jpg": ("jpeg", 1, 1),
    "c08_exif_loop.jpg": ("jpeg", 1067, 1600),
    "f01_png_named.jpg": ("png", 640, 427),
    "f03_heic_named.jpg": ("heic", 1280, 854),
    "f05_jpeg_noext": ("jpeg", 640, 427),
    "e15_frozenpond.mpo": ("jpeg", 640, 480),
}


def verdicts() -> dict[str, str]:
    if not FILES:
        return {}
    with (SHARED / "hostile" / "HOSTILE.tsv").open() as manifest:
        return {row["file"]: row["must"].split()[0].rstrip(":") for row in csv.DictReader(manifest, delimiter="\t")}


VERDICTS = verdicts()


def verdict_and_code(data: bytes) -> tuple[str, str]:
    try:
        inspect(io.BytesIO(data), limits=Limits())
    except PhotoRefused as refused:
        asks = refused.message.endswith(".") and "lease" in refused.message
        return ("REJECT" if asks else f"refused without advice: {refused.message}"), refused.code
    return "ACCEPT", ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_gets_what_its_manifest_says(path):
    verdict, code = verdict_and_code(path.read_bytes())
    wanted = "EITHER" if path.name in STRICTER else VERDICTS[path.name]
    assert verdict in {"EITHER": ("REJECT", "ACCEPT")}.get(wanted, (wanted,))
    assert code == CODES.get(path.name, code)
    assert path.name not in (ACCEPTED if verdict == "REJECT" else CODES)


@pytest.mark.parametrize("name", ACCEPTED)
def test_the_name_does_not_matter_and_sizes_are_upright(name):
    found = inspect(io.BytesIO((SHARED / "hostile" / name).read_bytes()), limits=Limits())
    assert (found.format, found.width, found.height) == ACCEPTED[name]


@needs_exiftool
@pytest.mark.drama
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_of_an_accepted_attack_reaches_the_public(path, tmp_path):
    source = path.read_bytes()
    if verdict_and_code(source)[0] == "REJECT":
        return
    secrets = [word for word in SECRETS if word in source]
    made = list(encode.ladder(io.BytesIO(source), credit=CREDIT))
    assert foreign_tags(made, tmp_path) == [credit_tags(CREDIT, one.mime) for one in made]
    for one in made:
        assert pixels(one.data).shape == (one.height, one.width, 3)
        assert [word for word in secrets if word in one.data] == []


def test_duplicates_are_recognised():
    one, other = (
        inspect(io.BytesIO((SHARED / "hostile" / name).read_bytes()), limits=Limits())
        for name in ("g01_same_a.jpg", "g03_same_pixels_other_meta.jpg")
    )
    assert one.sha256 != other.sha256
    assert one.pixel_hash == other.pixel_hash


def test_injected_words_stay_words():
    path = SHARED / "hostile" / "c01_exif_html_injection.jpg"
    found = inspect(io.BytesIO(path.read_bytes()), limits=Limits()).found
    assert "<script>alert(document.domain)</script>" in found.creator
    assert not any(letter < " " for letter in found.creator + found.rights + found.camera)
