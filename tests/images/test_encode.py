import io
import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.ExifTags import Base
from PIL.PngImagePlugin import PngInfo

from cms.images import encode
from cms.images.credit import Credit
from cms.images.formats import ladder_widths, scaled_height
from tests.images import builders

needs_exiftool = pytest.mark.skipif(not shutil.which("exiftool"), reason="exiftool is not installed")
# Tags that describe the file itself, its pixels or its colour space.
HARMLESS_GROUPS = {"ExifTool", "System", "File", "JFIF", "QuickTime", "Meta", "ICC-header", "ICC_Profile"}
HARMLESS = {"SourceFile", "Composite:ImageSize", "Composite:Megapixels", "IPTC:CodedCharacterSet"}


def pixels(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), int)


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """Mean difference in steps of 255."""
    return float(np.abs(one - other).mean())


def credit_tags(credit: Credit, mime: str) -> dict[str, object]:
    """The metadata a public file of this type has to have: this and no more."""
    wanted = {
        "XMP-dc:Title": credit.title,
        "XMP-dc:Creator": [credit.creator],
        "XMP-dc:Rights": credit.copyright_notice,
        "XMP-photoshop:Credit": credit.credit_line,
        "XMP-photoshop:Source": credit.source,
        "XMP-xmpRights:Marked": True,
        "XMP-xmpRights:WebStatement": credit.licence_url,
        "XMP-xmpRights:UsageTerms": credit.usage_terms,
        "XMP-plus:Licensor": [{"LicensorURL": credit.web_statement}],
        "XMP-iptcCore:AltTextAccessibility": credit.alt_text,
    }
    if mime == "image/jpeg":
        wanted |= {
            "IPTC:By-line": credit.creator,
            "IPTC:Credit": credit.credit_line,
            "IPTC:Source": credit.source,
            "IPTC:CopyrightNotice": credit.copyright_notice,
        }
    return wanted


def foreign_tags(files: list[encode.Encoded], folder: Path) -> list[dict[str, object]]:
    """What exiftool finds in each file beyond its pixels and colour space; trailers and embedded files too."""
    paths = []
    for number, one in enumerate(files):
        paths.append(folder / f"{number:02}.{one.mime.removeprefix('image/')}")
        paths[-1].write_bytes(one.data)
    command = ["exiftool", "-j", "-G1", "-a", "-ee3", "-struct", "-charset", "UTF8", *map(str, paths)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    assert len(found) == len(files)
    return [{tag: value for tag, value in tags.items() if not harmless(tag)} for tags in found]


def harmless(tag: str) -> bool:
    return tag in HARMLESS or (tag.split(":")[0] in HARMLESS_GROUPS and tag != "File:Comment")


def test_every_rung_comes_twice_largest_first(credit):
    made = list(encode.ladder(io.BytesIO(builders.photo(1800, 1200)), credit=credit))
    widths = ladder_widths(1800, 1200)
    assert widths == [1800, 1600, 1024, 640, 320]
    sizes = [(width, scaled_height(1800, 1200, width)) for width in widths for _ in range(2)]
    assert [(one.width, one.height) for one in made] == sizes
    assert [one.mime for one in made] == ["image/avif", "image/jpeg"] * 5
    for one in made:
        opened = Image.open(io.BytesIO(one.data))
        assert (opened.size, opened.mode, opened.get_format_mimetype()) == (
            (one.width, one.height),
            "RGB",
            one.mime,
        )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_come_out_upright(kind, orientation):
    data = builders.turned(orientation, kind)
    upright = pixels(encode.preview(io.BytesIO(data)))
    assert upright.shape == (400, 600, 3)
    assert difference(upright, np.asarray(builders.scene(), int)) < 3


@pytest.mark.parametrize("with_exif", [False, True])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_orientation_only_in_xmp_does_not_turn(kind, with_exif):
    """As in browsers: programs that have turned the pixels leave it behind."""
    packet = builders.XMP_TURNED.replace(b">6<", b">1<")  # pillow_heif would turn the picture as well
    options: dict[str, object] = {"xmp": packet}
    if kind == "PNG":
        words = PngInfo()
        words.add_itxt("XML:com.adobe.xmp", packet.decode())
        options = {"pnginfo": words}
    if with_exif:
        exif = Image.Exif()
        exif[Base.Make] = "Example"
        options["exif"] = exif.tobytes()
    data = builders.photo(kind=kind, **options)
    assert b"tiff:Orientation>1<" in data
    if kind == "PNG":  # which has a checksum
        start = data.index(b"iTXt") - 4
        length = int.from_bytes(data[start : start + 4], "big")
        body = data[start + 8 : start + 8 + length].replace(b">1<", b">6<")
        data = data[:start] + builders.chunk(b"iTXt", body) + data[start + 12 + length :]
    data = data.replace(b"tiff:Orientation>1<", b"tiff:Orientation>6<")
    upright = pixels(encode.preview(io.BytesIO(data)))
    assert upright.shape == (400, 600, 3)
    assert difference(upright, np.asarray(builders.scene(), int)) < 3


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_nonsense_orientations_are_upright_already(orientation):
    upright = pixels(encode.preview(io.BytesIO(builders.turned(orientation))))
    assert difference(upright, np.asarray(builders.scene(), int)) < 3


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF", "HEIF"])
def test_every_format_keeps_its_colours(kind, credit):
    made = list(encode.ladder(io.BytesIO(builders.photo(kind=kind)), credit=credit))
    for one in made:
        wanted = np.asarray(builders.scene().resize((one.width, one.height), Image.Resampling.LANCZOS), int)
        assert difference(pixels(one.data), wanted) < 4, (one.mime, one.width)


def test_display_p3_without_its_profile_is_not_duller(credit):
    """What was tagged Display P3 looks as it should in a program that knows no profiles."""
    from cms.images import colour

    wanted = np.asarray(colour.to_srgb(builders.scene(), colour.DISPLAY_P3), int)
    made = pixels(encode.preview(io.BytesIO(builders.wide_gamut())))
    assert difference(made, wanted) < 2
    assert difference(made, np.asarray(builders.scene(), int)) > 4


def test_sixteen_bit_grey_keeps_its_tones():
    line = pixels(encode.preview(io.BytesIO(builders.grey16())))[32, :, 0]
    assert np.abs(line - np.arange(256)).max() <= 4


def test_transparency_lies_on_white():
    made = pixels(encode.preview(io.BytesIO(builders.see_through())))
    assert np.abs(made[50, 50] - (200, 0, 0)).max() <= 4
    assert made[50, 150].min() >= 252


def test_a_palette_with_transparency_lies_on_white():
    picture = Image.open(io.BytesIO(builders.see_through())).quantize(8)
    made = pixels(encode.preview(io.BytesIO(builders.saved(picture, "PNG"))))
    assert made[50, 150].min() >= 252


def test_large_transparent_pictures_are_laid_on_white_in_strips():
    picture = builders.scene(3000, 2000).convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize((3000, 2000)))
    white = Image.new("RGBA", picture.size, (255, 255, 255, 255))
    wanted = Image.alpha_composite(white, picture).convert("RGB").resize((600, 400), Image.Resampling.LANCZOS)
    made = pixels(encode.preview(io.BytesIO(builders.saved(picture, "PNG", compress_level=1)), long_edge=600))
    assert difference(made, np.asarray(wanted, int)) < 2


