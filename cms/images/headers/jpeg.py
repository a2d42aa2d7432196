"""JPEG (ITU-T T.81): frame size, scans, end marker."""

import re
import struct

from cms.images import formats
from cms.images.headers.header import Data, Header
from cms.images.refusal import PhotoRefused

# The next marker in compressed data: not a stuffed byte, not a restart, not fill. One \xff at the start, not \xff+,
# lets the search skip from one to the next: twenty times as fast.
NEXT_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
BASELINE, EXTENDED, PROGRESSIVE = 0xC0, 0xC1, 0xC2
# Lossless, hierarchical and arithmetic-coded frames, which browsers do not show either.
OTHER_FRAMES = {0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
TEM, SOI, EOI, SOS = 0x01, 0xD8, 0xD9, 0xDA


def read_jpeg(data: Data) -> Header:
    """Walk the first picture to its end marker; one without it has lost its tail and is refused.

    Further pictures (MPO, HDR gain maps) and films after the end marker are never looked at.
    """
    width = height = channels = scans = 0
    progressive = False
    position = 2
    for _ in range(formats.MAX_PARTS):
        found = NEXT_MARKER.search(data, position)
        if found is None:
            raise PhotoRefused.because("truncated")
        marker, position = data[found.end() - 1], found.end()
        if marker == EOI:
            break
        if marker in (TEM, SOI):
            continue
        if position + 2 > len(data):
            raise PhotoRefused.because("truncated")
        (length,) = struct.unpack_from(">H", data, position)
        if length < 2:
            raise PhotoRefused.because("damaged")
        if position + length > len(data):
            raise PhotoRefused.because("truncated")
        if marker in OTHER_FRAMES:
            raise PhotoRefused.because("unusual")
        if marker in (BASELINE, EXTENDED, PROGRESSIVE):
            if width:
                raise PhotoRefused.because("damaged")
            precision, height, width, channels = struct.unpack_from(">BHHB", data, position + 2)
            progressive = marker == PROGRESSIVE
            if precision != 8 or channels not in (1, 3, 4):
                raise PhotoRefused.because("unusual")
        elif marker == SOS:
            scans += 1
            if scans > formats.MAX_SCANS:
                raise PhotoRefused.because("too-many-scans")
        position += length
    else:
        raise PhotoRefused.because("cluttered")
    if not scans:
        raise PhotoRefused.because("damaged")
    return Header(
        formats.JPEG,
        width,
        height,
        progressive=progressive,
        heavy=progressive and channels == 4,
        channels=channels,
        end=position,
    )
