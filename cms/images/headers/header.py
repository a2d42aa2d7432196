"""What every header parser answers."""

from dataclasses import dataclass
from mmap import mmap

from cms.images.formats import Format

Data = bytes | mmap


@dataclass(frozen=True, slots=True)
class Header:
    """What the header promises. Sizes are as stored, before any rotation; the decode must agree with them."""

    format: Format
    width: int
    height: int
    progressive: bool = False
    display_p3: bool = False  # said in code points, without a profile
