"""Encode upright sRGB pixels. Runs only inside the bounded process.

A saved file holds pixels, the colour space and the credit: Pillow writes nothing it is not handed, and every
option that could carry something over from the source is handed here.
"""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from cms.images import colour, formats
from cms.images.credit import Credit, iptc_segment, xmp_packet

JPEG, AVIF, WEBP, PNG = "image/jpeg", "image/avif", "image/webp", "image/png"


def ladder(image: Image.Image, full_size: tuple[int, int]) -> Iterator[Image.Image]:
    """The picture at each rung, largest first, each shrunk from the one before.

    `full_size` is the whole picture's: its proportions, not the first rung's rounded ones, give the heights.
    """
    for width in formats.ladder_widths(*full_size):
        size = width, formats.scaled_height(*full_size, width)
        if size != image.size:
            image = image.resize(size, Image.Resampling.LANCZOS)
        yield image


def encode(image: Image.Image, mime: str, credit: Credit | None, quality: int | None = None) -> bytes:
    """The file's bytes. Without a credit there is no metadata at all."""
    packet = xmp_packet(credit) if credit else b""
    plain = Image.frombuffer("RGB", image.size, image.tobytes()) if image.info else image
    buffer = BytesIO()
    if mime == JPEG:
        plain.save(
            buffer,
            "JPEG",
            quality=quality or formats.JPEG_QUALITY,
            progressive=True,
            optimize=True,
            icc_profile=colour.SRGB,
            xmp=packet,
            extra=iptc_segment(credit) if credit else b"",
        )
    elif mime == AVIF:
        plain.save(
            buffer,
            "AVIF",
            quality=quality or formats.AVIF_QUALITY,
            speed=formats.AVIF_SPEED,
            max_threads=1,
            xmp=packet,
        )
    elif mime == WEBP:
        plain.save(buffer, "WEBP", quality=quality or formats.WEBP_QUALITY, icc_profile=colour.SRGB, xmp=packet)
    else:
        return _png(plain, packet)
    return buffer.getvalue()


def _png(image: Image.Image, packet: bytes) -> bytes:
    words = PngInfo()
    if packet:
        words.add_itxt("XML:com.adobe.xmp", packet.decode())
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=True, icc_profile=colour.SRGB, pnginfo=words)
    return buffer.getvalue()
