"""JPEGs that lost some of their middle: decoders show them without a word."""

import re

import numpy as np
import pytest
from PIL import Image

from cms.images import headers
from cms.images.refusal import PhotoRefused
from cms.images.sandbox import wholeness
from tests.images import builders


def noisy(**options: object) -> bytes:
    return builders.saved(Image.effect_noise((400, 300), 80).resize((1200, 900)).convert("RGB"), **options)


def verdict(data: bytes) -> str:
    try:
        wholeness.refuse_if_damaged(data, headers.read(data))
    except PhotoRefused as refused:
        return refused.code
    return ""


KINDS = {
    "baseline": {},
    "halved colour": {"subsampling": 2},
    "optimised": {"optimize": True},
    "progressive": {"progressive": True},
    "restarts": {"restart_marker_blocks": 40},
    "grey": {},
    "CMYK": {},
}


def make(kind: str) -> bytes:
    data = noisy(**KINDS[kind])
    if kind in ("grey", "CMYK"):
        picture = Image.effect_noise((1200, 900), 80)
        data = builders.saved(picture if kind == "grey" else picture.convert("CMYK"))
    return data


@pytest.mark.parametrize("kind", KINDS)
def test_whole_ones_pass_and_holes_are_found(kind):
    """Forty holes of 2 to 3 kB: cut out, or written over with zeros."""
    data = make(kind)
    assert verdict(data) == ""
    assert verdict(data + b"a film" * 100) == ""
    random = np.random.default_rng(5)
    first = data.index(b"\xff\xda") + 40
    # The last refinements of a progressive one change no coefficient by more than one step, and may go unseen.
    scans = [found.start() for found in re.finditer(b"\xff\xda", data)]
    last = scans[6] if kind == "progressive" else len(data) - 2
    for number in range(40):
        length = int(random.integers(2000, 3000))
        at = int(random.integers(first, last - length))
        hole = bytes(length) if number % 2 else b""
        assert verdict(data[:at] + hole + data[at + length :]) == "truncated", (number, at, length)


def test_padding_before_the_end_is_harmless():
    data = make("baseline")
    for padding in (b"\0" * 700, b"\0"):
        assert verdict(data[:-2] + padding + data[-2:]) == ""
    assert verdict(data[:-2] + bytes(range(1, 200)) + data[-2:]) == "truncated"
