"""WebP (RFC 9649): canvas, frame size, animation."""

import struct

from cms.images import formats
from cms.images.headers.header import Data, Header
from cms.images.refusal import PhotoRefused

ANIMATED = 0x02
# A flat picture of thirty megapixels has a third of this in a row; lost blocks of a disk or a download are longer.
HOLE = bytes(8192)


def read_webp(data: Data) -> Header:
    """The larger of the canvas and the frame is the size judged: each can lie about the other."""
    (riff_size,) = struct.unpack_from("<I", data, 4)
    end = riff_size + 8
    if end > len(data):
        raise PhotoRefused.because("truncated")
    width = height = 0
    has_pixels = False
    position = 12
    for _ in range(formats.MAX_PARTS):
        if position + 8 > end:
            break
        kind, length = struct.unpack_from("<4sI", data, position)
        body = position + 8
        if body + length > end:
            raise PhotoRefused.because("truncated")
        if kind == b"VP8X":
            flags = data[body]
            if flags & ANIMATED:
                raise PhotoRefused.because("animated")
            canvas = bytes(data[body + 4 : body + 10])
            width = max(width, 1 + int.from_bytes(canvas[:3], "little"))
            height = max(height, 1 + int.from_bytes(canvas[3:], "little"))
        elif kind in (b"ANIM", b"ANMF"):
            raise PhotoRefused.because("animated")
        elif kind in (b"VP8 ", b"VP8L"):
            frame = _lossy_size(data, body) if kind == b"VP8 " else _lossless_size(data, body)
            width, height = max(width, frame[0]), max(height, frame[1])
            if kind == b"VP8 " and data.find(HOLE, body, body + length) >= 0:
                raise PhotoRefused.because("damaged")
            has_pixels = True
        position = body + length + (length & 1)
    else:
        raise PhotoRefused.because("cluttered")
    if not has_pixels:
        raise PhotoRefused.because("damaged")
    return Header(formats.WEBP, width, height, heavy=True)


def _lossy_size(data: Data, body: int) -> tuple[int, int]:
    if bytes(data[body + 3 : body + 6]) != b"\x9d\x01\x2a":
        raise PhotoRefused.because("damaged")
    width, height = struct.unpack_from("<HH", data, body + 6)
    return width & 0x3FFF, height & 0x3FFF


def _lossless_size(data: Data, body: int) -> tuple[int, int]:
    signature, bits = struct.unpack_from("<BI", data, body)
    if signature != 0x2F:
        raise PhotoRefused.because("damaged")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
