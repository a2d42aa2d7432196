"""ThumbHash: a picture's blur in about 25 bytes (https://evanw.github.io/thumbhash/), opaque pictures only.

Written from the published format, so any ThumbHash decoder can show what `encode` makes.
"""

from collections.abc import Sequence
from math import cos, floor, pi

MAX_EDGE = 100
LUMINANCE_TERMS = 7
CHROMA_TERMS = 3

Channel = tuple[float, list[float], float]


def encode(width: int, height: int, rgb: bytes) -> bytes:
    """`rgb` holds three bytes a pixel, row by row; neither edge may exceed 100 pixels."""
    if not (1 <= width <= MAX_EDGE and 1 <= height <= MAX_EDGE and len(rgb) == width * height * 3):
        raise ValueError("ThumbHash wants 1 to 100 pixels a side and three bytes a pixel")
    red, green, blue = rgb[0::3], rgb[1::3], rgb[2::3]
    lightness = [(r + g + b) / 765 for r, g, b in zip(red, green, blue, strict=True)]
    yellow_blue = [(r + g) / 510 - b / 255 for r, g, b in zip(red, green, blue, strict=True)]
    red_green = [(r - g) / 255 for r, g in zip(red, green, strict=True)]

    longest = max(width, height)
    across = max(1, _round(LUMINANCE_TERMS * width / longest))
    down = max(1, _round(LUMINANCE_TERMS * height / longest))
    light = _transform(lightness, width, height, max(3, across), max(3, down))
    yellow = _transform(yellow_blue, width, height, CHROMA_TERMS, CHROMA_TERMS)
    redness = _transform(red_green, width, height, CHROMA_TERMS, CHROMA_TERMS)

    landscape = width > height
    head = (
        _round(63 * light[0])
        | _round(31.5 + 31.5 * yellow[0]) << 6
        | _round(31.5 + 31.5 * redness[0]) << 12
        | _round(31 * light[2]) << 18
    )
    tail = (
        (down if landscape else across)
        | _round(63 * yellow[2]) << 3
        | _round(63 * redness[2]) << 9
        | landscape << 15
    )
    nibbles = [_round(15 * term) for channel in (light, yellow, redness) for term in channel[1]]
    if len(nibbles) % 2:
        nibbles.append(0)
    packed = bytes(low | high << 4 for low, high in zip(nibbles[::2], nibbles[1::2], strict=True))
    return head.to_bytes(3, "little") + tail.to_bytes(2, "little") + packed


def _terms(across: int, down: int) -> list[tuple[int, int]]:
    """The triangle of (x, y) frequencies kept, without the constant one."""
    return [(x, y) for y in range(down) for x in range(across) if (x or y) and x * down < across * (down - y)]


def _transform(channel: Sequence[float], width: int, height: int, across: int, down: int) -> Channel:
    """(constant, frequencies scaled to 0–1, their scale) by a cosine transform, rows first."""
    waves = {x: [cos(pi / width * x * (column + 0.5)) for column in range(width)] for x in range(across)}
    rows = {
        x: [
            sum(value * wave for value, wave in zip(channel[row * width :], waves[x], strict=False))
            for row in range(height)
        ]
        for x in range(across)
    }

    def strength(x: int, y: int) -> float:
        falling = (cos(pi / height * y * (row + 0.5)) for row in range(height))
        return sum(value * wave for value, wave in zip(rows[x], falling, strict=True)) / (width * height)

    strengths = [strength(x, y) for x, y in _terms(across, down)]
    scale = max((abs(value) for value in strengths), default=0)
    if scale:
        strengths = [0.5 + 0.5 / scale * value for value in strengths]
    return strength(0, 0), strengths, scale


def _round(value: float) -> int:
    """Halves go up, as in the published encoder; Python's own would send them to the even number."""
    return floor(value + 0.5)
