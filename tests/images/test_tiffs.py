"""TIFFs of every kind: shown as they are, or refused in words that name a way out."""

import itertools
import struct
from collections import Counter

import numpy as np
import pytest

from cms.images import headers
from cms.images.headers.tiff import SHOWN, SHOWN_IN_PLANES
from cms.images.refusal import PhotoRefused
from cms.images.sandbox import pixels
from tests.images import tiffs
from tests.images.tiffs import CMYK, LAB, RGB, YCBCR, Kind

KINDS = [
    kind
    for kind in itertools.starmap(
        Kind,
        itertools.product(
            (0, 1, 2, 3, 5, 6, 8),  # photometric
            (1, 2, 4, 8, 16),  # bits
            "<>",
            (1, 2),  # planes
            (1, 5, 8, 32773),  # compression
            (1, 2),  # predictor
            (None, 0, 1, 2),  # one channel more
            (1, 2),  # order of bits
            (0, 16),  # tiles
        ),
    )
    if kind.bits >= 8 or (kind.extra is None and kind.photometric in (0, 1, 3) and kind.predictor == 1)
    if kind.bits < 16 or kind.photometric != 3
    if kind.predictor == 1 or kind.compression in (5, 8)
]


def verdict(data: bytes, wanted: np.ndarray) -> str:
    """ "right", "wrong", or the code of a refusal."""
    try:
        image = pixels.decode(data, headers.read(data)).image
    except PhotoRefused as refused:
        return refused.code
    shown = np.asarray(image.convert("RGB"), float)
    # One colour management step and eight bits a channel: a mean of 3 in 255.
    return "right" if shown.shape == wanted.shape and np.abs(shown - wanted).mean() < 3 else "wrong"


def promised(kind: Kind) -> bool:
    channels, depths = SHOWN[kind.photometric]
    extra = () if kind.extra is None else (kind.extra,)
    samples = channels + len(extra)
    in_planes = kind.planar == 2 and samples > 1
    return extra in depths.get(kind.bits, ()) and (not in_planes or (kind.photometric, samples) in SHOWN_IN_PLANES)


def judge(kinds: list[Kind]) -> Counter[str]:
    found: Counter[str] = Counter()
    for kind in kinds:
        answer = verdict(tiffs.write(kind), tiffs.shown(kind))
        assert answer in ("right", "unusual", "measurement", "several-pictures"), (answer, kind)
        # Bits in the order of fax machines are right where they are taken.
        assert answer == "right" or kind.fill_order == 2 or not promised(kind), (answer, kind)
        found[answer] += 1
    return found


def test_every_kind_is_right_or_refused():
    """A twentieth of them, the same each time."""
    found = judge(KINDS[::19])
    assert found["right"] > 80
    assert found["wrong"] == 0


@pytest.mark.drama
def test_all_kinds_are_right_or_refused():
    found = judge(KINDS)
    assert found["right"] > 1500
    print(found)


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("kind", [(0, 8), (1, 16), (RGB, 8), (RGB, 16), (CMYK, 8), (YCBCR, 8), (LAB, 8)])
def test_the_kinds_people_send_are_shown(kind, order):
    photometric, bits = kind
    one = Kind(photometric, bits, order)
    assert verdict(tiffs.write(one), tiffs.shown(one)) == "right"


def test_planes_of_sixteen_bits_are_shown():
    one = Kind(RGB, 16, planar=2)
    assert verdict(tiffs.write(one), tiffs.shown(one)) == "right"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (Kind(0, 16), "measurement"),
        (Kind(LAB, 16), "unusual"),
        (Kind(CMYK, 8, extra=2), "unusual"),
        (Kind(1, 8, extra=0), "several-pictures"),
        (Kind(RGB, 8, sample_format=2), "unusual"),
        (Kind(1, 32), "unusual"),
    ],
)
def test_whole_files_that_cannot_be_shown_are_not_called_damaged(kind, code):
    assert verdict(tiffs.write(kind), tiffs.shown(kind)) == code


@pytest.mark.parametrize("bits", [10, 12, 14])
@pytest.mark.parametrize("photometric", [1, RGB])
def test_the_values_of_a_detector_are_not_shown_black(photometric, bits):
    kind = Kind(photometric, 16)
    assert verdict(tiffs.write(kind, tiffs.scene() * (2**bits - 1) / 65535), tiffs.shown(kind)) == "measurement"


def described(words: str, kind: Kind) -> bytes:
    return tiffs.write(kind, tags={270: (2, words.encode() + b"\0")})


@pytest.mark.parametrize(
    ("words", "bits", "code"),
    [
        ("ImageJ=1.53t\nimages=3\nchannels=3\nmode=composite", 8, "several-pictures"),
        ("ImageJ=1.53t\nmin=0.0\nmax=255.0\n", 8, "right"),
        ("ImageJ=1.53t\nmin=20.0\nmax=90.0\n", 8, "measurement"),
        ("ImageJ=1.53t\nmin=110.0\nmax=3970.0\n", 16, "measurement"),
        ('<?xml version="1.0"?><OME xmlns="x"/>', 16, "measurement"),
        ("a quiet bench", 16, "right"),
    ],
)
def test_laboratory_programs_are_known_by_their_words(words, bits, code):
    kind = Kind(1, bits)
    assert verdict(described(words, kind), tiffs.shown(kind)) == code


def test_a_second_page_of_the_same_size_is_another_picture():
    one = tiffs.write(Kind(1, 8))
    (first,) = struct.unpack_from("<I", one, 4)
    (count,) = struct.unpack_from("<H", one, first)
    entries = one[first + 2 : first + 2 + 12 * count]
    again = struct.pack("<H", count) + entries + bytes(4)
    place = first + 2 + 12 * count
    both = one[:place] + struct.pack("<I", len(one)) + one[place + 4 :] + again
    assert verdict(both, tiffs.shown(Kind(1, 8))) == "several-pictures"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_only_in_xmp_does_not_turn(orientation):
    packet = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><tiff:Orientation>{orientation}</tiff:Orientation></x:xmpmeta>"
    data = tiffs.write(Kind(orientation=0), tags={700: (1, packet.encode())})
    assert verdict(data, tiffs.shown(Kind())) == "right"


def test_missing_rows_are_missed():
    kind = Kind(rows=4)
    data = tiffs.write(kind, tiffs.scene()[:20], tags={257: (4, struct.pack("<I", 40))})
    assert verdict(data, tiffs.shown(kind)) == "truncated"
