"""From a file's bytes to upright sRGB pixels. Runs only inside the bounded process.

The order of steps keeps memory low: JPEG decoders skip what will not be needed, everything else is shrunk
before it is turned and coloured.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from PIL import AvifImagePlugin, Image, ImageFile, TiffImagePlugin, UnidentifiedImageError
from PIL.ExifTags import Base

from cms.images import colour, formats, metadata
from cms.images.headers import Data, Header
from cms.images.headers.png import without_ballast
from cms.images.metadata import FoundMetadata
from cms.images.refusal import PhotoRefused

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
ADOBE_RGB_MARK = "R03"  # the interoperability index of cameras that embed no profile
# A picture of sixteen bits has light in it: at least 1 sample in 500 reaches a quarter of the range. Those of a
# detector with ten, twelve or fourteen bits do not, and would be shown black.
LIT, LIT_SHARE = 64, 500


@dataclass(slots=True)
class DecodedPicture:
    """Upright sRGB pixels, and how big the picture is in full, upright."""

    image: Image.Image
    width: int
    height: int
    found: FoundMetadata


def decode(data: Data, header: Header, fit: Callable[[int, int], tuple[int, int]] | None = None) -> DecodedPicture:
    """Decode once, to the size `fit` answers for the full upright size; to the full size without it.

    Never enlarges. Raises PhotoRefused when the pixels do not keep the header's promise; Pillow's own
    exceptions pass through.
    """
    # One thread: what a decode may cost is counted, and the machine has other visitors.
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    Image.MAX_IMAGE_PIXELS = formats.Limits().max_megapixels_baseline * formats.MEGAPIXEL
    # One decoder for every TIFF: Pillow's own mixes up samples that are stored plane by plane.
    TiffImagePlugin.READ_LIBTIFF = True
    image = _open(data, header)
    if header.format is formats.AVIF:
        image._decoder = _OneFrame(image._decoder)  # type: ignore[attr-defined]
    if header.format not in (formats.JPEG, formats.TIFF):
        # Reading a PNG's metadata decodes it, and a failure there would be taken for broken metadata.
        image.load()
    found = metadata.read(image)
    # Pillow turns TIFFs itself while decoding them.
    orientation = 1 if header.format is formats.TIFF else _orientation(image)
    sideways = orientation >= 5
    full = _turned(image.size, sideways)
    wanted = _turned(fit(*full), sideways) if fit else image.size
    image.draft(None, wanted)
    embedded = image.info.get("icc_profile") or _unwritten_profile(image, header)
    if embedded and colour.is_hdr(embedded):
        raise PhotoRefused.because("high-dynamic-range")
    image.load()
    if "transparency" in image.info and header.format is formats.PNG:
        _scale_transparency(image, header)
    plain = _plain(image, wanted)
    if header.bits > 8 and plain.mode in ("RGB", "L") and not _has_light(plain):
        raise PhotoRefused.because("measurement")
    if wanted != plain.size:
        plain = plain.resize(wanted, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if orientation in TURNS:
        plain = plain.transpose(TURNS[orientation])
    if header.colours and plain.mode == "L":
        plain = plain.convert("RGB")  # a grey profile has no primaries, but these have a curve
    return DecodedPicture(colour.to_srgb(plain, embedded), *full, found)


def _turned(size: tuple[int, int], sideways: bool) -> tuple[int, int]:
    return size[::-1] if sideways else size


def _open(data: Data, header: Header) -> ImageFile.ImageFile:
    if header.format is formats.HEIC:
        import pillow_heif  # a slow import few pictures need

        pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    stream: IO[bytes] = BytesIO(without_ballast(data) if header.format is formats.PNG else data)
    try:
        image = Image.open(stream, formats=header.format.pillow)
    except UnidentifiedImageError:  # its header is sound, so it is only nothing that the decoder knows
        raise PhotoRefused.because("unusual") from None
    promised, real = header.width * header.height, image.size[0] * image.size[1]
    if header.format in (formats.AVIF, formats.HEIC):
        keeps_promise = real <= promised  # cropping and rotation are applied already
    else:
        keeps_promise = sorted(image.size) == sorted((header.width, header.height))
    if not keeps_promise:
        raise PhotoRefused.because("damaged")
    if header.format is formats.TIFF:
        _remember_orientation(image)
    return image


class _OneFrame:
    """Lets the decoder go once it has handed out its frame: Pillow keeps it, with a copy of the picture, while it
    makes its own."""

    def __init__(self, decoder: Any) -> None:
        self.decoders = [decoder]

    def get_frame(self, number: int) -> Any:
        return self.decoders.pop().get_frame(number)


def _remember_orientation(image: Image.Image) -> None:
    """Pillow turns TIFFs by what it found when it first looked: let it look where XMP has no say."""
    packet = image.info.pop("xmp", None)
    with suppress(Exception):
        image.getexif()
    if packet is not None:
        image.info["xmp"] = packet


def _orientation(image: Image.Image) -> int:
    """EXIF's 1 to 8, nonsense read as 1. Read from the bytes, as browsers do: Pillow's own answer takes XMP's copy,
    which programs leave behind when they have turned the picture."""
    exif = Image.Exif()
    try:
        exif.load(image.info.get("exif", b""))
        orientation = exif.get(Base.Orientation, 1)
    except Exception:
        return 1
    return orientation if orientation in TURNS else 1


def _unwritten_profile(image: Image.Image, header: Header) -> bytes | None:
    """A colour space a file names without embedding its profile."""
    if header.colours:
        return colour.named_profile(header.colours)
    if header.format is not formats.JPEG:
        return None
    try:
        index = image.getexif().get_ifd(0xA005).get(1, "")
    except Exception:
        return None
    return colour.ADOBE_RGB if metadata.clean(index) == ADOBE_RGB_MARK else None


def _plain(image: Image.Image, wanted: tuple[int, int]) -> Image.Image:
    """RGB, CMYK, L or LAB with eight bits a channel, laid on the ground where it was see-through.

    May already be smaller than the picture, but never smaller than `wanted`.
    """
    mode = image.mode
    if mode.startswith("I;16"):
        # The high byte of each sample: Pillow's own conversion clips 16-bit grey to white.
        raw = "L;16B" if mode.endswith("B") else "L;16"
        return Image.frombytes("L", image.size, image.tobytes(), "raw", raw)
    if mode in ("I", "F"):
        raise PhotoRefused.because("unusual")
    if mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        return _on_ground(image, wanted)
    if mode in ("RGB", "CMYK", "L", "LAB"):
        return image
    return image.convert("L" if mode == "1" else "RGB")


def _scale_transparency(image: Image.Image, header: Header) -> None:
    """A PNG names its see-through grey or colour in its own bits, and Pillow has made eight of them.

    Of sixteen, too many others would look like it.
    """
    if header.bits > 8:
        raise PhotoRefused.because("unusual")
    if image.mode == "L" and header.bits < 8:
        image.info["transparency"] *= 255 // (2**header.bits - 1)


def _on_ground(image: Image.Image, wanted: tuple[int, int]) -> Image.Image:
    """Strip by strip, averaging as it goes: a whole opaque copy would double the memory."""
    spare = min(image.width / wanted[0], image.height / wanted[1])
    factor = max(1, int(spare / 1.5))
    ground = Image.new("RGB", (-(-image.width // factor), -(-image.height // factor)))
    rows = max(1, formats.MEGAPIXEL // image.width // factor) * factor
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(image.height, top + rows))).convert("RGBA")
        white = Image.new("RGB", strip.size, formats.GROUND)
        white.paste(strip, mask=strip)
        ground.paste(white.reduce(factor), (0, top // factor))
    return ground


def _has_light(image: Image.Image) -> bool:
    """Whether enough samples of a picture of sixteen bits, as eight of them, use its range."""
    counts = image.histogram()
    bright = sum(sum(counts[start + LIT : start + 256]) for start in range(0, len(counts), 256))
    return bright * LIT_SHARE >= sum(counts)
