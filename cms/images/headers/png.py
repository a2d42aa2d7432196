"""PNG: chunks, and a copy without ballast for the decoder."""

import struct
import zlib
from collections.abc import Iterator

from cms.images import formats
from cms.images.headers.colours import NamedColours, from_chromaticities, from_code_points
from cms.images.headers.header import Data, Header
from cms.images.refusal import PhotoRefused

# What people say of a picture. Other words stay outside, where decoders cannot inflate them.
WORDS = {b"XML:com.adobe.xmp", b"Author", b"Copyright"}
KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"eXIf"}
COLOUR_CHUNKS = (b"cICP", b"iCCP", b"sRGB", b"gAMA", b"cHRM")
MAX_WORDS_BYTES = 256 * 1024
MAX_SMALL_BYTES = formats.MAX_PROFILE_BYTES


def read_png(data: Data) -> Header:
    width = height = depth = 0
    colours: dict[bytes, bytes] = {}
    has_pixels = False
    for kind, position, length in _chunks(data):
        if kind == b"IHDR":
            width, height, depth = struct.unpack_from(">IIB", data, position + 8)
        elif not width:
            raise PhotoRefused.because("damaged")
        elif kind == b"acTL" and struct.unpack_from(">I", data, position + 8)[0] > 1:
            raise PhotoRefused.because("animated")
        elif kind == b"IDAT":
            has_pixels = True
        elif kind in COLOUR_CHUNKS:
            colours.setdefault(kind, bytes(data[position + 8 : position + 8 + min(length, 32)]))
    if not has_pixels:
        raise PhotoRefused.because("damaged")
    return Header(formats.PNG, width, height, bits=depth, colours=_colours(colours))


def _colours(chunks: dict[bytes, bytes]) -> NamedColours | None:
    """Of several that say something, the first of COLOUR_CHUNKS is believed, as the standard and browsers do."""
    if b"cICP" in chunks:
        primaries, transfer, matrix, full_range = struct.unpack_from("4B", chunks[b"cICP"])
        if matrix or full_range != 1:
            raise PhotoRefused.because("unusual")
        return from_code_points(primaries, transfer)
    if b"iCCP" in chunks or b"sRGB" in chunks:
        return None
    (stored,) = struct.unpack_from(">I", chunks.get(b"gAMA", bytes(4)))
    gamma = 100_000 / stored if 10_000 <= stored <= 1_000_000 else None
    primaries = None
    if b"cHRM" in chunks:
        numbers = [number / 100_000 for number in struct.unpack_from(">8I", chunks[b"cHRM"])]
        white, red, green, blue = zip(numbers[::2], numbers[1::2], strict=True)
        primaries = NamedColours(white, red, green, blue)
    return from_chromaticities(primaries, gamma)


def without_ballast(data: Data) -> bytes:
    """The same picture with only the chunks a decoder needs, a profile of sane size and plain words.

    Decoders inflate text and profiles wherever they meet them, however big they become.
    """
    kept = [bytes(data[:8])]
    chunks = list(_chunks(data))
    has_code_points = any(kind == b"cICP" for kind, _, _ in chunks)
    for kind, position, length in chunks:
        if kind in KEPT:
            kept.append(bytes(data[position : position + 12 + length]))
            continue
        body = bytes(data[position + 8 : position + 8 + min(length, MAX_SMALL_BYTES)])
        if kind == b"iCCP" and not has_code_points and len(body) == length and _inflates_within(body):
            kept.append(bytes(data[position : position + 12 + length]))
        elif kind in (b"tEXt", b"zTXt", b"iTXt") and len(body) == length and (words := _words(kind, body)):
            kept.append(words)
    return b"".join(kept)


def _words(kind: bytes, body: bytes) -> bytes:
    """A text chunk as one that is not compressed; nothing if it is none of WORDS, or grows too long."""
    keyword, _, rest = body.partition(b"\0")
    if keyword not in WORDS:
        return b""
    flags, code = b"\0\0", b"tEXt"
    tags = b""
    if kind == b"iTXt":
        flags, rest = rest[:2], rest[2:]
        language, _, rest = rest.partition(b"\0")
        translated, _, rest = rest.partition(b"\0")
        code, tags = b"iTXt", b"\0\0" + language + b"\0" + translated + b"\0"
    if kind == b"zTXt" or flags[:1] == b"\1":
        inflated = _inflated(rest[1:] if kind == b"zTXt" else rest, MAX_WORDS_BYTES)
        if inflated is None:
            return b""
        rest = inflated
    if len(rest) > MAX_WORDS_BYTES:
        return b""
    plain = keyword + b"\0" + tags + rest
    return struct.pack(">I", len(plain)) + code + plain + struct.pack(">I", zlib.crc32(code + plain))


def pixel_chunks(data: Data) -> Iterator[tuple[int, int]]:
    """(start, end) of each piece of the compressed pixels."""
    for kind, position, length in _chunks(data):
        if kind == b"IDAT":
            yield position + 8, position + 8 + length


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


def _inflates_within(profile_chunk: bytes) -> bool:
    name, _, packed = profile_chunk.partition(b"\0")
    return len(name) < 80 and _inflated(packed[1:], formats.MAX_PROFILE_BYTES) is not None


def _inflated(packed: bytes, limit: int) -> bytes | None:
    """None if it is broken or longer than `limit` bytes."""
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(packed, limit)
    except zlib.error:
        return None
    return None if inflater.unconsumed_tail else plain
