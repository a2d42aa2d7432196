"""AVIF and HEIC: the picture that is shown is judged, and holes in it are found."""

import struct

import numpy as np
import pytest
from PIL import Image

from cms.images import headers
from cms.images.headers.items import Items, boxes
from cms.images.refusal import PhotoRefused
from cms.images.sandbox import pixels
from tests.images import builders

PQ = (9, 16, 9)
BOTH = pytest.mark.parametrize("kind", ["AVIF", "HEIF"])


def inside(data: bytes, *path: bytes) -> tuple[int, int]:
    """Start and end of the body of a box."""
    start, end = 0, len(data)
    for name in path:
        start, end = next((body, stop) for kind, body, stop in boxes(data, start, end) if kind == name)
        start += 4 if name == b"meta" else 0
    return start, end


def with_property(data: bytes, said: tuple[int, int, int], *, used: bool) -> bytes:
    """The file with one more `colr`, which the shown picture uses or does not."""
    box = struct.pack(">I4s4sHHHB", 19, b"colr", b"nclx", *said, 0x80)
    start, end = inside(data, b"meta", b"iprp", b"ipco")
    number = len(list(boxes(data, start, end))) + 1
    grown = bytearray(data)
    grow = len(box)
    for path in ((b"meta",), (b"meta", b"iprp"), (b"meta", b"iprp", b"ipco")):
        place = inside(data, *path)[0] - (12 if path[-1] == b"meta" else 8)
        struct.pack_into(">I", grown, place, struct.unpack_from(">I", grown, place)[0] + grow)
    grown[end:end] = box
    if used:  # in place of the one it has
        has = next(n for n, (kind, _, _) in enumerate(boxes(data, start, end), 1) if kind == b"colr")
        ipma, ipma_end = inside(bytes(grown), b"meta", b"iprp", b"ipma")
        for place in range(ipma + 8, ipma_end):
            if grown[place] & 0x7F == has and place > ipma + 10:
                grown[place] = number
    _move(grown, grow, after=end)
    return bytes(grown)


def _move(data: bytearray, by: int, *, after: int) -> None:
    """Items that lie behind `after` have moved by so many bytes."""
    start, end = inside(bytes(data), b"meta", b"iloc")
    items = Items(bytes(data), *inside(bytes(data), b"meta"))
    for part in items.kinds:
        for begin, _ in items.extents(part):
            for code in (">I", ">Q"):
                place = bytes(data).find(struct.pack(code, begin), start, end)
                if place >= 0 and begin >= after:
                    struct.pack_into(code, data, place, begin + by)
                    break


def decoded(data: bytes) -> np.ndarray:
    return np.asarray(pixels.decode(data, headers.read(data)).image, float)


def refusal(data: bytes) -> str:
    with pytest.raises(PhotoRefused) as refused:
        headers.read(data)
    return refused.value.code


@BOTH
def test_colours_of_another_item_are_passed_over(kind):
    data = builders.photo(96, 64, kind)
    shown = decoded(with_property(data, PQ, used=False))
    assert np.abs(shown - decoded(data)).max() == 0


@pytest.mark.parametrize("transfer", [16, 18])
@BOTH
def test_high_dynamic_range_of_the_shown_picture_is_refused(kind, transfer):
    data = builders.photo(96, 64, kind)
    assert refusal(with_property(data, (9, transfer, 9), used=True)) == "high-dynamic-range"


@BOTH
def test_wide_gamuts_said_in_numbers_are_honoured(kind):
    data = builders.photo(96, 64, kind)
    matrix = headers.read(data)
    assert matrix.colours is None
    plain, wide = decoded(data), decoded(with_property(data, (12, 13, 6), used=True))
    assert np.abs(wide - plain).mean() > 3


def coded(data: bytes) -> tuple[int, int]:
    """The largest piece of the shown picture."""
    items = Items(data, *inside(data, b"meta"))
    return max((place for part in items.parts() for place in items.extents(part)), key=lambda one: one[1] - one[0])


def noisy(kind: str) -> bytes:
    picture = Image.effect_noise((300, 200), 90).convert("RGB")
    return builders.saved(picture, kind, quality=85)


@BOTH
@pytest.mark.parametrize("damage", ["tail", "middle", "half", "lost"])
def test_holes_are_found(kind, damage):
    data = noisy(kind)
    start, end = coded(data)
    assert end - start > 4_000
    size = end - start
    first, last = {
        "tail": (start + size * 7 // 10, end),
        "middle": (start + size // 2, start + size // 2 + 80),
        "half": (start + size // 2, end),
        "lost": (start + size // 2, start + size // 2 + 2_000),
    }[damage]
    if damage == "lost":
        assert refusal(data[:first] + data[last:]) in ("truncated", "damaged")
    else:
        assert refusal(data[:first] + bytes(last - first) + data[last:]) == "damaged"


def test_any_hole_in_hevc_is_found():
    data = noisy("HEIF")
    start, end = coded(data)
    random = np.random.default_rng(7)
    for _ in range(200):
        length = int(random.integers(3, 400))
        at = int(random.integers(start, end - length))
        if any(data[at : at + length]):
            assert refusal(data[:at] + bytes(length) + data[at + length :]) == "damaged"


@BOTH
def test_flat_pictures_have_no_holes(kind):
    for colour in ((0, 0, 0), (255, 255, 255), (128, 128, 128), (200, 30, 40)):
        data = builders.saved(Image.new("RGB", (2000, 1500), colour), kind)
        assert headers.read(data).width == 2000
