"""ISO base media files (AVIF, HEIC): brands, every size promised to any decoder, and the picture that is shown."""

import struct

from cms.images import formats
from cms.images.headers.colours import NamedColours, from_code_points
from cms.images.headers.header import Data, Header
from cms.images.headers.items import Items, boxes
from cms.images.refusal import PhotoRefused, named_kind

AVIF_BRANDS = {b"avif"}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis"}
FILM_BRANDS = {b"avis", b"hevc", b"hevx", b"msf1", b"isom", b"mp41", b"mp42", b"qt  ", b"M4V "}
RAW_BRANDS = {b"crx "}

DERIVED = {b"grid", b"iden", b"iovl"}
CODED = {formats.AVIF.code: b"av01", formats.HEIC.code: b"hvc1"}
# Compressed pictures hold a few zeros in a row; lost blocks of a disk or a download are longer.
HOLE = bytes(64)


def read_isobmff(data: Data) -> Header:
    """The size is the largest `ispe` of all: a decoder may be asked for any tile, thumbnail or grid.

    Everything else is asked of the picture that is shown: its gain map and thumbnails may be what they like."""
    accepted = None
    meta: list[tuple[int, int]] = []
    has_pixels = False
    for kind, start, end in boxes(data, 0, len(data)):
        if kind == b"ftyp":
            accepted = _format(data, start, end)
        elif kind == b"meta":
            meta = [(start + 4, end)]
        elif kind == b"mdat":
            has_pixels = True
    if accepted is None or not meta or not has_pixels:
        raise PhotoRefused.because("truncated")
    items = Items(data, *meta[0])
    largest = max(items.sizes(), key=lambda size: size[0] * size[1], default=(0, 0))
    if max(largest) <= formats.MAX_EDGE:  # if not, the limits say so in words
        _refuse_what_is_damaged(items, accepted)
    heavy = accepted is formats.AVIF and _is_heavy(items)
    return Header(accepted, *largest, heavy=heavy, colours=_colours(items))


def _is_heavy(items: Items) -> bool:
    """More than eight bits, the colour of every pixel, or transparency, which is a picture of its own."""
    for part in items.parts():
        for config in items.properties(part, b"av1C"):
            flags = items.data[config + 2]
            many_bits, monochrome, halved_both_ways = flags & 0x40, flags & 0x10, flags & 0x0C == 0x0C
            if many_bits or not (monochrome or halved_both_ways):
                return True
    return items.is_see_through


def _colours(items: Items) -> NamedColours | None:
    """What the picture says of its colours, or else the tiles it is put together from."""
    for group in ([items.primary], items.parts()):
        said = [body for item in group for body in items.properties(item, b"colr")]
        named = [struct.unpack_from(">HH", items.data, body + 4) for body in said if items.word(body) == b"nclx"]
        if said:
            colours = from_code_points(*named[0]) if named else None
            return colours if len(named) == len(said) else None  # a profile says it better
    return None


def _refuse_what_is_damaged(items: Items, accepted: formats.Format) -> None:
    for item in items.parts():
        kind = items.kinds.get(item, b"")
        if kind in DERIVED:
            continue
        if kind != CODED[accepted.code]:
            raise PhotoRefused.because("unusual")
        for start, end in items.extents(item):
            if end > len(items.data):
                raise PhotoRefused.because("truncated")
            if items.data.find(HOLE, start, end) >= 0:
                raise PhotoRefused.because("damaged")
        if accepted is formats.HEIC:
            _walk_units(items, item)


def _walk_units(items: Items, item: int) -> None:
    """HEVC's units, each with its length, fill their item exactly, and no three zeros follow each other in one: the
    standard puts a 3 between, so a hole is seen wherever it is."""
    for config in items.properties(item, b"hvcC"):
        width = (items.data[config + 21] & 3) + 1
        ranges = list(items.extents(item))
        if len(ranges) == 1:
            data, (position, end) = items.data, ranges[0]
        else:
            data = b"".join(items.data[start:stop] for start, stop in ranges)
            position, end = 0, len(data)
        for _ in range(formats.MAX_PARTS):
            if position == end:
                return
            length = int.from_bytes(data[position : position + width], "big")
            position += width
            if length < 2 or position + length > end or data.find(b"\0\0\0", position, position + length) >= 0:
                raise PhotoRefused.because("damaged")
            position += length
        raise PhotoRefused.because("cluttered")


def _format(data: Data, start: int, end: int) -> formats.Format:
    major = bytes(data[start : start + 4])
    brands = {major} | {bytes(data[at : at + 4]) for at in range(start + 8, min(end, start + 512), 4)}
    if brands & RAW_BRANDS:
        raise PhotoRefused.because("raw-file")
    if major in FILM_BRANDS:
        raise PhotoRefused.because("animated")
    if brands & AVIF_BRANDS:
        return formats.AVIF
    if brands & HEIC_BRANDS:
        return formats.HEIC
    if b"mif1" in brands:
        return formats.HEIC
    raise named_kind("a film or sound file")
