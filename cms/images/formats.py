"""What comes in, what goes out, and how big: every number of the picture pipeline stands here."""

from dataclasses import dataclass, replace
from typing import Final

MEGAPIXEL: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Format:
    """One accepted format. `pillow` names the only decoders that may open it."""

    code: str
    name: str
    mime: str
    extension: str
    pillow: tuple[str, ...]


JPEG: Final = Format("jpeg", "JPEG", "image/jpeg", ".jpg", ("JPEG", "MPO"))
PNG: Final = Format("png", "PNG", "image/png", ".png", ("PNG",))
TIFF: Final = Format("tiff", "TIFF", "image/tiff", ".tif", ("TIFF",))
WEBP: Final = Format("webp", "WebP", "image/webp", ".webp", ("WEBP",))
AVIF: Final = Format("avif", "AVIF", "image/avif", ".avif", ("AVIF",))
HEIC: Final = Format("heic", "HEIC", "image/heic", ".heic", ("HEIF",))

ACCEPTED: Final = (JPEG, PNG, TIFF, WEBP, AVIF, HEIC)
BY_CODE: Final = {accepted.code: accepted for accepted in ACCEPTED}
BY_MIME: Final = {accepted.mime: accepted for accepted in ACCEPTED}
ACCEPTED_NAMES: Final = "JPEG, PNG, TIFF, WebP, AVIF or HEIC"
ACCEPTED_MIMES: Final = (*(accepted.mime for accepted in ACCEPTED), "image/heif")
ACCEPTED_EXTENSIONS: Final = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".avif", ".heic", ".heif")


@dataclass(frozen=True, slots=True)
class Limits:
    """How big a picture may be: bytes, pixels on the long edge, megapixels.

    Baseline JPEG may have more megapixels than the others: its decoder can skip most of them, so 200 of them cost
    less memory than 64 of anything else. Heavy ones may have fewer: WebP, because Pillow opens each as an animation
    and holds four copies of it; progressive JPEG in CMYK; AVIF that is see-through, has more than eight bits or
    keeps the colour of every pixel.
    """

    max_bytes: int = 40 * 1024 * 1024
    min_long_edge: int = 1
    max_megapixels_baseline: int = 200
    max_megapixels_heavy: int = 30
    max_megapixels_other: int = 64

    def max_megapixels(self, accepted: Format, *, progressive: bool, heavy: bool) -> int:
        if heavy:
            return self.max_megapixels_heavy
        return self.max_megapixels_baseline if accepted is JPEG and not progressive else self.max_megapixels_other


# No real picture comes near these; files made to hurt do.
MAX_EDGE: Final = 32_768
MAX_SCANS: Final = 64
MAX_PAGES: Final = 8
MAX_PARTS: Final = 20_000
MAX_PROFILE_BYTES: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one bounded process may use before it is stopped; memory counts its whole address space.

    `patience_seconds` is how long it may wait for its turn. Work leaves one core to visitors who wait. `niceness`,
    as for `nice`, is how far it stands behind its parent when both want the same core.
    """

    memory_bytes: int
    cpu_seconds: int
    wall_seconds: int
    patience_seconds: int = 15
    somebody_waits: bool = True
    niceness: int = 5


INSPECTION: Final = Allowance(memory_bytes=600 * 1024 * 1024, cpu_seconds=10, wall_seconds=25)
# More, so that whatever was accepted can also be shown.
ENCODING: Final = Allowance(memory_bytes=800 * 1024 * 1024, cpu_seconds=40, wall_seconds=150)
BACKGROUND: Final = replace(ENCODING, patience_seconds=60, somebody_waits=False, niceness=15)
# How many threads of one process may wait for a picture at once: half of those gunicorn.conf.py gives it, so that
# the others serve pages. Whoever comes on top of them is asked to try again.
MOST_WAITING: Final = 8

LADDER_WIDTHS: Final = (320, 640, 1024, 1600, 2400)
# Bounds the height of strips: a rung's width shrinks until its area fits.
LADDER_MAX_PIXELS: Final = 12 * MEGAPIXEL
PREVIEW_LONG_EDGE: Final = 2400

# Speed 9 makes five widths in a sixth of the time of speed 6, for a tenth more bytes.
AVIF_QUALITY: Final = 65
AVIF_SPEED: Final = 9
JPEG_QUALITY: Final = 82
WEBP_QUALITY: Final = 82

# Transparent pictures are laid on white: JPEG has no transparency, and both outputs must look alike.
GROUND: Final = (255, 255, 255)


def ladder_widths(width: int, height: int) -> list[int]:
    """Widths to make, largest first, for an upright picture of this size; never wider than the picture.

    A picture narrower than the top rung gets its own width as the top rung.

    >>> ladder_widths(1200, 800)
    [1200, 1024, 640, 320]
    """
    available = width
    if width * height > LADDER_MAX_PIXELS:
        available = max(1, int((LADDER_MAX_PIXELS * width / height) ** 0.5))
        available = min(available, width)
    rungs = [rung for rung in LADDER_WIDTHS if rung <= available]
    if available < LADDER_WIDTHS[-1] and available not in rungs:
        rungs.append(available)
    return rungs[::-1]


def scaled_height(width: int, height: int, to_width: int) -> int:
    """The height that keeps the proportions at this width; at least one pixel."""
    return max(1, round(height * to_width / width))
