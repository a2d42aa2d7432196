"""Why a picture is not taken, in words for the person who sent it: what is wrong, then what to do."""

from cms.images.formats import ACCEPTED_NAMES, JPEG, MAX_EDGE, MEGAPIXEL, WEBP, Format, Limits

ORDINARY_JPEG = f"an ordinary JPEG, which may have up to {Limits().max_megapixels_baseline} megapixels,"


AS_SEEN = "as an 8-bit TIFF, PNG or JPEG"


class PhotoRefused(Exception):
    """The file cannot be used. `code` is for programs and tests, `message` for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    @property
    def is_passing(self) -> bool:
        """Nothing is wrong with the picture: in a minute the same file may be taken."""
        return self.code in PASSING

    @classmethod
    def because(cls, code: str) -> "PhotoRefused":
        """A refusal that needs no figures; an unknown code reads as damaged."""
        return cls(code, REASONS.get(code, REASONS["damaged"]))


PASSING = {"busy", "storage-away"}
REASONS = {
    "empty": "This file is empty. Please choose the photograph again.",
    "not-a-picture": f"This file is not a photograph we can read. Please send a {ACCEPTED_NAMES} file.",
    "raw-file": (
        "This is a camera raw file, which has to be developed first. "
        "Please export it as a JPEG or TIFF and send that."
    ),
    "truncated": (
        "Part of this file is missing; the copy probably stopped half-way. "
        "Please send the original again, straight from the camera, phone or computer."
    ),
    "damaged": (
        "This file is damaged and cannot be opened safely. "
        "Please open it on your computer, export it again as a JPEG and send that."
    ),
    "animated": "This file is a moving picture. Please send one still photograph.",
    "several-pictures": (
        "This TIFF holds several pictures, such as pages, or the channels of a microscope. "
        f"Please export one as you see it on screen, {AS_SEEN}, and send that."
    ),
    "measurement": (
        "This is measurement data, such as a microscope or a detector writes: here it would look other than in the "
        f"program it comes from. Please export it as you see it on screen, {AS_SEEN}, and send that."
    ),
    "too-many-scans": (
        "This JPEG was saved in an unusual way that takes far too long to open. "
        "Please export it again as an ordinary JPEG and send that."
    ),
    "too-heavy": (
        "This picture needs more memory or time than we can give one file. "
        f"Please export it as {ORDINARY_JPEG} and send that."
    ),
    "unusual": (
        "This is an unusual kind of file that we cannot show correctly. "
        f"Please export it as you see it on screen, {AS_SEEN}, and send that."
    ),
    "high-dynamic-range": (
        "This is a high dynamic range (HDR) picture, which would look grey and flat here. "
        "Please export it as a standard picture, such as a JPEG, and send that."
    ),
    "cluttered": (
        "This file carries far more hidden data than picture. Please export it again as a JPEG and send that."
    ),
    "busy": ("We could not open this picture just now. Nothing is wrong with it: please try again in a minute."),
}


def named_kind(kind: str) -> PhotoRefused:
    """A file of a kind we know but do not take, such as "a GIF picture"."""
    return PhotoRefused(
        "not-accepted", f"This is {kind}, which we cannot take. Please send a {ACCEPTED_NAMES} file."
    )


def laboratory_kind(kind: str) -> PhotoRefused:
    """A file of a program that measures, such as "a DICOM file"."""
    return PhotoRefused(
        "not-accepted",
        f"This is {kind}, which we cannot take. "
        f"Please export it as you see it on screen, {AS_SEEN}, and send that.",
    )


def too_many_bytes(size: int, limit: int) -> PhotoRefused:
    return PhotoRefused(
        "too-many-bytes",
        f"This file is {_megabytes(size)}; the largest we can take is {_megabytes(limit)}. "
        "Please export it as a JPEG at high quality and send that.",
    )


def too_small(long_edge: int, smallest: int) -> PhotoRefused:
    return PhotoRefused(
        "too-small",
        f"This picture is {long_edge:,} {'pixel' if long_edge == 1 else 'pixels'} on its long edge; "
        f"the smallest we can show is {smallest:,}. Please send the uncropped original.",
    )


def too_many_pixels(
    width: int, height: int, accepted: Format, *, progressive: bool, heavy: bool, limit: int
) -> PhotoRefused:
    megapixels = -(-width * height // MEGAPIXEL)
    article = "an" if accepted.name.startswith("A") else "a"
    kind = "a progressive JPEG" if progressive else f"{article} {accepted.name} file"
    if heavy and accepted is not WEBP:
        kind += " in CMYK" if progressive else " that is see-through or so fine in colour"
    baseline = accepted is JPEG and not progressive
    other_way = "" if baseline else f", or export it as {ORDINARY_JPEG}"
    return PhotoRefused(
        "too-many-pixels",
        f"This picture has {megapixels:,} megapixels ({width:,} × {height:,}); "
        f"the most we can take in {kind} is {limit:,}. Please make it smaller{other_way} and send it again.",
    )


def too_long(width: int, height: int) -> PhotoRefused:
    return PhotoRefused(
        "too-long",
        f"This picture is {max(width, height):,} pixels long; the longest edge we can take is {MAX_EDGE:,}. "
        "Please make it smaller and send it again.",
    )


def _megabytes(size: int) -> str:
    megabytes = size / (1024 * 1024)
    return f"{megabytes:.0f} MB" if megabytes >= 10 and megabytes == int(megabytes) else f"{megabytes:.1f} MB"
