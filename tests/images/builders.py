"""Small files made on the spot: whole ones, odd ones and bad ones."""

import io
import struct
import zlib

from PIL import Image, ImageDraw
from PIL.ExifTags import GPS, IFD, Base

from cms.images import colour
from cms.images.sandbox.pixels import TURNS

CANARY = "Canary7700111"
XMP_TURNED = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/"><tiff:Orientation>6</tiff:Orientation>'
    b"</rdf:Description></rdf:RDF></x:xmpmeta>"
)
UNDO = {
    2: 2,
    3: 3,
    4: 4,
    5: 5,
    6: 8,
    7: 7,
    8: 6,
}


def scene(width: int = 600, height: int = 400) -> Image.Image:
    """Soft tones, with a red top left, a green top right and a blue bottom left corner."""
    ramp = Image.linear_gradient("L").resize((width, height))
    side = Image.linear_gradient("L").rotate(90).resize((width, height))
    picture = Image.merge("RGB", (ramp, side, Image.blend(ramp, side, 0.5)))
    draw = ImageDraw.Draw(picture)
    third = min(width, height) // 3
    draw.rectangle((0, 0, third, third), fill=(200, 40, 40))
    draw.rectangle((width - third, 0, width, third), fill=(40, 160, 60))
    draw.rectangle((0, height - third, third, height), fill=(40, 60, 200))
    return picture


def saved(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    buffer = io.BytesIO()
    if kind == "JPEG":
        options = {"quality": 92, "subsampling": 0, **options}
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
        options = {"quality": 90, **options}
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def photo(width: int = 600, height: int = 400, kind: str = "JPEG", **options: object) -> bytes:
    return saved(scene(width, height), kind, **options)


def turned(orientation: int, kind: str = "JPEG", **options: object) -> bytes:
    """A file whose stored pixels need this EXIF orientation to look like the scene."""
    picture = scene()
    if orientation in UNDO:
        picture = picture.transpose(TURNS[UNDO[orientation]])
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    if kind == "HEIF":
        # Written as a property of the picture, as telephones do; HEIF readers ignore EXIF's orientation.
        picture.info["exif"] = exif.tobytes()
        return saved(picture, kind, **options)
    return saved(picture, kind, exif=exif, **options)


def secretive_exif() -> Image.Exif:
    """Camera facts worth keeping, and everything that must never leave."""
    exif = Image.Exif()
    exif[Base.Make], exif[Base.Model] = "NIKON CORPORATION", "NIKON D850"
    exif[Base.Artist], exif[Base.Copyright] = "Zoë Żółć".encode(), "© 2026 Zoë".encode()
    details = exif.get_ifd(IFD.Exif)
    details[Base.DateTimeOriginal] = "2026:03:14 09:26:53"
    details[Base.ExposureTime], details[Base.FNumber] = 0.004, 2.8
    details[Base.ISOSpeedRatings], details[Base.FocalLength] = 400, 35.0
    details[Base.LensModel] = "35mm f/2"
    details[Base.BodySerialNumber] = details[Base.LensSerialNumber] = CANARY
    details[Base.CameraOwnerName] = f"Owner {CANARY}"
    details[Base.UserComment] = f"Comment {CANARY}".encode()
    place = exif.get_ifd(IFD.GPSInfo)
    place[GPS.GPSLatitudeRef], place[GPS.GPSLatitude] = "N", (51.0, 28.0, 38.0)
    place[GPS.GPSLongitudeRef], place[GPS.GPSLongitude] = "W", (0.0, 0.0, 5.0)
    return exif


def secretive(kind: str = "JPEG", width: int = 900, height: int = 600) -> bytes:
    options: dict[str, object] = {"exif": secretive_exif()}
    if kind == "JPEG":
        options["comment"] = f"Comment {CANARY}".encode()
    return photo(width, height, kind, **options) + (f"trailing {CANARY}".encode() if kind == "JPEG" else b"")


def wide_gamut() -> bytes:
    return photo(kind="PNG", icc_profile=colour.DISPLAY_P3)


def grey16() -> bytes:
    """A 16-bit grey PNG, a ramp from black to white."""
    width, height = 256, 64
    line = b"\0" + b"".join(struct.pack(">H", x * 257) for x in range(width))
    return png(width, height, zlib.compress(line * height), depth=16, kind=0)


def see_through() -> bytes:
    """Red on nothing: the right half is wholly transparent."""
    picture = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    picture.paste((200, 0, 0, 255), (0, 0, 100, 100))
    return saved(picture, "PNG")


def png(width: int, height: int, pixels: bytes, *, depth: int = 8, kind: int = 0, extra: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def vast_png() -> bytes:
    return png(30_000, 30_000, zlib.compress(bytes(1000)))


def bloated_png() -> bytes:
    """A profile and a text that inflate to 50 MB each."""
    balloon = zlib.compress(bytes(50_000_000), 9)
    extra = chunk(b"iCCP", b"x\0\0" + balloon) + chunk(b"zTXt", b"Comment\0\0" + balloon)
    return png(64, 64, zlib.compress(bytes(65 * 64)), extra=extra)


def vast_webp(width: int = 16_383, height: int = 16_383) -> bytes:
    """A lossless WebP of 30 bytes and one colour that decodes to gigabytes in an unguarded Pillow."""
    # No transform, no cache, one group; then five codes of one symbol each, which take no bits at all.
    codes = int(("000" + "1000" * 5)[::-1], 2)
    frame = struct.pack("<BII", 0x2F, (width - 1) | (height - 1) << 14, codes) + b"\0"
    body = b"WEBP" + b"VP8L" + struct.pack("<I", len(frame)) + frame
    return b"RIFF" + struct.pack("<I", len(body)) + body


def animated_webp() -> bytes:
    frames = [scene(64, 64), scene(64, 64).rotate(90)]
    return saved(frames[0], "WEBP", save_all=True, append_images=frames[1:])


def many_scans(count: int) -> bytes:
    """A progressive JPEG whose last scan is repeated."""
    data = photo(progressive=True)
    start, end = data.rindex(b"\xff\xda"), data.rindex(b"\xff\xd9")
    return data[:end] + data[start:end] * count + data[end:]


def half_grey() -> bytes:
    """A JPEG that lost its middle but kept its end marker: decoders fill the rest with grey."""
    data = photo(1200, 800)
    start = data.rindex(b"\xff\xda")
    return data[: start + (len(data) - start) // 2] + b"\xff\xd9"


def lying_avif() -> bytes:
    """An AVIF that promises 60,000 × 60,000 pixels."""
    data = photo(64, 64, "AVIF")
    place = data.index(b"ispe") + 8
    return data[:place] + struct.pack(">II", 60_000, 60_000) + data[place + 8 :]
