"""Is every pixel there? Decoders fill what is missing with grey, green or black and say nothing.

Runs only inside the bounded process, and only when a file arrives.
"""

import os
import re
import struct
import zlib

from cms.images import formats
from cms.images.headers import Data, Header
from cms.images.headers.png import pixel_chunks
from cms.images.refusal import PhotoRefused

PIECE = 1 << 20
ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
# What libjpeg says when compressed data do not fit the picture; of the rest (odd headers) no pixel suffers.
DAMAGE = re.compile(
    r"premature end|bad huffman|found marker|unsupported marker|bogus|(\d+) extraneous bytes before marker 0x(..)"
)
IN_HEADERS = re.compile(r"db|e.|fe|c[012]")


def refuse_if_damaged(data: Data, header: Header) -> None:
    """Raises PhotoRefused."""
    if header.format is formats.JPEG:
        _judge_jpeg(data, header)
    elif header.format is formats.PNG:
        _judge_png(data)


def _judge_jpeg(data: Data, header: Header) -> None:
    """Reads all of the compressed data and makes an eighth of the size of it, with libjpeg's warnings as errors."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy would set memory aside for each core
    import simplejpeg  # brings numpy, a slow import

    try:
        simplejpeg.decode_jpeg(
            data,
            colorspace="CMYK" if header.channels == 4 else "Gray",
            min_height=1,
            min_width=1,
            min_factor=8,
            fastdct=True,
            fastupsample=True,
        )
    except ValueError as error:
        found = DAMAGE.search(str(error).lower())
        if found and not _harmless(data, header, found):
            raise PhotoRefused.because("truncated") from None


def _harmless(data: Data, header: Header, found: re.Match[str]) -> bool:
    """Bytes too many do no harm before the picture, nor as the padding some cameras write after it."""
    count, marker = found.groups()
    if count is None:
        return False
    padding = data[header.end - 2 - int(count) : header.end - 2]
    return bool(IN_HEADERS.fullmatch(marker)) or (marker == "d9" and len(set(padding)) == 1)


def _judge_png(data: Data) -> None:
    """Inflates the pixels without keeping them: every row has to be there."""
    inflater = zlib.decompressobj()
    found = 0
    for start, end in pixel_chunks(data):
        packed: bytes = data[start:end]
        while packed and not inflater.eof:
            found += len(inflater.decompress(packed, PIECE))
            packed = inflater.unconsumed_tail
    found += len(inflater.flush())
    if found < _raw_size(data):
        raise PhotoRefused.because("truncated")


def _raw_size(data: Data) -> int:
    """Bytes of all rows, each with the byte that names its filter."""
    width, height, depth, kind, _, _, interlaced = struct.unpack_from(">IIBBBBB", data, 16)
    bits = depth * CHANNELS[kind]
    passes = ADAM7 if interlaced else ((0, 0, 1, 1),)
    total = 0
    for left, top, across, down in passes:
        columns, rows = max(0, -(-(width - left) // across)), max(0, -(-(height - top) // down))
        if columns:
            total += rows * (1 + (columns * bits + 7) // 8)
    return total
