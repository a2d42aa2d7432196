"""How a printed thing looks: layer on layer of plastic, a shadow, and the odd thread."""

from collections.abc import Callable
from math import pi

import numpy as np

from .canvas import (
    Array,
    Canvas,
    blur,
    box,
    coverage,
    linear,
    normals,
    resize,
    smoothstep,
)

LAYER = 0.0062  # one printed layer, in units


Shape = Callable[[Array, Array], tuple[Array, Array]]


class Shelf:
    """Prints are set down one by one, each with its shadow on the wall and its foot on the board."""

    def __init__(self, canvas: Canvas, picture: Array) -> None:
        self.canvas = canvas
        self.picture = picture
        self.random = canvas.random("prints")
        self.wobble = canvas.fbm("wobble", 120, 2)
        self.slow = resize(canvas.coarser(4).fbm("slow", 5, 3), canvas.shape)

    def stand(
        self,
        x: float,
        base: float,
        wide: float,
        tall: float,
        colour: str,
        shape: Shape,
        gloss: float = 0.25,
        layer: float = LAYER,
    ) -> None:
        """Print `shape(x, h)`: signed distance and depth in units, x from its middle, h up from the board."""
        canvas = self.canvas
        rows, columns = canvas.patch(x + 0.03, base - tall / 2, wide / 2 + 0.14, tall / 2 + 0.10)
        px, h = canvas.x[:, columns] - x, base - canvas.y[rows]
        rough, slow = self.wobble[rows, columns], self.slow[rows, columns]
        number = np.floor(h / layer)
        # Each layer lands a hair off the one below it.
        jitter = self.random.normal(0, 0.0006, 400).astype(np.float32)[number.astype(np.int32) % 400]
        distance, depth = shape(px + jitter + 0.0005 * rough, h + 0 * px)
        distance = np.maximum(distance, -h)
        target = self.picture[rows, columns]
        cast, _ = shape(px - 0.045, h + 0.030 + 0 * px)
        shade = smoothstep(0.045, -0.045, cast) * (h > -0.004)
        foot = np.exp(-np.maximum(distance, 0) / np.float32(0.012)) * np.exp(-np.abs(h) / np.float32(0.02))
        target *= 1 - (0.34 * shade + 0.40 * foot * (distance > 0))[..., None]
        bead = np.abs(np.sin(h / layer * pi)) ** 0.7
        surface = depth + 0.0016 * bead + 0.0007 * rough * 0.5
        nx, ny, nz = normals(blur(depth, 1.0) + (surface - depth), canvas.pixel)
        matt = 0.16 + 0.62 * nz - 0.30 * ny - 0.20 * nx
        shine = np.maximum(0.80 * nz - 0.42 * ny - 0.28 * nx, 0) ** 26 * gloss
        tone = np.clip(matt, 0.04, 1.2) * (0.88 + 0.12 * bead) * (1 + 0.03 * rough + 0.05 * slow)
        tone *= 0.72 + 0.28 * smoothstep(0.0, 0.10, h)
        plastic = linear(colour)
        thin = np.exp(np.minimum(distance, 0) / np.float32(0.018))
        lit = plastic * tone[..., None] + (plastic * 0.4 + 0.25) * (shine + 0.06 * thin)[..., None]
        target += (lit - target) * coverage(distance, canvas.pixel * 1.5)[..., None]

    def hairs(
        self, x: float, y: float, spread: float, count: int, colour: str, drop: float = 0.04, breadth: float = 1.5
    ) -> None:
        """Stringing: threads finer than a bristle, left where the nozzle travelled."""
        curves = []
        for _ in range(count):
            t = np.linspace(0, 1, 14)
            a, b = self.random.normal(0, spread, 2), self.random.normal(0, spread, 2)
            mid = (a + b) / 2 + [self.random.normal(0, spread * 0.4), abs(self.random.normal(0, drop))]
            curve = (1 - t)[:, None] ** 2 * a + 2 * ((1 - t) * t)[:, None] * mid + t[:, None] ** 2 * b
            curves.append((curve + np.array([x, y])).astype(np.float32))
        self.threads(curves, colour, breadth)

    def threads(self, curves: list[Array], colour: str, breadth: float) -> None:
        """Round strands, each with a shadow below and a light line along its top."""
        canvas = self.canvas
        points = np.concatenate(curves)
        margin = 0.03
        cx, cy = (points[:, 0].min() + points[:, 0].max()) / 2, (points[:, 1].min() + points[:, 1].max()) / 2
        patch = canvas.patch(
            float(cx), float(cy), float(np.ptp(points[:, 0]) / 2 + margin), float(np.ptp(points[:, 1]) / 2 + margin)
        )
        # Strokes are drawn on a small sheet of their own.
        rows, columns = patch
        sheet = Canvas((columns.stop - columns.start, rows.stop - rows.start), canvas.palette, canvas.seed)
        pixel = sheet.pixel

        def place(curve: Array, dx: float = 0.0, dy: float = 0.0) -> Array:
            column = canvas.column(curve[:, 0] + dx) - columns.start
            row = canvas.row(curve[:, 1] + dy) - rows.start
            return np.stack([column * pixel - sheet.half_width, row * pixel - sheet.half_height], axis=1)

        plastic = linear(colour)
        target = self.picture[patch]
        step = max(1, -(-len(curves) // (5 if len(curves) > 100 else 2)))
        for first in range(0, len(curves), step):
            some = curves[first : first + step]
            shade = blur(sheet.strokes([place(c, 0.004, 0.006) for c in some], breadth * 1.6 * pixel), 2.0)
            target *= 1 - 0.42 * shade[..., None]
            depth = 0.55 + 0.45 * first / max(1, len(curves) - 1)
            body = sheet.strokes([place(c) for c in some], breadth * 2 * pixel)
            target += (plastic * 0.62 * depth - target) * body[..., None]
            ridge = sheet.strokes([place(c, -0.0006, -0.0013) for c in some], breadth * 0.8 * pixel)
            target += (plastic * 0.95 * depth + 0.06 - target) * (0.8 * ridge)[..., None]


def turned(
    profile: list[tuple[float, float]],
    lean: float = 0.0,
    ribs: int = 0,
    twist: float = 0.0,
    slips: tuple[tuple[float, float], ...] = (),
) -> Shape:
    """A body of revolution from (height, radius) stations; it may lean, be ribbed, twist, or slip sideways."""
    hs, rs = (np.array(column, np.float32) for column in zip(*profile, strict=True))

    def shape(x: Array, h: Array) -> tuple[Array, Array]:
        radius = np.interp(h, hs, rs).astype(np.float32)
        middle = lean * np.maximum(h, 0) ** 1.6
        for height, slip in slips:
            middle = middle + slip * (h > height)
        across = (x - middle) / np.maximum(radius, 1e-3)
        bow = np.sqrt(np.maximum(1 - across * across, 0))
        angle = np.arcsin(np.clip(across, -1, 1))
        flute = 0.05 * radius * np.cos(ribs * angle + twist * h) if ribs else 0
        return np.maximum(np.abs(x - middle) - radius, h - hs[-1]), radius * bow * 0.9 + flute

    return shape


def slab(
    half: float,
    tall: float,
    corner: float,
    lean: float = 0.0,
    slips: tuple[tuple[float, float], ...] = (),
    curl: float = 0.0,
) -> Shape:
    """A block seen square on; `curl` lifts its corners off the bed."""

    def shape(x: Array, h: Array) -> tuple[Array, Array]:
        middle = lean * h
        for height, slip in slips:
            middle = middle + slip * (h > height)
        lift = curl * (np.abs(x) / half) ** 3
        distance = box(x - middle, h - tall / 2 - lift, half, tall / 2, corner)
        inward = np.clip(-distance / np.float32(0.02), 0, 1)
        return distance, np.sqrt(1 - (1 - inward) ** 2) * np.float32(0.02)

    return shape
