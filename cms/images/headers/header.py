"""What every header parser answers."""

from dataclasses import dataclass
from mmap import mmap

from cms.images.formats import Format
from cms.images.headers.colours import NamedColours

Data = bytes | mmap


@dataclass(frozen=True, slots=True)
class Header:
    """What the header promises. Sizes are as stored, before any rotation; the decode must agree with them."""

    format: Format
    width: int
    height: int
    progressive: bool = False
    heavy: bool = False  # needs nearly twice the memory of others of its format
    channels: int = 0  # of a JPEG
    end: int = 0  # where a JPEG's picture ends; whatever follows is not looked at
    bits: int = 8  # of a channel, in PNG and TIFF
    colours: NamedColours | None = None  # said in numbers, where no profile says better; None is sRGB
