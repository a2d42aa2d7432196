"""Real photographs: upright, right in colour, cheap, and silent about where they were taken."""

import csv
import io
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageOps

from cms.images import encode
from cms.images.formats import Limits, ladder_widths, scaled_height
from cms.images.validate import inspect
from tests.images.conftest import CREDIT, SHARED, shared_files
from tests.images.test_encode import credit_tags, difference, foreign_tags, needs_exiftool, pixels

FILES = shared_files("photos")
pytestmark = [
    pytest.mark.drama,
    pytest.mark.skipif(not FILES, reason="the real photographs (../shared/photos) are not here"),
]
CANARIES = (b"7700111", b"Owner ", b"3035706", b"052034000539")
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Facts:
    width: int
    height: int
    format: str
    gps: bool


def manifest() -> dict[str, Facts]:
    if not FILES:
        return {}
    with (SHARED / "photos" / "MANIFEST.tsv").open() as rows:
        return {
            row["file"]: Facts(
                *((int(row["h"]), int(row["w"])) if turned(row) else (int(row["w"]), int(row["h"]))),
                row["format"].split()[-1].lower().replace("heif", "heic"),
                row["gps"] == "yes",
            )
            for row in csv.DictReader(rows, delimiter="\t")
        }


def turned(row: dict[str, str]) -> bool:
    return row["exif_orientation"] in "5678"


FACTS = manifest()
every_photograph = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


def reference(path: Path, size: tuple[int, int]) -> np.ndarray:
    """A plain full decode, turned, shrunk and converted the slow way, by Pillow and LittleCMS alone."""
    if path.suffix in (".heic", ".heif"):
        import pillow_heif

        pillow_heif.register_heif_opener()
    image = Image.open(path)
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):
        image = Image.fromarray((np.asarray(image, float) / 257).round().astype("uint8"))
    if image.format not in ("HEIF", "TIFF"):
        image = ImageOps.exif_transpose(image)
    image = image.resize(size, Image.Resampling.LANCZOS)
    if profile:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        image = ImageCms.profileToProfile(
            *(image, source, ImageCms.createProfile("sRGB")),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    return np.asarray(image.convert("RGB"), int)


@every_photograph
def test_photographs_are_read_rightly(path):
    with path.open("rb") as file:
        found = inspect(file, limits=Limits())
    facts = FACTS[path.name]
    assert (found.format, found.width, found.height) == (facts.format, facts.width, facts.height)
    assert found.has_location is facts.gps


@needs_exiftool
@every_photograph
def test_copies_are_right_in_size_and_colour_and_keep_no_secrets(path, tmp_path):
    facts = FACTS[path.name]
    with path.open("rb") as file:
        made = list(encode.ladder(file, credit=CREDIT))
    sizes = [
        (width, scaled_height(facts.width, facts.height, width))
        for width in ladder_widths(facts.width, facts.height)
        for _ in range(2)
    ]
    assert [(one.width, one.height) for one in made] == sizes

    # The mean over all samples, in steps of 255, is what encoding costs; the mean tint would be a wrong colour.
    wanted = reference(path, sizes[2])
    for one in made[2:4]:
        shown = pixels(one.data)
        assert difference(shown, wanted) < 6, one.mime
        assert np.abs(shown.mean(axis=(0, 1)) - wanted.mean(axis=(0, 1))).max() < 1.5, one.mime

    assert foreign_tags(made, tmp_path) == [credit_tags(CREDIT, one.mime) for one in made]
    for one in made:
        assert [canary for canary in CANARIES if canary in one.data] == []


@pytest.mark.skipif(len(FILES) < 8, reason="the orientation pictures are not here")
def test_all_eight_orientations_are_one_picture():
    folder = SHARED / "photos"
    one, *others = (
        pixels(encode.preview(io.BytesIO((folder / f"orient_landscape_{turn}.jpg").read_bytes()), long_edge=300))
        for turn in range(1, 9)
    )
    assert one.shape == (200, 300, 3)
    # Each file also has its number painted in, so the pictures differ a little.
    assert max(difference(one, other) for other in others) < 4


@pytest.mark.parametrize(("name", "megabytes", "seconds"), [("kleiber_20mp.jpg", 250, 3), ("v_45mp.jpg", 300, 3)])
def test_a_ladder_is_cheap(name, megabytes, seconds):
    """Peak memory and CPU of the one child that makes all ten files."""
    import subprocess

    script = textwrap.dedent(
        """
        import resource, sys
        from cms.images.encode import ladder
        from cms.images.credit import Credit
        with open(sys.argv[1], "rb") as file:
            assert len(list(ladder(file, credit=Credit(title="x")))) == 10
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(used.ru_maxrss / 1024, used.ru_utime + used.ru_stime)
        """
    )
    path = SHARED / "photos" / name
    answer = subprocess.run(
        [sys.executable, "-c", script, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    used_megabytes, used_seconds = map(float, answer.stdout.split())
    assert used_megabytes < megabytes
    assert used_seconds < seconds
