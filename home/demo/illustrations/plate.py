"""An engraved plate, such as one sees beside a door."""

import numpy as np
from PIL import Image

from .canvas import (
    Array,
    Canvas,
    blur,
    box,
    circle,
    coverage,
    develop,
    lambert,
    mix,
    normals,
    segment,
    smoothstep,
    tint,
)
from .registry import motif


@motif("engraved-plate")
def engraved_plate(canvas: Canvas) -> Image.Image:
    """A spanner and a tick cut into brushed metal, with a screw in each corner. The palette is the cut, the metal
    and the light on it."""
    x, y = canvas.x, canvas.y
    pixel = canvas.pixel
    wide, high = canvas.half_width, canvas.half_height
    # Brushed along, so the grain is noise that is smeared sideways.
    rng = canvas.random("brush")
    grain = blur(rng.normal(size=(canvas.height, 1)).astype(np.float32) + np.zeros(canvas.shape, np.float32), 0.6)
    grain += blur(rng.normal(size=canvas.shape).astype(np.float32), canvas.width / 160) * 4

    def turned(cx: float, cy: float, angle: float) -> tuple[Array, Array]:
        """Along and across a line through (cx, cy); `angle` in radians."""
        cosine, sine = np.float32(np.cos(angle)), np.float32(np.sin(angle))
        return (x - cx) * cosine + (y - cy) * sine, (y - cy) * cosine - (x - cx) * sine

    def spanner(angle: float) -> Array:
        """Distance to a spanner through the middle."""
        along, across = turned(0, 0, angle)
        handle = box(along, across, 0.42, 0.065, 0.03)
        heads = np.minimum(circle(along - 0.45, across, 0.17), circle(along + 0.45, across, 0.17))
        mouths = np.minimum(box(along - 0.6, across, 0.17, 0.075), box(along + 0.6, across, 0.17, 0.075))
        return np.maximum(np.minimum(handle, heads), -mouths)

    down, up = segment(x, y, (-0.27, 0.02), (-0.06, 0.24)), segment(x, y, (-0.06, 0.24), (0.36, -0.3))
    tick = np.minimum(down, up) - 0.062
    ring = np.abs(circle(x, y, 0.78)) - 0.022
    rim = np.abs(box(x, y, wide - 0.1, high - 0.1, 0.12)) - 0.012
    tool = np.maximum(spanner(0.85), -(tick - 0.05))
    cut = np.minimum(np.minimum(tool, tick), np.minimum(ring, rim))
    engraved = coverage(cut, pixel * 1.5)

    screws = np.full(canvas.shape, 9.0, np.float32)
    slots = np.full(canvas.shape, 9.0, np.float32)
    for number, (sx, sy) in enumerate(((-1, -1), (1, -1), (-1, 1), (1, 1))):
        angle = float(canvas.random(f"screw {number}").uniform(0, 3))
        along, across = turned(sx * (wide - 0.26), sy * (high - 0.26), angle)
        screws = np.minimum(screws, circle(along, across, 0.085))
        slots = np.minimum(slots, box(along, across, 0.09, 0.014))
    height = 0.03 * smoothstep(0.0, -0.085, screws) - 0.025 * coverage(slots, 0.01) * (screws < 0)
    height -= 0.03 * smoothstep(0.012, -0.03, cut) - grain * np.float32(0.0004)
    lit = lambert(normals(blur(height, 0.8), pixel), (-0.45, -0.75, 0.9))

    cut_colour, metal, light = canvas.palette[:3]
    sweep = 0.55 + 0.45 * np.exp(-(((x * 0.8 + y * 0.6 + 0.35) / 0.9) ** 2))
    shade = tint(lit * sweep * (1 + grain * np.float32(0.03)), metal)
    shade += tint(np.maximum(lit - 0.72, 0) * 1.6 * sweep, light)
    shade = mix(shade, cut_colour * (0.35 + 0.65 * lit[..., None]), engraved * (screws > 0))
    edge = np.abs(screws) - pixel
    return develop(canvas, mix(shade, shade * 0.35, coverage(edge, 0.012)))
