"""Signed distances to flat shapes, in the sheet's units: negative inside."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

# float32 in practice; numpy's stubs widen mixed arithmetic, so the checker is told less.
Array = NDArray[Any]


def circle(x: ArrayLike, y: ArrayLike, radius: ArrayLike) -> Array:
    return np.hypot(x, y) - radius


def box(x: ArrayLike, y: ArrayLike, half_width: float, half_height: float, corner: float = 0.0) -> Array:
    qx, qy = np.abs(x) - (half_width - corner), np.abs(y) - (half_height - corner)
    return np.hypot(np.maximum(qx, 0), np.maximum(qy, 0)) + np.minimum(np.maximum(qx, qy), 0) - corner


def segment(x: ArrayLike, y: ArrayLike, start: tuple[float, float], end: tuple[float, float]) -> Array:
    """Distance to a line segment; subtract a radius for a capsule."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    px, py = np.asarray(x) - start[0], np.asarray(y) - start[1]
    t = np.clip((px * dx + py * dy) / (dx * dx + dy * dy + 1e-12), 0, 1)
    return np.hypot(px - t * dx, py - t * dy)


def union(a: ArrayLike, b: ArrayLike, softness: float = 0.0) -> Array:
    """Both shapes; `softness` is the width of the fillet where they meet, in units."""
    if not softness:
        return np.minimum(a, b)
    h = np.maximum(softness - np.abs(np.subtract(a, b)), 0) / softness
    return np.minimum(a, b) - h * h * (softness / 4)


def coverage(distance: Array, pixel: float) -> Array:
    """How much of each pixel a shape covers, 0..1; a `pixel` larger than the sheet's gives a soft edge."""
    return np.clip(0.5 - distance / np.float32(pixel), 0, 1)
