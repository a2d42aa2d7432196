"""TIFF 6.0: the first picture's directory. Camera raw files are TIFFs too, and are recognised here."""

import re
import struct

from cms.images import formats
from cms.images.headers.header import Data, Header
from cms.images.refusal import PhotoRefused

SUBFILE, WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, DESCRIPTION, MAKE = 254, 256, 257, 258, 259, 262, 270, 271
STRIP_OFFSETS, SAMPLES, ROWS_PER_STRIP, STRIP_COUNTS, PLANES, SUB_IFDS = 273, 277, 278, 279, 284, 330
TILE_WIDTH, TILE_HEIGHT, TILE_OFFSETS, TILE_COUNTS, EXTRA_SAMPLES, SAMPLE_FORMAT = 322, 323, 324, 325, 338, 339
CFA_PATTERN, DNG_VERSION = 33422, 50706
# MetaMorph, Zeiss LSM, FluoView, NIH Image and ImageJ write these into what they measured.
LABORATORY = {33628, 33629, 33630, 33631, 34361, 34412, 43314, 50838, 50839}

TYPE_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
TYPE_CODES = {1: "B", 3: "H", 4: "I", 13: "I"}
ASCII = 2
MAX_ENTRIES = 1_000
MAX_VALUES = 200_000
MAX_DESCRIPTION = 4_096
REDUCED, MASK = 1, 4

# None, LZW, JPEG, both kinds of Deflate, PackBits: what cameras and picture editors write.
COMPRESSIONS = {1, 5, 7, 8, 32946, 32773}
GREY_ZERO_WHITE, GREY, RGB, PALETTE, CMYK, YCBCR, LAB = 0, 1, 2, 3, 5, 6, 8
RAW_PHOTOMETRICS = {32803, 34892}
UNSPECIFIED, PREMULTIPLIED, ALPHA = 0, 1, 2
WITH_ANY_ALPHA: set[tuple[int, ...]] = {(), (UNSPECIFIED,), (PREMULTIPLIED,), (ALPHA,)}
# What is shown rightly, and nothing else: channels, and the bits of each with the further channels it may have.
# tests/images/test_tiffs.py tries every one of them.
SHOWN: dict[int, tuple[int, dict[int, set[tuple[int, ...]]]]] = {
    GREY_ZERO_WHITE: (1, {1: {()}, 2: {()}, 4: {()}, 8: {()}}),
    GREY: (1, {1: {()}, 2: {()}, 4: {()}, 8: {(), (ALPHA,)}, 16: {()}}),
    RGB: (3, {8: WITH_ANY_ALPHA, 16: WITH_ANY_ALPHA}),
    PALETTE: (1, {1: {()}, 2: {()}, 4: {()}, 8: {(), (ALPHA,)}}),
    CMYK: (4, {8: {(), (UNSPECIFIED,)}, 16: {()}}),
    YCBCR: (3, {8: {()}}),
    LAB: (3, {8: {()}}),
}
SHOWN_IN_PLANES = {(RGB, 3), (RGB, 4), (CMYK, 4), (YCBCR, 3)}


class _Directory:
    """One image file directory, read lazily: a tag's values are fetched when asked for, never all of them."""

    def __init__(self, data: Data, order: str, offset: int) -> None:
        self.data, self.order = data, order
        (count,) = struct.unpack_from(order + "H", data, offset)
        if count > MAX_ENTRIES:
            raise PhotoRefused.because("damaged")
        self.entries: dict[int, tuple[int, int, int]] = {}
        for index in range(count):
            position = offset + 2 + 12 * index
            tag, kind, number = struct.unpack_from(order + "HHI", data, position)
            self.entries.setdefault(tag, (kind, number, position + 8))
        (self.next,) = struct.unpack_from(order + "I", data, offset + 2 + 12 * count)

    def __contains__(self, tag: int) -> bool:
        return tag in self.entries

    def values(self, tag: int) -> tuple[int, ...]:
        if tag not in self.entries:
            return ()
        kind, number, position = self.entries[tag]
        if kind not in TYPE_CODES or not 1 <= number <= MAX_VALUES:
            raise PhotoRefused.because("damaged")
        if TYPE_SIZES[kind] * number > 4:
            (position,) = struct.unpack_from(self.order + "I", self.data, position)
        return struct.unpack_from(f"{self.order}{number}{TYPE_CODES[kind]}", self.data, position)

    def value(self, tag: int, default: int) -> int:
        return next(iter(self.values(tag)), default)

    def text(self, tag: int) -> str:
        kind, number, position = self.entries.get(tag, (0, 0, 0))
        if kind != ASCII:
            return ""
        if number > 4:
            (position,) = struct.unpack_from(self.order + "I", self.data, position)
        return bytes(self.data[position : position + min(number, MAX_DESCRIPTION)]).decode("latin-1")

    @property
    def area(self) -> int:
        return self.value(WIDTH, 0) * self.value(HEIGHT, 0)


