"""ISO base media files (AVIF, HEIC): brands, and every size the file promises to any decoder."""

import struct
from collections.abc import Iterator

from cms.images import formats
from cms.images.headers.header import Data, Header
from cms.images.refusal import PhotoRefused, named_kind

AVIF_BRANDS = {b"avif"}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis"}
FILM_BRANDS = {b"avis", b"hevc", b"hevx", b"msf1", b"isom", b"mp41", b"mp42", b"qt  ", b"M4V "}
RAW_BRANDS = {b"crx "}

# Code points of ITU-T H.273.
DISPLAY_P3 = 12
HDR_TRANSFERS = {16, 18}  # PQ and HLG, which look grey and flat when read as an ordinary picture


def read_isobmff(data: Data) -> Header:
    """The size is the largest `ispe` of all: a decoder may be asked for any tile, thumbnail or grid."""
    accepted = None
    largest = (0, 0)
    has_meta = has_pixels = display_p3 = False
    for kind, start, end in _boxes(data, 0, len(data)):
        if kind == b"ftyp":
            accepted = _format(data, start, end)
        elif kind == b"meta":
            has_meta = True
            largest, display_p3 = _properties(data, start + 4, end)
        elif kind == b"mdat":
            has_pixels = True
    if accepted is None or not has_meta or not has_pixels:
        raise PhotoRefused.because("truncated")
    return Header(accepted, *largest, display_p3=display_p3)


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


def _properties(data: Data, start: int, end: int) -> tuple[tuple[int, int], bool]:
    """(the largest size, whether the colours are Display P3) from the item properties."""
    largest, display_p3 = (0, 0), False
    for kind, inner, inner_end in _boxes(data, start, end):
        if kind != b"iprp":
            continue
        for container, properties, properties_end in _boxes(data, inner, inner_end):
            if container != b"ipco":
                continue
            for name, body, _ in _boxes(data, properties, properties_end):
                if name == b"ispe":
                    size = struct.unpack_from(">II", data, body + 4)
                    largest = max(largest, size, key=lambda pair: pair[0] * pair[1])
                elif name == b"colr" and bytes(data[body : body + 4]) == b"nclx":
                    primaries, transfer = struct.unpack_from(">HH", data, body + 4)
                    if transfer in HDR_TRANSFERS:
                        raise PhotoRefused.because("high-dynamic-range")
                    display_p3 = display_p3 or primaries == DISPLAY_P3
    return largest, display_p3


def _boxes(data: Data, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(kind, start and end of the body) of each box; a box that runs past the end means a cut file."""
    position = start
    for _ in range(formats.MAX_PARTS):
        if position + 8 > end:
            return
        size, kind = struct.unpack_from(">I4s", data, position)
        body = position + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, body)
            body += 8
        elif size == 0:
            size = end - position
        if size < body - position or position + size > end:
            raise PhotoRefused.because("truncated")
        yield kind, body, position + size
        position += size
    raise PhotoRefused.because("cluttered")
