"""Still WebP pictures, decoded by the libwebp that Pillow brings, but not through Pillow.

Pillow opens every WebP as an animation, which costs 16 bytes a pixel: more than one of 60 megapixels may have. One
call of the same library fills the picture's own memory: 4 bytes a pixel, 8 while a lossless one is decoded.
"""

import ctypes
from typing import Any, Final

from PIL import Image, _webp

from cms.images.formats import MAX_PROFILE_BYTES
from cms.images.headers import Data, Header
from cms.images.headers.webp import chunks
from cms.images.refusal import PhotoRefused

# What Pillow calls these parts.
KEPT: Final = {b"ICCP": "icc_profile", b"EXIF": "exif", b"XMP ": "xmp"}
OPAQUE: Final = (255, 255)


def decode(data: Data, header: Header) -> Image.Image | None:
    """RGBA, or RGBX when nothing is see-through; None where Pillow was built without a libwebp to be called.

    Raises PhotoRefused when the pixels are not what the header promised.
    """
    library = _library()
    if library is None:
        return None
    whole, size = bytes(data), (header.width, header.height)
    width, height = ctypes.c_int(), ctypes.c_int()
    known = library.WebPGetInfo(whole, len(whole), ctypes.byref(width), ctypes.byref(height))
    if not known or (width.value, height.value) != size:
        raise PhotoRefused.because("damaged")
    row = 4 * header.width
    pixels = bytearray(row * header.height)
    into = (ctypes.c_char * len(pixels)).from_buffer(pixels)
    if not library.WebPDecodeRGBAInto(whole, len(whole), into, len(pixels), row):
        raise PhotoRefused.because("damaged")
    image = Image.frombuffer("RGBA", size, pixels, "raw", "RGBA", 0, 1)
    if image.getchannel("A").getextrema() == OPAQUE:
        image = Image.frombuffer("RGBX", size, pixels, "raw", "RGBX", 0, 1)
    for kind, start, length in chunks(data):
        if kind in KEPT and length <= MAX_PROFILE_BYTES:
            image.info.setdefault(KEPT[kind], bytes(data[start : start + length]))
    return image


def _library() -> Any:
    """Symbols are looked up in Pillow's module, and from there in the library it is linked to."""
    try:
        library = ctypes.CDLL(_webp.__file__)
        info, into = library.WebPGetInfo, library.WebPDecodeRGBAInto
    except (OSError, AttributeError):
        return None
    number, address = ctypes.c_int, ctypes.c_void_p
    info.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(number), ctypes.POINTER(number)]
    into.argtypes = [ctypes.c_char_p, ctypes.c_size_t, address, ctypes.c_size_t, number]
    into.restype = address
    return library
