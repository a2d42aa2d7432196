"""Every public picture is sRGB.

One colour space is the simple choice, and the safe one: feeds, embeds, e-mails and image services drop
profiles, and a Display P3 picture without its profile looks dull everywhere. What wide-gamut screens lose is
small. JPEG carries a profile of under 600 bytes, because some browsers stretch untagged pictures over a
wide-gamut screen; AVIF says the same in its own few bytes of code points (CICP), which Pillow writes.
"""

import struct
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from PIL import Image, ImageCms

from cms.images.headers.colours import HDR, NamedColours

Colorants = tuple[tuple[float, float, float], ...]
Matrix = Sequence[Sequence[float]]

# Red, green and blue as XYZ adapted to D50, from the published primaries.
SRGB_COLORANTS: Final[Colorants] = (
    (0.436066, 0.222488, 0.013916),
    (0.385147, 0.716873, 0.097076),
    (0.143066, 0.060608, 0.714096),
)
DISPLAY_P3_COLORANTS: Final[Colorants] = (
    (0.515121, 0.241196, -0.001053),
    (0.291977, 0.692245, 0.041885),
    (0.157104, 0.066574, 0.784073),
)
ADOBE_RGB_COLORANTS: Final[Colorants] = (
    (0.609741, 0.311111, 0.019470),
    (0.205276, 0.625671, 0.060867),
    (0.149185, 0.063217, 0.744568),
)
D50: Final = (0.964203, 1.0, 0.824905)
D65_TO_D50: Final = (
    1.047882,
    0.022919,
    -0.050201,
    0.029587,
    0.990479,
    -0.017059,
    -0.009232,
    0.015076,
    0.751678,
)
BRADFORD: Final = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
SRGB_CURVE: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
ADOBE_RGB_CURVE: Final = (2.19921875,)

CHANNELS: Final = {"RGB": "RGB", "CMYK": "CMYK", "L": "GRAY", "LAB": "Lab"}
# Differences a profile may make and still count as sRGB, in steps of 255.
SAME_WITHIN: Final = 2


def profile(name: str, colorants: Colorants, curve: tuple[float, ...]) -> bytes:
    """A version 4 ICC profile of matrix and curve, the same bytes every time."""
    trc = struct.pack(">4sxxxxHxx", b"para", {1: 0, 5: 3}[len(curve)]) + _fixed(*curve)
    tags = {
        b"desc": _text(name),
        b"cprt": _text("No copyright"),
        b"wtpt": b"XYZ \0\0\0\0" + _fixed(*D50),
        b"chad": b"sf32\0\0\0\0" + _fixed(*D65_TO_D50),
        b"rXYZ": b"XYZ \0\0\0\0" + _fixed(*colorants[0]),
        b"gXYZ": b"XYZ \0\0\0\0" + _fixed(*colorants[1]),
        b"bXYZ": b"XYZ \0\0\0\0" + _fixed(*colorants[2]),
        b"rTRC": trc,
        b"gTRC": trc,
        b"bTRC": trc,
    }
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    for signature, content in tags.items():
        padded = content + b"\0" * (-len(content) % 4)
        if padded not in places:
            places[padded] = start + len(body)
            body += padded
        table += struct.pack(">4sII", signature, places[padded], len(content))
    size = start + len(body)
    header = struct.pack(
        ">I4xI4s4s4s6H4s24xI3i48x",
        *(size, 0x04300000, b"mntr", b"RGB ", b"XYZ "),
        *(2020, 1, 1, 0, 0, 0, b"acsp", 0),
        *(round(value * 65536) for value in D50),
    )
    return header + table + body


def _fixed(*numbers: float) -> bytes:
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def _text(words: str) -> bytes:
    encoded = words.encode("utf-16-be")
    return struct.pack(">4sxxxxII4sII", b"mluc", 1, 12, b"enUS", len(encoded), 28) + encoded


SRGB: Final = profile("sRGB", SRGB_COLORANTS, SRGB_CURVE)
DISPLAY_P3: Final = profile("Display P3", DISPLAY_P3_COLORANTS, SRGB_CURVE)
ADOBE_RGB: Final = profile("Adobe RGB compatible", ADOBE_RGB_COLORANTS, ADOBE_RGB_CURVE)


def named_profile(colours: NamedColours) -> bytes | None:
    """A profile of colours named in numbers; None if the numbers are nonsense, as for a nonsense profile."""
    try:
        return _named_profile(colours)
    except (ValueError, ArithmeticError, struct.error):
        return None


