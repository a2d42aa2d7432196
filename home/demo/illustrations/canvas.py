"""The drawing table: coordinates, noise, blur, shapes, light, splats and the finishing of a print.

Pictures are float32 arrays of linear light, (height, width, 3) or (height, width); 1.0 is paper white before
exposure and highlights may go far above it. Lengths are in units: the short side runs from -1 to 1, y down.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image, ImageDraw

from .shapes import Array as Array
from .shapes import box as box
from .shapes import circle as circle
from .shapes import coverage as coverage
from .shapes import segment as segment
from .shapes import union as union

Shape = tuple[int, int]

# --- Colour --------------------------------------------------------------------------


def linear(colour: str) -> Array:
    """Linear light of an sRGB colour such as "#2a9d8f", shape (3,)."""
    digits = colour.lstrip("#")
    srgb = np.array([int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)])
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4).astype(np.float32)


def rgb(red: float, green: float, blue: float) -> Array:
    """Linear light (3,) in float32, so that what it multiplies stays small and quick."""
    return np.array([red, green, blue], np.float32)


def tint(shade: Array, colour: ArrayLike) -> Array:
    """A grey (height, width) picture lit in one colour: (height, width, 3)."""
    return shade[..., None] * np.asarray(colour, np.float32)


def ramp(value: Array, stops: Sequence[float], colours: ArrayLike) -> Array:
    """Colour every value by linear interpolation between `colours` (n, 3) placed at `stops` (n,)."""
    table = np.asarray(colours, np.float32)
    return np.stack([np.interp(value, stops, table[:, c]).astype(np.float32) for c in range(3)], axis=-1)


def mix(a: ArrayLike, b: ArrayLike, amount: ArrayLike) -> Array:
    """a where amount is 0, b where it is 1. A (height, width) amount is spread over colour channels."""
    first, second = np.asarray(a, np.float32), np.asarray(b, np.float32)
    weight = np.asarray(amount, np.float32)
    if weight.ndim == 2 and weight.shape[1] > 1 and max(first.ndim, second.ndim) != 2:
        weight = weight[..., None]
    return first + (second - first) * weight


def smoothstep(low: ArrayLike, high: ArrayLike, value: ArrayLike) -> Array:
    """0 below low, 1 above high, smooth between; low may be the greater."""
    first, last = np.asarray(low, np.float32), np.asarray(high, np.float32)
    t = np.clip((np.asarray(value, np.float32) - first) / (last - first), 0, 1)
    return t * t * (3 - 2 * t)


# --- The sheet -----------------------------------------------------------------------


class Canvas:
    """A sheet `size` = (width, height) px with its palette (n, 3, linear), its seed and its coordinates.

    `x` is (1, width) and `y` (height, 1): arithmetic between them broadcasts to the sheet. It spans
    -half_width..half_width and -half_height..half_height; `pixel` is the size of one pixel in those units.
    """

    def __init__(self, size: tuple[int, int], palette: Sequence[str] | Array, seed: int) -> None:
        self.width, self.height = size
        self.seed = seed
        self.palette: Array = (
            palette if isinstance(palette, np.ndarray) else np.stack([linear(colour) for colour in palette])
        )
        short = min(size)
        self.half_width, self.half_height = self.width / short, self.height / short
        self.pixel = 2 / short
        self.x: Array = ((np.arange(self.width, dtype=np.float32) + 0.5) * self.pixel - self.half_width)[None, :]
        self.y: Array = ((np.arange(self.height, dtype=np.float32) + 0.5) * self.pixel - self.half_height)[:, None]

    @property
    def shape(self) -> Shape:
        return self.height, self.width

    def coarser(self, divisor: float) -> "Canvas":
        """The same sheet with fewer pixels, for soft layers; `resize(layer, canvas.shape)` undoes it."""
        size = max(8, round(self.width / divisor)), max(8, round(self.height / divisor))
        return Canvas(size, self.palette, self.seed)

    def random(self, name: str) -> np.random.Generator:
        """Random numbers for one part of the picture, which no other part can shift."""
        return np.random.default_rng([self.seed, crc32(name.encode())])

    def empty(self) -> Array:
        return np.zeros((self.height, self.width, 3), np.float32)

    def fbm(self, name: str, cells: float, octaves: int = 5, gain: float = 0.5, ridged: bool = False) -> Array:
        """Fractal noise, mean 0 and deviation 1; `cells` lumps of the largest size across the short side.

        `ridged` folds each octave into sharp crests (high values). The last octaves are dropped once they are
        finer than a pixel, so a small drawing of the same seed looks like a small copy of a large one.
        """
        short = min(self.shape)
        need = self.height / short * cells, self.width / short * cells
        lattice = max(2, int(np.ceil(need[0]))), max(2, int(np.ceil(need[1])))
        extent = need[0] / lattice[0], need[1] / lattice[1]
        random = self.random(name)
        total: Array = np.zeros((1, 1), np.float32)
        weight = 1.0
        for octave in range(octaves):
            if octave and lattice[0] * extent[0] > self.height:
                break
            fine = lattice[0] * 2, lattice[1] * 2
            layer = resize(random.standard_normal(lattice, np.float32), fine)
            if ridged:
                layer = 0.8 - np.abs(layer)
            total = resize(total, fine) + layer * weight
            weight *= gain
            lattice = fine
        total = (total - total.mean()) / (total.std() + 1e-9)
        box = (0.0, 0.0, extent[1] * lattice[1], extent[0] * lattice[0])
        image = Image.fromarray(total).resize((self.width, self.height), Image.Resampling.BICUBIC, box=box)
        return np.asarray(image, np.float32)

    def column(self, x: ArrayLike) -> Array:
        """Units to pixels across (0 is the left edge of the first pixel)."""
        return (np.asarray(x, np.float32) + self.half_width) / self.pixel

    def row(self, y: ArrayLike) -> Array:
        """Units to pixels down."""
        return (np.asarray(y, np.float32) + self.half_height) / self.pixel

    def patch(self, x: float, y: float, radius_x: float, radius_y: float | None = None) -> tuple[slice, slice]:
        """(rows, columns) of the part of the sheet within a radius of a point, clipped; may be empty."""
        ry = radius_x if radius_y is None else radius_y
        left, right = float(self.column(x - radius_x)), float(self.column(x + radius_x))
        top, bottom = float(self.row(y - ry)), float(self.row(y + ry))
        return (
            slice(max(0, int(top)), max(0, min(self.height, int(bottom) + 1))),
            slice(max(0, int(left)), max(0, min(self.width, int(right) + 1))),
        )

    def strokes(self, curves: Sequence[Array], thickness: float, levels: Sequence[float] | None = None) -> Array:
        """Coverage 0..1 (height, width) of smooth-edged lines through `curves`, each (n, 2) of x, y in units.

        `levels` gives each curve its own strength 0..1; where curves cross, the later one wins.
        """
        factor = 2 if self.width < 3000 else 1
        sheet = Image.new("L", (self.width * factor, self.height * factor))
        pen = ImageDraw.Draw(sheet)
        breadth = max(1, round(thickness / self.pixel * factor))
        for i, curve in enumerate(curves):
            points = np.stack([self.column(curve[:, 0]), self.row(curve[:, 1])], axis=1) * factor
            level = 255 if levels is None else int(255 * levels[i])
            pen.line([(float(x), float(y)) for x, y in points], fill=level, width=breadth, joint="curve")
        return np.asarray(sheet.reduce(factor), np.float32) / 255


# --- Resampling and blur -------------------------------------------------------------


def resize(picture: Array, shape: Shape, soft: bool = True) -> Array:
    """`picture` at (height, width), by bicubic interpolation or, unless soft, from nearest neighbours."""
    if picture.shape[:2] == tuple(shape):
        return picture
    if picture.ndim == 3:
        planes = np.empty((*shape, picture.shape[2]), np.float32)
        for c in range(picture.shape[2]):
            planes[..., c] = resize(picture[..., c], shape, soft)
        return planes
    method = Image.Resampling.BICUBIC if soft else Image.Resampling.NEAREST
    image = Image.fromarray(np.ascontiguousarray(picture, np.float32))
    return np.asarray(image.resize((shape[1], shape[0]), method), np.float32)


def blur(picture: Array, sigma: float) -> Array:
    """Gaussian blur, `sigma` in px; edges are held. Wide blurs are made at a smaller size, so cheap."""
    if sigma < 0.3:
        return picture
    factor = max(1, int(sigma / 1.6))
    if factor > 1:
        shape = picture.shape[:2]
        small_shape = max(2, -(-shape[0] // factor)), max(2, -(-shape[1] // factor))
        small = resize(picture, small_shape)
        return resize(blur(small, sigma / factor), shape)
    reach = int(np.ceil(sigma * 2.6))
    taps = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2).astype(np.float32)
    taps /= taps.sum()
    for axis in (0, 1):
        length = picture.shape[axis]
        padding = [(reach, reach) if a == axis else (0, 0) for a in range(picture.ndim)]
        padded = np.pad(picture, padding, mode="edge")
        total = np.zeros_like(picture)
        for i, tap in enumerate(taps):
            total += tap * (padded[i : i + length] if axis == 0 else padded[:, i : i + length])
        picture = total
    return picture


def sample(picture: Array, column: Array, row: Array) -> Array:
    """Bilinear look-up of `picture` at pixel positions (0.5 is the middle of the first pixel), edges held."""
    height, width = picture.shape[:2]
    c = np.clip(column - 0.5, 0, width - 1.001)
    r = np.clip(row - 0.5, 0, height - 1.001)
    left, top = c.astype(np.int32), r.astype(np.int32)
    fc, fr = (c - left).astype(np.float32), (r - top).astype(np.float32)
    if picture.ndim == 3:
        fc, fr = fc[..., None], fr[..., None]
    flat = picture.reshape(height * width, *picture.shape[2:])
    index = top * width + left
    upper = flat[index] * (1 - fc) + flat[index + 1] * fc
    lower = flat[index + width] * (1 - fc) + flat[index + width + 1] * fc
    return upper * (1 - fr) + lower * fr


def depth_of_field(picture: Array, circle: Array, largest: float) -> Array:
    """Blur each pixel by `circle` (height, width) px of sigma, up to `largest`. Slow at full size."""
    # What is sharp must not bleed into the blur behind it, so it weighs next to nothing there.
    weight = np.clip(circle / np.float32(largest * 0.12), 0.002, 1)[..., None]
    steps = [0.0, *(largest * f for f in (0.18, 0.42, 1.0))]
    result = below = picture
    for low, high in pairwise(steps):
        above = blur(picture * weight, high) / np.maximum(blur(weight, high), 0.001)
        part = np.clip((circle - low) / (high - low), 0, 1)[..., None]
        result = np.where(circle[..., None] > low, below + (above - below) * part, result)
        below = above
    return result.astype(np.float32)


# --- Light ---------------------------------------------------------------------------


def normals(height: Array, pixel: float) -> tuple[Array, Array, Array]:
    """Unit normals (nx, ny, nz) of a height field in the same units as `pixel`; nz points at the camera."""
    dy, dx = np.gradient(height, np.float32(pixel))
    nz = 1 / np.sqrt(dx * dx + dy * dy + 1)
    return (-dx * nz).astype(np.float32), (-dy * nz).astype(np.float32), nz.astype(np.float32)


def unit(direction: ArrayLike) -> Array:
    vector = np.asarray(direction, np.float32)
    return vector / np.linalg.norm(vector)


def lambert(normal: tuple[Array, Array, Array], light: ArrayLike) -> Array:
    """Matt light 0..1; `light` points from the surface to the lamp (x right, y down, z to the camera)."""
    lx, ly, lz = unit(light)
    return np.maximum(normal[0] * lx + normal[1] * ly + normal[2] * lz, 0)


def occlusion(height: Array, sigma: float, depth: float) -> Array:
    """Shade in hollows: 1 in the open, down to 0 where the field lies `depth` below its surroundings."""
    return np.clip(1 - np.maximum(blur(height, sigma) - height, 0) / np.float32(depth), 0, 1)


# --- Splats --------------------------------------------------------------------------


def splat(shape: Shape, column: ArrayLike, row: ArrayLike, weight: ArrayLike = 1.0) -> Array:
    """Add thousands of points at fractional pixel positions, each shared between its four neighbours."""
    height, width = shape
    c, r = np.ravel(column) - 0.5, np.ravel(row) - 0.5
    left, top = np.floor(c).astype(np.int64), np.floor(r).astype(np.int64)
    fc, fr = c - left, r - top
    value = np.broadcast_to(np.ravel(weight), c.shape)
    total = np.zeros(height * width)
    for i, j, share in (
        (0, 0, (1 - fc) * (1 - fr)),
        (1, 0, fc * (1 - fr)),
        (0, 1, (1 - fc) * fr),
        (1, 1, fc * fr),
    ):
        a, b = left + i, top + j
        inside = (a >= 0) & (a < width) & (b >= 0) & (b < height)
        total += np.bincount((b * width + a)[inside], (value * share)[inside], height * width)
    return total.reshape(shape).astype(np.float32)


def bokeh(canvas: Canvas, target: Array, points: Array, radii: ArrayLike, colours: ArrayLike) -> None:
    """Add out-of-focus lights to `target` in place: bright-rimmed discs at points (n, 2) in units."""
    for (x, y), radius, colour in zip(
        points, np.broadcast_to(radii, len(points)), np.asarray(colours), strict=True
    ):
        rows, columns = canvas.patch(x, y, radius * 1.1)
        if rows.start >= rows.stop or columns.start >= columns.stop:
            continue
        away = np.hypot(canvas.x[:, columns] - x, canvas.y[rows] - y) / np.float32(radius)
        disc = smoothstep(1.03, 0.95, away) * (0.75 + 0.35 * away**4)
        target[rows, columns] += disc[..., None] * np.asarray(colour, np.float32)


# --- The print -----------------------------------------------------------------------


def bloom(picture: Array, amount: float = 0.15, threshold: float = 1.0, spread: float = 0.02) -> Array:
    """Let highlights glow: three halos, the smallest of sigma `spread` of the long side."""
    height, width = picture.shape[:2]
    small = resize(picture, (max(4, height // 6), max(4, width // 6)))
    strongest = np.maximum(small.max(axis=-1, keepdims=True), 1e-6)
    bright = small * (np.maximum(strongest - np.float32(threshold), 0) / strongest)
    sigma = spread * max(bright.shape)
    halo: Array = sum((blur(bright, sigma * k) / k**0.5 for k in (1, 3, 8)), np.zeros_like(bright))
    return picture + resize(np.float32(amount) * halo, (height, width))


@cache
def _tone_table(contrast: float) -> NDArray[np.uint8]:
    """sRGB 0..255 for 8192 steps of the square root of linear light 0..16: a soft shoulder, a gentle toe."""
    light = np.linspace(0, 4, 8192) ** 2 * 0.72
    toned = np.clip(light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14), 0, 1)
    toned = np.where(toned <= 0.0031308, toned * 12.92, 1.055 * toned ** (1 / 2.4) - 0.055)
    curve = toned + contrast * (toned * toned * (3 - 2 * toned) - toned)
    return (curve * 255 + 0.5).astype(np.uint8)


def develop(
    canvas: Canvas,
    picture: Array,
    *,
    exposure: float = 1.0,
    contrast: float = 0.0,
    vignette: float = 0.25,
    grain: float = 2.2,
    glow: float = 0.0,
    threshold: float = 1.0,
) -> Image.Image:
    """The finished RGB print, at the canvas's size whatever the size of `picture`.

    exposure multiplies light; vignette is the light lost in the corners, 0..1; grain is in 8-bit steps;
    glow is the strength of bloom above `threshold`. Highlights roll off as on film; contrast 0..1 deepens it.
    """
    if glow:
        picture = bloom(picture, glow, threshold)
    height, width = picture.shape[:2]
    fall_x = np.linspace(-canvas.half_width, canvas.half_width, width, dtype=np.float32)[None, :] ** 2
    fall_y = np.linspace(-canvas.half_height, canvas.half_height, height, dtype=np.float32)[:, None] ** 2
    corner = np.float32(canvas.half_width**2 + canvas.half_height**2)
    table = _tone_table(contrast)
    plate = np.empty((height, width, 3), np.uint8)
    # A band of rows at a time stays in the processor's cache.
    for top in range(0, height, 32):
        band = slice(top, top + 32)
        away = (fall_x + fall_y[band]) / corner
        dimming = np.float32(exposure) * (1 - np.float32(vignette) * away * (0.5 + 0.5 * away))
        light = np.clip(picture[band] * dimming[..., None], 0, 16)
        plate[band] = table[(np.sqrt(light) * np.float32(8191 / 4)).astype(np.uint16)]
    sheet = Image.fromarray(plate)
    if sheet.size != (canvas.width, canvas.height):
        sheet = sheet.resize((canvas.width, canvas.height), Image.Resampling.BICUBIC)
    if not grain:
        return sheet
    print_ = np.array(sheet)
    random = canvas.random("grain")
    for top in range(0, canvas.height, 32):
        rows = print_[top : top + 32]
        silver = random.standard_normal((len(rows) + 1, canvas.width + 1), np.float32)
        silver = silver[1:, 1:] + (silver[:-1, 1:] + silver[1:, :-1]) * np.float32(0.45)
        specks = (silver * np.float32(grain * 0.85) + np.float32(128.5)).astype(np.int16) - np.int16(128)
        rows[...] = np.clip(rows + specks[..., None], 0, 255)
    return Image.fromarray(print_)
