"""PNG: chunks, and a copy without ballast for the decoder."""

import struct
import zlib
from collections.abc import Iterator

from cms.images import formats
from cms.images.headers.header import Data, Header
from cms.images.refusal import PhotoRefused

XMP_KEYWORD = b"XML:com.adobe.xmp\0\0"  # the second NUL: not compressed
KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"cICP", b"eXIf"}
MAX_WORDS_BYTES = 256 * 1024


def read_png(data: Data) -> Header:
    width = height = 0
    has_pixels = False
    for kind, position, _ in _chunks(data):
        if kind == b"IHDR":
            width, height = struct.unpack_from(">II", data, position + 8)
        elif not width:
            raise PhotoRefused.because("damaged")
        elif kind == b"acTL" and struct.unpack_from(">I", data, position + 8)[0] > 1:
            raise PhotoRefused.because("animated")
        elif kind == b"IDAT":
            has_pixels = True
    if not has_pixels:
        raise PhotoRefused.because("damaged")
    return Header(formats.PNG, width, height)


def without_ballast(data: Data) -> bytes:
    """The same picture with only the chunks a decoder needs, a profile of sane size and plain words.

    Decoders inflate text and profiles wherever they meet them, however big they become.
    """
    kept = [bytes(data[:8])]
    for kind, position, length in _chunks(data):
        body = slice(position + 8, position + 8 + length)
        keep = kind in KEPT
        if kind == b"iCCP" and length <= formats.MAX_PROFILE_BYTES:
            keep = _inflates_within(bytes(data[body]), formats.MAX_PROFILE_BYTES)
        elif kind == b"tEXt":
            keep = length <= MAX_WORDS_BYTES
        elif kind == b"iTXt":
            keep = length <= MAX_WORDS_BYTES and bytes(data[body][: len(XMP_KEYWORD)]) == XMP_KEYWORD
        if keep:
            kept.append(bytes(data[position : position + 12 + length]))
    return b"".join(kept)


def _chunks(data: Data) -> Iterator[tuple[bytes, int, int]]:
    """(kind, position, length of the body) of each chunk up to IEND."""
    position = 8
    for _ in range(formats.MAX_PARTS):
        if position + 12 > len(data):
            raise PhotoRefused.because("truncated")
        length, kind = struct.unpack_from(">I4s", data, position)
        if position + 12 + length > len(data):
            raise PhotoRefused.because("truncated")
        yield kind, position, length
        position += 12 + length
        if kind == b"IEND":
            return
    raise PhotoRefused.because("cluttered")


def _inflates_within(profile_chunk: bytes, limit: int) -> bool:
    name, _, packed = profile_chunk.partition(b"\0")
    inflater = zlib.decompressobj()
    try:
        inflater.decompress(packed[1:], limit)
    except zlib.error:
        return False
    return len(name) < 80 and not inflater.unconsumed_tail