def test_cmyk_without_a_profile_is_a_picture():
    made = pixels(encode.preview(io.BytesIO(builders.saved(builders.scene().convert("CMYK")))))
    assert difference(made, np.asarray(builders.scene(), int)) < 12


def test_a_part_is_cut_where_it_was_asked_for(credit):
    made = encode.render(
        io.BytesIO(builders.turned(6)), crop=(467, 0, 600, 133), size=(60, 60), mime="image/png", credit=credit
    )
    assert (made.width, made.height) == (60, 60)
    assert np.abs(pixels(made.data)[30, 30] - (40, 160, 60)).max() <= 6


def test_a_preview_is_never_enlarged_and_carries_no_words():
    data = encode.preview(io.BytesIO(builders.secretive()), long_edge=2400)
    assert Image.open(io.BytesIO(data)).size == (900, 600)
    assert Image.open(io.BytesIO(encode.preview(io.BytesIO(data), long_edge=300))).size == (300, 200)
    assert set(Image.open(io.BytesIO(data)).info) - {"icc_profile"} <= {
        *("jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"),
    }


@needs_exiftool
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF", "HEIF"])
def test_public_files_hold_the_credit_and_nothing_else(kind, credit, tmp_path):
    made = list(encode.ladder(io.BytesIO(builders.secretive(kind)), credit=credit))
    assert foreign_tags(made, tmp_path) == [credit_tags(credit, one.mime) for one in made]
    assert [one for one in made if builders.CANARY.encode() in one.data] == []


@needs_exiftool
@pytest.mark.parametrize("mime", ["image/jpeg", "image/png", "image/webp", "image/avif"])
def test_renditions_hold_the_credit_and_nothing_else(mime, credit, tmp_path):
    source = io.BytesIO(builders.secretive())
    made = encode.render(source, crop=(0, 0, 900, 600), size=(300, 200), mime=mime, credit=credit)
    (found,) = foreign_tags([made], tmp_path)
    described = {tag: value for tag, value in found.items() if not tag.startswith(("PNG", "RIFF"))}
    assert described == credit_tags(credit, mime)
    assert builders.CANARY.encode() not in made.data


@needs_exiftool
def test_previews_hold_nothing(tmp_path):
    data = encode.preview(io.BytesIO(builders.secretive()))
    assert foreign_tags([encode.Encoded("image/jpeg", 900, 600, data)], tmp_path) == [{}]
