"""A ThumbHash read back from the published format alone: nothing is shared with the encoder."""

from collections.abc import Iterator
from math import cos, floor, pi

Plane = list[tuple[int, int, float]]


def decode(thumbhash: bytes) -> tuple[int, int, bytes]:
    """(width, height, rgb) of the blur, 32 pixels on its long edge."""
    head = int.from_bytes(thumbhash[:3], "little")
    tail = int.from_bytes(thumbhash[3:5], "little")
    landscape = bool(tail >> 15)
    across = max(3, 7 if landscape else tail & 7)
    down = max(3, tail & 7 if landscape else 7)
    ratio = across / down
    width = floor(0.5 + (32 if ratio > 1 else 32 * ratio))
    height = floor(0.5 + (32 / ratio if ratio > 1 else 32))

    nibbles = iter([nibble for byte in thumbhash[5:] for nibble in (byte & 15, byte >> 4)])
    # The published decoder strengthens colour by a quarter to make up for what rounding takes away.
    light = _plane(nibbles, across, down, (head >> 18 & 31) / 31)
    yellow = _plane(nibbles, 3, 3, (tail >> 3 & 63) / 63 * 1.25)
    redness = _plane(nibbles, 3, 3, (tail >> 9 & 63) / 63 * 1.25)
    base = (head & 63) / 63, (head >> 6 & 63) / 31.5 - 1, (head >> 12 & 63) / 31.5 - 1

    rgb = bytearray()
    for y in range(height):
        for x in range(width):
            lightness, p, q = (
                start + _sum(plane, (x + 0.5) / width, (y + 0.5) / height)
                for start, plane in zip(base, (light, yellow, redness), strict=True)
            )
            b = lightness - 2 / 3 * p
            r = (3 * lightness - b + q) / 2
            rgb += bytes(max(0, min(255, floor(255 * value))) for value in (r, r - q, b))
    return width, height, bytes(rgb)


def _plane(nibbles: Iterator[int], across: int, down: int, scale: float) -> Plane:
    """The triangle of (x, y) frequencies kept, without the constant one."""
    terms = [(x, y) for y in range(down) for x in range(across) if (x or y) and x * down < across * (down - y)]
    return [(x, y, (next(nibbles) / 7.5 - 1) * scale) for x, y in terms]


def _sum(plane: Plane, x: float, y: float) -> float:
    return sum(2 * value * cos(pi * across * x) * cos(pi * down * y) for across, down, value in plane)
