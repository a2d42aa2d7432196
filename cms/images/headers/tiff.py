"""TIFF 6.0: the first picture's directory. Camera raw files are TIFFs too, and are recognised here."""

import struct

from cms.images import formats
from cms.images.headers.header import Data, Header
from cms.images.refusal import PhotoRefused

SUBFILE, WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, MAKE = 254, 256, 257, 258, 259, 262, 271
STRIP_OFFSETS, SAMPLES, STRIP_COUNTS, SUB_IFDS, SAMPLE_FORMAT = 273, 277, 279, 330, 339
TILE_OFFSETS, TILE_COUNTS, CFA_PATTERN, DNG_VERSION = 324, 325, 33422, 50706

TYPE_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
TYPE_CODES = {1: "B", 3: "H", 4: "I", 13: "I"}
MAX_ENTRIES = 1_000
MAX_VALUES = 200_000

# None, LZW, JPEG, both kinds of Deflate, PackBits: what cameras and picture editors write.
COMPRESSIONS = {1, 5, 7, 8, 32946, 32773}
GREY_ZERO_WHITE, GREY, RGB, PALETTE, CMYK, YCBCR, LAB = 0, 1, 2, 3, 5, 6, 8
PHOTOMETRICS = {GREY_ZERO_WHITE, GREY, RGB, PALETTE, CMYK, YCBCR, LAB}
RAW_PHOTOMETRICS = {32803, 34892}


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


def read_tiff(data: Data) -> Header:
    """The first picture. Raises PhotoRefused for raw files, floating point and rare compressions."""
    order = "<" if data[0] == ord("I") else ">"
    if bytes(data[8:10]) == b"CR":
        raise PhotoRefused.because("raw-file")
    (offset,) = struct.unpack_from(order + "I", data, 4)
    first = _Directory(data, order, offset)
    photometric = first.value(PHOTOMETRIC, -1)
    reduced = first.value(SUBFILE, 0) & 1
    if (
        DNG_VERSION in first
        or CFA_PATTERN in first
        or photometric in RAW_PHOTOMETRICS
        or (SUB_IFDS in first and MAKE in first and reduced)
    ):
        raise PhotoRefused.because("raw-file")
    width, height = first.value(WIDTH, 0), first.value(HEIGHT, 0)
    header = Header(formats.TIFF, width, height)
    if width * height > formats.MAX_EDGE**2 or width < 1 or height < 1:
        return header  # too big to be worth a second look; the limits say so in words
    _refuse_what_we_cannot_show(first, photometric)
    _refuse_missing_data(first)
    _count_pages(data, order, first)
    return header


def _refuse_what_we_cannot_show(first: _Directory, photometric: int) -> None:
    bits = first.values(BITS) or (1,)
    integers = set(first.values(SAMPLE_FORMAT) or (1,)) <= {1, 4}
    if (
        not integers
        or set(bits) - {1, 2, 4, 8, 16}
        or first.value(SAMPLES, 1) not in (1, 2, 3, 4, 5)
        or photometric not in PHOTOMETRICS
        or first.value(COMPRESSION, 1) not in COMPRESSIONS
    ):
        raise PhotoRefused.because("unusual")


def _refuse_missing_data(first: _Directory) -> None:
    offsets = first.values(STRIP_OFFSETS) or first.values(TILE_OFFSETS)
    counts = first.values(STRIP_COUNTS) or first.values(TILE_COUNTS)
    if not offsets:
        raise PhotoRefused.because("damaged")
    if counts and len(counts) != len(offsets):
        raise PhotoRefused.because("damaged")
    size = len(first.data)
    for index, offset in enumerate(offsets):
        if offset + (counts[index] if counts else 1) > size:
            raise PhotoRefused.because("truncated")


def _count_pages(data: Data, order: str, first: _Directory) -> None:
    """The first page is the picture; a few more (thumbnails, masks) are ignored, a whole book is refused."""
    seen = set()
    following = first.next
    while following and following not in seen and following + 2 <= len(data):
        seen.add(following)
        if len(seen) >= formats.MAX_PAGES:
            raise PhotoRefused.because("too-many-pages")
        following = _Directory(data, order, following).next
