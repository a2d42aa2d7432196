"""Small descriptions of a picture: its blur, its colour, and two marks by which a second copy is known."""

import base64
import hashlib

from PIL import Image

from cms.images import thumbhash

SMALL_EDGE = 96
LIKENESS_BITS = 128
# Re-encoding and resizing change a few bits; two different photographs differ in about half of them.
ALIKE_WITHIN = 10


def describe(image: Image.Image) -> tuple[str, str]:
    """(ThumbHash in base64, mean colour as "#rrggbb") of upright sRGB pixels."""
    small = shrunk(image)
    blur = thumbhash.encode(*small.size, small.tobytes())
    mean = small.resize((1, 1), Image.Resampling.BOX)
    return base64.b64encode(blur).decode(), "#" + mean.tobytes().hex()


def pixel_hash(image: Image.Image, full_size: tuple[int, int]) -> str:
    """SHA-256 over size and reduced pixels: the same for the same pixels under any metadata."""
    small = shrunk(image)
    return hashlib.sha256(b"%dx%d:" % full_size + small.tobytes()).hexdigest()


def likeness(image: Image.Image) -> str:
    """128 bits as hex that survive re-encoding: is each spot brighter than its neighbour, both ways?"""
    grey = image.convert("L")
    across = grey.resize((9, 8), Image.Resampling.BOX).tobytes()
    down = grey.resize((8, 9), Image.Resampling.BOX).tobytes()
    bits = [across[row * 9 + x] > across[row * 9 + x + 1] for row in range(8) for x in range(8)]
    bits += [down[row * 8 + x] > down[row * 8 + x + 8] for row in range(8) for x in range(8)]
    return f"{int(''.join('01'[bit] for bit in bits), 2):0{LIKENESS_BITS // 4}x}"


def alike(one: str, other: str) -> bool:
    """Whether two likenesses belong to copies of one picture."""
    return (int(one, 16) ^ int(other, 16)).bit_count() <= ALIKE_WITHIN


def shrunk(image: Image.Image) -> Image.Image:
    """At most 96 pixels a side, RGB; smaller pictures stay as they are."""
    small = image.convert("RGB")
    longest = max(small.size)
    if longest > SMALL_EDGE:
        width, height = (max(1, round(edge * SMALL_EDGE / longest)) for edge in small.size)
        small = small.resize((width, height), Image.Resampling.BOX)
    return small
