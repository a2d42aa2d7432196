"""What a public file carries besides its picture.

Read from the bytes themselves, so that a mistake in what we write is found by something that did not write it.
"""

import struct
from collections.abc import Iterator

#: Words in an XMP packet that would tell where, with what or by whom on what machine a picture was taken.
FORBIDDEN_XMP = (b"GPS", b"SerialNumber", b"OwnerName", b"photoshop:City", b"Location", b"MakerNote", b"Thumbnail")

_JPEG_ALLOWED = {
    0xE0: (b"JFIF\0",),
    0xE1: (b"http://ns.adobe.com/xap/1.0/\0",),
    0xE2: (b"ICC_PROFILE\0",),
    0xED: (b"Photoshop 3.0\0",),
    0xEE: (b"Adobe",),
}
_PNG_ALLOWED = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"iTXt"}
_WEBP_ALLOWED = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"XMP "}
_AVIF_ITEMS = {b"av01", b"mime", b"grid"}


def leaks(data: bytes) -> list[str]:
    """Names of everything in `data` that may not be public. Empty for a clean JPEG, AVIF, PNG or WebP."""
    if data[:2] == b"\xff\xd8":
        found = list(_jpeg(data))
    elif data[4:12] in (b"ftypavif", b"ftypavis"):
        found = list(_avif(data))
    elif data[:8] == b"\x89PNG\r\n\x1a\n":
        found = list(_png(data))
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        found = list(_webp(data))
    else:
        return ["not a JPEG, AVIF, PNG or WebP"]
    return found + [f"XMP {word.decode()}" for word in FORBIDDEN_XMP if word in _packet(data)]


def has_credit(data: bytes) -> bool:
    """An XMP packet with creator, credit line and description is there."""
    packet = _packet(data)
    return all(word in packet for word in (b"dc:creator", b"photoshop:Credit", b"AltTextAccessibility"))


def _packet(data: bytes) -> bytes:
    start = data.find(b"<x:xmpmeta")
    return data[start : data.find(b"</x:xmpmeta>", start)] if start >= 0 else b""


def _jpeg(data: bytes) -> Iterator[str]:
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            yield "damaged JPEG"
            return
        marker = data[at + 1]
        if marker == 0xD9:
            if at + 2 < len(data):
                yield f"{len(data) - at - 2} bytes after the picture"
            return
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        body = data[at + 4 : at + 2 + length]
        if marker == 0xFE:
            yield "JPEG comment"
        elif 0xE0 <= marker <= 0xEF and not body.startswith(_JPEG_ALLOWED.get(marker, ())):
            yield f"APP{marker - 0xE0} {body[:6].decode('latin-1')!r}"
        at += 2 + length
        if marker == 0xDA:
            at = _after_scan(data, at)
    if data[-2:] != b"\xff\xd9":
        yield "JPEG without an end"


def _after_scan(data: bytes, at: int) -> int:
    """Where the next marker that is neither stuffing nor a restart begins."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        follows = data[at + 1]
        if follows == 0 or 0xD0 <= follows <= 0xD7:
            at += 2
        else:
            return at


def _png(data: bytes) -> Iterator[str]:
    at = 8
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        text = data[at + 8 : at + 30]
        if kind not in _PNG_ALLOWED or (kind == b"iTXt" and not text.startswith(b"XML:com.adobe.xmp")):
            yield f"PNG {kind.decode('latin-1')}"
        at += 12 + length
        if kind == b"IEND" and at < len(data):
            yield f"{len(data) - at} bytes after the picture"
            return


def _webp(data: bytes) -> Iterator[str]:
    end = 8 + struct.unpack("<I", data[4:8])[0]
    at = 12
    while at + 8 <= end:
        kind, length = struct.unpack("<4sI", data[at : at + 8])
        if kind not in _WEBP_ALLOWED:
            yield f"WebP {kind.decode('latin-1')}"
        at += 8 + length + length % 2
    if len(data) > end:
        yield f"{len(data) - end} bytes after the picture"


def _avif(data: bytes) -> Iterator[str]:
    """The kinds of the file's items: pictures and one XMP packet, no Exif."""
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        if size < 8:
            yield "damaged AVIF"
            return
        if kind not in (b"ftyp", b"meta", b"mdat", b"free"):
            yield f"AVIF {kind.decode('latin-1')}"
        if kind == b"meta":
            for item in _items(data[at + 12 : at + size]):
                if item not in _AVIF_ITEMS:
                    yield f"AVIF item {item.decode('latin-1')}"
        at += size


def _items(meta: bytes) -> Iterator[bytes]:
    start = meta.find(b"infe")
    while start >= 0:
        version = meta[start + 4]
        kind_at = start + 4 + 4 + (2 if version == 2 else 4) + 2
        yield meta[kind_at : kind_at + 4]
        start = meta.find(b"infe", start + 4)
