"""Drawn stand-ins for the demo's photographs: `draw("fringes", size=(2400, 1600), palette=[...], seed=7)`.

A new drawing is a function marked `@motif("its-name")` in any module of this package; nothing else lists it.
"""

from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

from PIL import Image

from .canvas import Canvas
from .registry import MOTIFS, motif

__all__ = ["MOTIFS", "draw", "motif"]

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")


def draw(motif: str, *, size: tuple[int, int], palette: Sequence[str], seed: int) -> Image.Image:
    """An RGB picture of exactly `size` (width, height), the same for the same seed.

    The palette is three sRGB hex colours and sets the mood. KeyError if no drawing has that name.
    """
    return MOTIFS[motif](Canvas(size, palette, seed))
