"""Judge a file by its headers alone: what it is, how big it will become, whether it is whole.

Nothing here decodes a pixel. Each parser reads only what its format puts before the pixels, walks a bounded
number of parts and raises PhotoRefused; any other exception means a malformed file and becomes one in `read`.
"""

import struct
from collections.abc import Callable

from cms.images.headers.header import Data, Header
from cms.images.headers.isobmff import read_isobmff
from cms.images.headers.jpeg import read_jpeg
from cms.images.headers.png import read_png
from cms.images.headers.tiff import read_tiff
from cms.images.headers.webp import read_webp
from cms.images.refusal import PhotoRefused, laboratory_kind, named_kind

__all__ = ["Data", "Header", "read"]


def read(data: Data) -> Header:
    """The header of an accepted picture, whatever its name says. Raises PhotoRefused."""
    if not len(data):
        raise PhotoRefused.because("empty")
    reader = _sniff(bytes(data[:1024]))
    try:
        header = reader(data)
    except (ValueError, IndexError, KeyError, struct.error, OverflowError):
        raise PhotoRefused.because("damaged") from None
    if header.width < 1 or header.height < 1:
        raise PhotoRefused.because("damaged")
    return header


def _sniff(start: bytes) -> Callable[[Data], Header]:
    if start.startswith(b"\xff\xd8\xff"):
        return read_jpeg
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return read_png
    if start.startswith((b"II*\0", b"MM\0*")):
        return read_tiff
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return read_webp
    if start[4:8] == b"ftyp":
        return read_isobmff
    raise _refusal(start)


RAW_STARTS = (b"FUJIFILMCCD-RAW", b"II\x1a\0\0\0HEAPCCDR", b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"FOVb", b"\0MRM")
KNOWN_KINDS = (
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"8BPS", "a Photoshop file"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (b"\xff\x0a", "a JPEG XL picture"),
    (b"\0\0\0\x0cJXL ", "a JPEG XL picture"),
    (b"\x0a\x05\x01", "a PCX picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a compressed file"),
)
# Where the words stand, the words, and whose they are.
LABORATORY_KINDS = (
    (0, b"II+\0", "a BigTIFF file"),
    (0, b"MM\0+", "a BigTIFF file"),
    (128, b"DICM", "a DICOM file"),
    (0, b"SIMPLE  =", "a FITS file"),
    (0, b"v/1\x01", "an OpenEXR file"),
    (0, b"#?RADIANCE", "a Radiance HDR file"),
    (0, b"#?RGBE", "a Radiance HDR file"),
    (0, b"PF\n", "a PFM file"),
    (0, b"ZISRAWFILE", "a microscope file (Zeiss CZI)"),
    (0, b"\xda\xce\xbe\x0a", "a microscope file (Nikon ND2)"),
    (0, b"\x70\0\0\0", "a microscope file (Leica LIF)"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document or a microscope file (OIB, ZVI)"),
    (0, b"\0\0\0\x03\0", "a microscope file (Gatan DM3)"),
    (0, b"\0\0\0\x04\0", "a microscope file (Gatan DM4)"),
    (208, b"MAP ", "a microscope file (MRC)"),
    (0, b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
    (0, b"CDF\x01", "a netCDF file"),
    (0, b"CDF\x02", "a netCDF file"),
    (0, b"NRRD", "an NRRD file"),
    (344, b"n+1\0", "a NIfTI file"),
    (344, b"ni1\0", "a NIfTI file"),
)


def _refusal(start: bytes) -> PhotoRefused:
    if start.startswith(RAW_STARTS):
        return PhotoRefused.because("raw-file")
    for magic, kind in KNOWN_KINDS:
        if start.startswith(magic):
            return named_kind(kind)
    for place, magic, kind in LABORATORY_KINDS:
        if start.startswith(magic, place):
            return laboratory_kind(kind)
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(b"<") and b"<svg" in text:
        return named_kind("an SVG drawing")
    if text.startswith((b"<!doctype html", b"<html", b"<script", b"<body")):
        return named_kind("a web page")
    return PhotoRefused.because("not-a-picture")
