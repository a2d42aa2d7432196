import struct

import pytest

from cms.images import formats, headers
from cms.images.refusal import PhotoRefused
from tests.images import builders


@pytest.mark.parametrize(
    ("kind", "code"),
    [("JPEG", "jpeg"), ("PNG", "png"), ("TIFF", "tiff"), ("WEBP", "webp"), ("AVIF", "avif"), ("HEIF", "heic")],
)
def test_every_accepted_format_is_known_by_its_content(kind, code):
    header = headers.read(builders.photo(kind=kind))
    assert (header.format.code, header.width, header.height) == (code, 600, 400)


def test_progressive_is_seen_and_trailing_data_passed_over():
    assert headers.read(builders.photo(progressive=True)).progressive is True
    assert headers.read(builders.photo()).progressive is False
    assert headers.read(builders.photo() + b"PK\x03\x04" + bytes(96)) == headers.read(builders.photo())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"hello", "not-a-picture"),
        (b"GIF89a" + bytes(20), "not-accepted"),
        (b"\n<!DOCTYPE html><title>x</title>", "not-accepted"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "not-accepted"),
        (b"%PDF-1.7", "not-accepted"),
        (b"PK\x03\x04", "not-accepted"),
        (b"FUJIFILMCCD-RAW 0201", "raw-file"),
        (b"II*\0\x10\0\0\0CR\x02\0" + bytes(20), "raw-file"),
        (struct.pack(">I4s4s", 24, b"ftyp", b"crx ") + bytes(12), "raw-file"),
        (struct.pack(">I4s4s", 24, b"ftyp", b"qt  ") + bytes(12), "animated"),
        (b"\xff\xd8\xff" + bytes(range(256)) * 40, "truncated"),
        (builders.photo()[:-2], "truncated"),
        (builders.photo()[:4000], "truncated"),
        (builders.photo(kind="PNG")[:-20], "truncated"),
        (builders.photo(kind="WEBP")[:-20], "truncated"),
        (builders.photo(kind="AVIF")[:-20], "truncated"),
        (builders.photo(kind="HEIF")[:-20], "truncated"),
        (builders.photo(kind="TIFF")[:5000], "truncated"),
        (builders.png(0, 0, b""), "damaged"),
        (builders.many_scans(formats.MAX_SCANS), "too-many-scans"),
        (builders.animated_webp(), "animated"),
        (b"II*\0\x08\0\0\0\xff\xff", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + builders.chunk(b"tEXt", b"") * (formats.MAX_PARTS + 1), "damaged"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_reason(data, code):
    with pytest.raises(PhotoRefused) as refused:
        headers.read(data)
    assert refused.value.code == code


def test_a_tiff_that_points_at_itself_ends():
    directory = struct.pack("<H", 9)
    for tag, kind, value in [
        (256, 4, 4), (257, 4, 4), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8), (277, 3, 1), (278, 4, 4),
        (279, 4, 16),
    ]:  # fmt: skip
        directory += struct.pack("<HHII", tag, kind, 1, value)
    data = b"II*\0\x08\0\0\0" + directory + struct.pack("<I", 8)
    assert headers.read(data).width == 4


def test_a_ladder_is_never_wider_than_the_picture():
    assert formats.ladder_widths(6000, 4000) == [2400, 1600, 1024, 640, 320]
    assert formats.ladder_widths(1800, 1200) == [1800, 1600, 1024, 640, 320]
    assert formats.ladder_widths(1600, 1200) == [1600, 1024, 640, 320]
    assert formats.ladder_widths(200, 100) == [200]
    assert formats.ladder_widths(1, 1) == [1]


def test_a_tall_strip_keeps_its_area_bounded():
    for width, height in ((1600, 32_768), (1, 32_768), (2400, 25_000), (729, 8205)):
        top = formats.ladder_widths(width, height)[0]
        assert top * formats.scaled_height(width, height, top) <= formats.LADDER_MAX_PIXELS * 1.01
        assert top <= width


@pytest.mark.parametrize(
    "start",
    [
        bytes(128) + b"DICM",
        b"SIMPLE  =                    T",
        b"v/1\x01",
        b"ZISRAWFILE",
        b"\xda\xce\xbe\x0a",
        b"II+\0\x08\0",
    ],
)
def test_laboratory_files_are_named_and_told_the_way_out(start):
    with pytest.raises(PhotoRefused) as refused:
        headers.read(start + bytes(600))
    assert refused.value.code == "not-accepted"
    assert "as you see it on screen, as an 8-bit TIFF, PNG or JPEG" in refused.value.message
