"""People, kept to what a lens would see of them: clothed shapes swelling out of the dark, lit by normals."""

from collections.abc import Sequence

import numpy as np

from .canvas import Array, blur, normals

Limb = tuple[float, float, float, float, float, float]


def swell(
    x: Array, y: Array, limbs: Sequence[Limb], softness: float = 0.04, fullness: float = 0.16
) -> tuple[Array, Array]:
    """Signed distance and height (units) of a clothed body made of tapering limbs (x0, y0, r0, x1, y1, r1).

    `softness` is how far limbs melt together; `fullness` is how far in from the outline the cloth keeps rising.
    """
    distance: Array = np.full(np.broadcast_shapes(x.shape, y.shape), 9.0, np.float32)
    for x0, y0, r0, x1, y1, r1 in limbs:
        dx, dy = x1 - x0, y1 - y0
        px, py = x - x0, y - y0
        t = np.clip((px * dx + py * dy) / (dx * dx + dy * dy + 1e-9), 0, 1)
        qx, qy = px - t * dx, py - t * dy
        part = np.sqrt(qx * qx + qy * qy) - (r0 + (r1 - r0) * t)
        h = np.maximum(softness - np.abs(distance - part), 0) / np.float32(softness)
        distance = np.minimum(distance, part) - h * h * np.float32(softness / 4)
    inward = np.clip(-distance / np.float32(fullness), 0, 1)
    return distance, np.sqrt(1 - (1 - inward) ** 2) * np.float32(fullness)


def cloth_normals(height: Array, folds: Array, pixel: float, smoothing: float) -> tuple[Array, Array, Array]:
    """Normals of a swollen shape with folds laid over it; `smoothing` is in units, larger for heavier cloth."""
    return normals(blur(height, smoothing / pixel) + folds, pixel)


def around(x: Array, y: Array, limbs: Sequence[Limb], margin: float = 0.08) -> tuple[slice, slice]:
    """(rows, columns) of the coordinates x (1, w) and y (h, 1) that lie within `margin` units of any limb."""
    left = min(min(a - r, b - s) for a, _, r, b, _, s in limbs) - margin
    right = max(max(a + r, b + s) for a, _, r, b, _, s in limbs) + margin
    top = min(min(a - r, b - s) for _, a, r, _, b, s in limbs) - margin
    bottom = max(max(a + r, b + s) for _, a, r, _, b, s in limbs) + margin
    rows, columns = np.searchsorted(y[:, 0], (top, bottom)), np.searchsorted(x[0], (left, right))
    return slice(int(rows[0]), int(rows[1])), slice(int(columns[0]), int(columns[1]))
