"""From a file's bytes to upright sRGB pixels. Runs only inside the bounded process.

The order of steps keeps memory low: JPEG decoders skip what will not be needed, everything else is shrunk
before it is turned and coloured.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import AvifImagePlugin, Image, ImageFile
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
    image = _open(data, header)
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
    image.load()
    if header.format is formats.JPEG and _stops_halfway(image):
        raise PhotoRefused.because("truncated")
    plain = _plain(image, wanted)
    if wanted != plain.size:
        plain = plain.resize(wanted, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if orientation in TURNS:
        plain = plain.transpose(TURNS[orientation])
    return DecodedPicture(colour.to_srgb(plain, embedded), *full, found)


def _turned(size: tuple[int, int], sideways: bool) -> tuple[int, int]:
    return size[::-1] if sideways else size


def _open(data: Data, header: Header) -> ImageFile.ImageFile:
    if header.format is formats.HEIC:
        import pillow_heif  # a slow import few pictures need

        pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    stream: IO[bytes] = BytesIO(without_ballast(data) if header.format is formats.PNG else data)
    image = Image.open(stream, formats=header.format.pillow)
    promised, real = header.width * header.height, image.size[0] * image.size[1]
    if header.format in (formats.AVIF, formats.HEIC):
        keeps_promise = real <= promised  # cropping and rotation are applied already
    else:
        keeps_promise = sorted(image.size) == sorted((header.width, header.height))
    if not keeps_promise:
        raise PhotoRefused.because("damaged")
    return image


def _orientation(image: Image.Image) -> int:
    """EXIF's 1 to 8, nonsense read as 1. XMP's copy of it is not looked at, as in browsers."""
    packet = image.info.pop("xmp", None)
    try:
        orientation = image.getexif().get(Base.Orientation, 1)
    except Exception:
        orientation = 1
    finally:
        if packet is not None:
            image.info["xmp"] = packet
    return orientation if orientation in TURNS else 1


def _unwritten_profile(image: Image.Image, header: Header) -> bytes | None:
    """A colour space a file names without embedding its profile."""
    if header.display_p3:
        return colour.DISPLAY_P3
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


def _stops_halfway(image: Image.Image) -> bool:
    """Whether the decoder ran out of data part-way along a row and filled the rest with its flat mid-grey.

    libjpeg only warns about that and Pillow does not pass the warning on. A real picture has no row of blocks
    that is half picture, half exact mid-grey, with nothing but exact mid-grey below it.
    """
    if image.mode not in ("RGB", "L") or min(image.size) < 16:
        return False
    grey = (128, 128) if image.mode == "L" else ((128, 128),) * 3
    last = image.crop((0, image.height - 1, image.width, image.height))
    if last.getextrema() != grey:
        return False
    low, high = 0, image.height - 1  # the first row from which all is grey
    while low < high:
        middle = (low + high) // 2
        if image.crop((0, middle, image.width, image.height)).getextrema() == grey:
            high = middle
        else:
            low = middle + 1
    if low == 0:
        return False
    edge = image.crop((image.width - 8, low - 1, image.width, low))
    start = image.crop((0, low - 1, 8, low))
    return edge.getextrema() == grey and start.getextrema() != grey