def _named_profile(colours: NamedColours) -> bytes:
    primaries = _transposed([_xyz(*pair) for pair in (colours.red, colours.green, colours.blue)])
    white = _xyz(*colours.white)
    shares = _times(_inverse(primaries), white)
    adapted = _adaptation(white)
    columns = [
        [_times(adapted, [primaries[row][column] * shares[column] for row in range(3)])[axis] for axis in range(3)]
        for column in range(3)
    ]
    curve = SRGB_CURVE if colours.gamma is None else (colours.gamma,)
    red, green, blue = ((x, y, z) for x, y, z in columns)
    return profile("Named in the file", (red, green, blue), curve)


def _adaptation(white: Sequence[float]) -> Matrix:
    """From colours seen under this white to the same under D50, as Bradford found them."""
    cones = _times(BRADFORD, white)
    scaled = [
        [BRADFORD[row][column] * wanted / cones[row] for column in range(3)]
        for row, wanted in enumerate(_times(BRADFORD, D50))
    ]
    back = _inverse(BRADFORD)
    return _transposed([_times(back, column) for column in _transposed(scaled)])


def _xyz(x: float, y: float) -> list[float]:
    if not 0 < y <= 1:
        raise ValueError("a colour without light")
    return [x / y, 1.0, (1 - x - y) / y]


def _times(matrix: Matrix, vector: Sequence[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _transposed(matrix: Matrix) -> Matrix:
    return [list(column) for column in zip(*matrix, strict=True)]


def _inverse(matrix: Matrix) -> Matrix:
    (a, b, c), (d, e, f), (g, h, i) = matrix
    whole = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    if abs(whole) < 1e-6:
        raise ValueError("colours on one line")
    parts = [
        [e * i - f * h, c * h - b * i, b * f - c * e],
        [f * g - d * i, a * i - c * g, c * d - a * f],
        [d * h - e * g, b * g - a * h, a * e - b * d],
    ]
    return [[part / whole for part in row] for row in parts]


def is_hdr(embedded: bytes) -> bool:
    """Whether a profile says PQ or HLG in its `cicp` tag; as tables alone they would come out flat."""
    (count,) = struct.unpack_from(">I", embedded.ljust(132, b"\0"), 128)
    for number in range(min(count, 100)):
        signature, place = struct.unpack_from(">4sI", embedded.ljust(144 + 12 * number, b"\0"), 132 + 12 * number)
        if signature == b"cicp":
            return embedded[place + 9 : place + 10] in {bytes([transfer]) for transfer in HDR}
    return False


def to_srgb(image: Image.Image, embedded: bytes | None) -> Image.Image:
    """`image` (RGB, CMYK, L or LAB) as RGB in sRGB; a profile of another kind than the picture is ignored.

    Relative colorimetric with black point compensation, as Photoshop and the browsers do: colours both spaces
    share stay exact, and shadows keep their steps.
    """
    transform = _transform(image.mode, embedded)
    if transform is None:
        return image if image.mode == "RGB" else image.convert("RGB")
    converted = ImageCms.applyTransform(image, transform)
    if converted is None:
        raise ValueError("the colours could not be converted")
    return converted


def _transform(mode: str, embedded: bytes | None) -> ImageCms.ImageCmsTransform | None:
    try:
        if mode == "LAB":
            source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        elif embedded:
            source = ImageCms.ImageCmsProfile(BytesIO(embedded))
        else:
            return None
        if source.profile.xcolor_space.strip() != CHANNELS.get(mode):
            return None
        transform = ImageCms.buildTransform(
            source,
            ImageCms.ImageCmsProfile(BytesIO(SRGB)),
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError, AttributeError):
        return None
    return None if mode == "RGB" and _changes_nothing(transform) else transform


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Whether the profile is sRGB under any name: most are, and converting would only cost time."""
    steps = (0, 32, 96, 160, 224, 255)
    probe = bytes(value for r in steps for g in steps for b in steps for value in (r, g, b))
    swatches = Image.frombytes("RGB", (len(probe) // 3, 1), probe)
    converted = ImageCms.applyTransform(swatches, transform)
    return converted is not None and all(
        abs(before - after) <= SAME_WITHIN for before, after in zip(probe, converted.tobytes(), strict=True)
    )