def read_tiff(data: Data) -> Header:
    """The first picture. Raises PhotoRefused for raw files, measurements, and every kind not known to be right."""
    order = "<" if data[0] == ord("I") else ">"
    if bytes(data[8:10]) == b"CR":
        raise PhotoRefused.because("raw-file")
    (offset,) = struct.unpack_from(order + "I", data, 4)
    first = _Directory(data, order, offset)
    photometric = first.value(PHOTOMETRIC, -1)
    reduced = first.value(SUBFILE, 0) & REDUCED
    if (
        DNG_VERSION in first
        or CFA_PATTERN in first
        or photometric in RAW_PHOTOMETRICS
        or (SUB_IFDS in first and MAKE in first and reduced)
    ):
        raise PhotoRefused.because("raw-file")
    width, height = first.value(WIDTH, 0), first.value(HEIGHT, 0)
    if max(width, height) > formats.MAX_EDGE or width < 1 or height < 1:
        return Header(formats.TIFF, width, height)  # not worth a second look; the limits say so in words
    _refuse_measurements(first, photometric)
    _refuse_what_we_cannot_show(first, photometric)
    _refuse_missing_data(first)
    _refuse_several_pictures(data, order, first, {offset})
    return Header(formats.TIFF, width, height, bits=max(first.values(BITS), default=1))


def _refuse_measurements(first: _Directory, photometric: int) -> None:
    """What laboratory programs show is not what their files hold: they stretch tones, tint and combine channels."""
    bits, words = max(first.values(BITS), default=1), first.text(DESCRIPTION)
    deep_grey = bits > 8 and photometric in (GREY, GREY_ZERO_WHITE)
    if deep_grey and (
        photometric == GREY_ZERO_WHITE  # X-rays and gels
        or LABORATORY & first.entries.keys()
        or words.startswith("ImageJ=")
        or "<OME" in words
    ):
        raise PhotoRefused.because("measurement")
    if words.startswith("ImageJ="):
        said = dict(re.findall(r"^(\w+)=([\d.]+)", words, re.MULTILINE))
        if any(float(said.get(name, 1)) > 1 for name in ("images", "channels", "slices", "frames")):
            raise PhotoRefused.because("several-pictures")
        if float(said.get("min", 0)) > 0 or float(said.get("max", 255)) < 255:
            raise PhotoRefused.because("measurement")


def _refuse_what_we_cannot_show(first: _Directory, photometric: int) -> None:
    channels, depths = SHOWN.get(photometric, (0, {}))
    bits, extra = first.values(BITS) or (1,), first.values(EXTRA_SAMPLES)
    samples, compression = first.value(SAMPLES, 1), first.value(COMPRESSION, 1)
    if photometric in (GREY, GREY_ZERO_WHITE) and samples > 1 and extra != (ALPHA,):
        raise PhotoRefused.because("several-pictures")
    if (
        set(first.values(SAMPLE_FORMAT) or (1,)) != {1}
        or len(set(bits)) > 1
        or extra not in depths.get(bits[0], ())
        or samples != channels + len(extra)
        or compression not in COMPRESSIONS
        or (first.value(PLANES, 1) != 1 and samples > 1 and (photometric, samples) not in SHOWN_IN_PLANES)
    ):
        raise PhotoRefused.because("unusual")


def _refuse_missing_data(first: _Directory) -> None:
    tiled = TILE_OFFSETS in first
    offsets = first.values(TILE_OFFSETS if tiled else STRIP_OFFSETS)
    counts = first.values(TILE_COUNTS if tiled else STRIP_COUNTS)
    width, height = first.value(WIDTH, 0), first.value(HEIGHT, 0)
    across = first.value(TILE_WIDTH, 0) if tiled else width
    down = first.value(TILE_HEIGHT, 0) if tiled else min(first.value(ROWS_PER_STRIP, height), height)
    if not offsets or not across or not down or (counts and len(counts) != len(offsets)):
        raise PhotoRefused.because("damaged")
    samples = first.value(SAMPLES, 1)
    planes = samples if first.value(PLANES, 1) == 2 else 1
    if len(offsets) < -(-width // across) * -(-height // down) * planes:
        raise PhotoRefused.because("truncated")
    size = len(first.data)
    if any(not offset or offset + (counts[index] if counts else 1) > size for index, offset in enumerate(offsets)):
        raise PhotoRefused.because("truncated")
    row = -(-width * samples // planes * max(first.values(BITS), default=1) // 8)
    if first.value(COMPRESSION, 1) == 1 and counts and not tiled and sum(counts) < row * height * planes:
        raise PhotoRefused.because("truncated")


def _refuse_several_pictures(data: Data, order: str, first: _Directory, seen: set[int]) -> None:
    """Smaller pages (thumbnails) and masks are passed over; others of the same size are pages, or channels."""
    following = first.next
    while following and following not in seen and following + 2 <= len(data):
        seen.add(following)
        page = _Directory(data, order, following)
        if len(seen) > formats.MAX_PAGES or (page.area >= first.area and not page.value(SUBFILE, 0) & MASK):
            raise PhotoRefused.because("several-pictures")
        following = page.next
