"""An old book of pressed plants, mended along its spine."""

from math import cos, pi, sin

import numpy as np
from PIL import Image, ImageDraw

from .canvas import (
    Array,
    Canvas,
    blur,
    box,
    coverage,
    develop,
    linear,
    mix,
    normals,
    resize,
    smoothstep,
)
from .registry import motif

WORKING = 2600  # px: the book is drawn no larger than this, then enlarged


class Press:
    """Pressed plants as colour laid on the sheet: strokes and leaves painted on one PIL image a layer."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.tone = Image.new("L", (canvas.width, canvas.height))  # how much plant covers the paper
        self.hue = Image.new("L", (canvas.width, canvas.height))  # 0 brown to 255 green
        self.vein = Image.new("L", (canvas.width, canvas.height))
        self.straps: list[tuple[float, float, float]] = []  # x, y and lean of each paper strap
        self.pens = [ImageDraw.Draw(layer) for layer in (self.tone, self.hue, self.vein)]

    def _px(self, points: Array) -> list[tuple[float, float]]:
        column, row = self.canvas.column(points[:, 0]), self.canvas.row(points[:, 1])
        return [(float(a), float(b)) for a, b in zip(column, row, strict=True)]

    def stem(self, points: Array, thick: float, hue: int) -> None:
        width = max(1, round(thick / self.canvas.pixel))
        line = self._px(points)
        self.pens[0].line(line, fill=235, width=width, joint="curve")
        self.pens[1].line(line, fill=hue, width=width + 1, joint="curve")

    def leaf(
        self, x: float, y: float, angle: float, long: float, wide: float, hue: int, cover: int, teeth: float = 0.0
    ) -> None:
        t = np.linspace(0, 1, 26)
        edge = wide * np.sin(pi * t**0.85) ** 0.9 * (1 + teeth * np.sin(t * 40))
        mid = np.stack([t * long, 0.08 * long * np.sin(t * 2.4)], axis=1)
        upper, lower = mid + np.stack([0 * t, edge], 1), mid - np.stack([0 * t, edge], 1)
        turn = np.array([[cos(angle), sin(angle)], [-sin(angle), cos(angle)]])
        outline = np.concatenate([upper, lower[::-1]]) @ turn + [x, y]
        shape = self._px(outline)
        self.pens[0].polygon(shape, fill=cover)
        self.pens[1].polygon(shape, fill=hue)
        rib = self._px(mid @ turn + [x, y])
        self.pens[2].line(rib, fill=220, width=max(1, round(0.0022 / self.canvas.pixel)))
        if wide > 0.012:
            for k in range(3, 22, 3):
                for side in (upper, lower):
                    end = mid[k] + (side[min(k + 3, 25)] - mid[k]) * 0.85
                    self.pens[2].line(self._px(np.stack([mid[k], end]) @ turn + [x, y]), fill=120, width=1)

    def fern(self, random: np.random.Generator, x: float, y: float, angle: float, tall: float, hue: int) -> None:
        t = np.linspace(0, 1, 40)
        bend = random.uniform(-0.5, 0.5)
        heading = angle + bend * t
        px, py = x + np.cumsum(np.cos(heading)) * tall / 40, y + np.cumsum(np.sin(heading)) * tall / 40
        self.stem(np.stack([px, py], axis=1), 0.006, hue)
        self.straps += [(float(px[k]), float(py[k]), float(heading[k]) + pi / 2) for k in (2, 15, 27)]
        for k in range(4, 40):
            reach = tall * 0.34 * np.sin(pi * (0.10 + 0.88 * t[k])) ** 0.8 * (1 - 0.55 * t[k])
            for side in (-1, 1):
                lean = heading[k] + side * (1.15 - 0.35 * t[k])
                shade = int(np.clip(hue + random.normal(0, 16), 0, 255))
                s = np.linspace(0, 1, max(5, int(reach / 0.0045)))
                # A pinna: one outline with a lobe for every leaflet, narrowing to its tip.
                lobes = (
                    (0.55 + 0.45 * np.abs(np.sin(s * len(s) * 0.95)))
                    * (1 - 0.82 * s**1.3)
                    * (0.5 + 0.5 * np.minimum(s * 6, 1))
                )
                half = 0.021 * lobes * (0.30 + 0.70 * (1 - t[k]))
                curve = lean - side * 0.35 * s
                bx, by = (
                    px[k] + np.cumsum(np.cos(curve)) * reach / len(s),
                    py[k] + np.cumsum(np.sin(curve)) * reach / len(s),
                )
                across = np.stack([-np.sin(curve), np.cos(curve)], axis=1) * half[:, None]
                spine = np.stack([bx, by], axis=1)
                shape = self._px(np.concatenate([spine + across, (spine - across)[::-1]]))
                self.pens[0].polygon(shape, fill=225)
                self.pens[1].polygon(shape, fill=shade)
                self.pens[2].line(self._px(spine), fill=170, width=max(1, round(0.0016 / self.canvas.pixel)))

    def herb(self, random: np.random.Generator, x: float, y: float, tall: float, hue: int, flower: bool) -> None:
        t = np.linspace(0, 1, 30)
        sway = random.uniform(-0.12, 0.12)
        px, py = x + sway * np.sin(t * 2.2), y - tall * t
        self.stem(np.stack([px, py], axis=1), 0.008, hue - 40)
        self.straps += [(float(px[k]), float(py[k]), 0.05) for k in (1, 11, 20)]
        for k in range(3, 28, 3):
            for side in (-1, 1):
                long = tall * 0.24 * (1 - 0.62 * t[k]) * random.uniform(0.8, 1.15)
                angle = -pi / 2 + side * random.uniform(0.75, 1.15)
                self.leaf(
                    px[k],
                    py[k],
                    angle,
                    long,
                    long * 0.20,
                    int(np.clip(hue + random.normal(0, 22), 0, 255)),
                    228,
                    0.06,
                )
        for root in range(9):
            a = pi / 2 + random.normal(0, 0.6)
            r = np.linspace(0, random.uniform(0.04, 0.11), 12)
            self.stem(
                np.stack([x + r * cos(a) + 0.010 * np.sin(r * 70 + root), y + r * sin(a)], axis=1), 0.0025, 30
            )
        if flower:
            for _ in range(6):
                fx, fy = px[-1] + random.normal(0, 0.035), py[-1] + random.normal(0, 0.03)
                for p in range(7):
                    self.leaf(fx, fy, p * 2 * pi / 7 + random.normal(0, 0.1), 0.034, 0.0095, 8, 190)

    def grass(self, random: np.random.Generator, x: float, y: float, tall: float) -> None:
        self.straps += [(x - 0.01, y - tall * 0.18, 0.03), (x - 0.02, y - tall * 0.42, -0.05)]
        for _ in range(13):
            t = np.linspace(0, 1, 24)
            lean, bow = random.normal(-0.05, 0.13), random.normal(0, 0.14)
            long = tall * random.uniform(0.55, 1.0)
            curve = np.stack([x + random.normal(0, 0.008) + long * (lean * t + bow * t**3), y - long * t], axis=1)
            self.stem(curve, 0.0032, 110)
            if random.random() < 0.6:
                for k in range(15, 24):
                    for side in (-1, 1):
                        self.leaf(curve[k, 0], curve[k, 1], -pi / 2 + side * 0.4 + lean, 0.026, 0.0045, 60, 205)


def _plants(canvas: Canvas) -> tuple[Array, Array, Array, list[tuple[float, float, float]]]:
    press = Press(canvas)
    random = canvas.random("plants")
    press.fern(random, -0.86, 0.62, -pi / 2 + 0.15, 1.25, 165)
    press.fern(random, -0.58, 0.60, -pi / 2 + 0.45, 0.62, 140)
    press.grass(random, -0.31, 0.56, 0.85)
    press.herb(random, 0.36, 0.48, 1.02, 150, True)
    press.herb(random, 0.80, 0.50, 0.84, 180, True)
    press.grass(random, 1.02, 0.52, 0.55)
    cover, hue, vein = (np.asarray(layer, np.float32) / 255 for layer in (press.tone, press.hue, press.vein))
    return blur(cover, 0.7), hue, blur(vein, 0.6), press.straps


@motif("open-book")
def open_book(canvas: Canvas) -> Image.Image:
    """A herbarium lying open under soft light; Japanese tissue carries the page across its broken spine."""
    if max(canvas.width, canvas.height) <= WORKING:
        return develop(canvas, _book(canvas), exposure=0.98, contrast=0.30, vignette=0.30, grain=2.0)
    return _enlarged(canvas)


def _enlarged(canvas: Canvas) -> Image.Image:
    """The working drawing, enlarged smoothly, given paper tooth and grain in strips so that memory stays small."""
    small = canvas.coarser(max(canvas.width, canvas.height) / WORKING)
    print_ = develop(small, _book(small), exposure=0.98, contrast=0.30, vignette=0.30, grain=0.0)
    large = print_.resize((canvas.width, canvas.height), Image.Resampling.LANCZOS)
    tile = canvas.random("tooth").standard_normal((1024, 1024), np.float32)
    tooth = (
        tile
        + blur(np.tile(tile, (2, 2)), 1.6)[512:1536, 512:1536] * 5
        + blur(np.tile(tile, (2, 2)), 4.0)[512:1536, 512:1536] * 9
    )
    tooth = np.tile(tooth * np.float32(1.5), (1, -(-canvas.width // 1024)))[:, : canvas.width]
    random = canvas.random("grain")
    for top in range(0, canvas.height, 512):
        box_ = (0, top, canvas.width, min(top + 512, canvas.height))
        strip = np.asarray(large.crop(box_), np.float32)
        rows = (np.arange(strip.shape[0]) + top) % 1024
        grain = tooth[rows] + random.standard_normal(strip.shape[:2], np.float32) * np.float32(2.2)
        strip = strip + (grain * (0.35 + strip[..., 1] / np.float32(300)))[..., None]
        large.paste(Image.fromarray(np.clip(strip + 0.5, 0, 255).astype(np.uint8)), (0, top))
    return large


def _book(canvas: Canvas) -> Array:
    x, y = canvas.x, canvas.y
    paper, green, leather = canvas.palette
    grain = canvas.fbm("paper", 150, 4, 0.6)
    fibre = canvas.fbm("fibre", 240, 2, 0.7, ridged=True)
    cloud = resize(canvas.coarser(4).fbm("cloud", 4, 5), canvas.shape)
    wave = resize(canvas.coarser(4).fbm("wave", 2.2, 3), canvas.shape)
    # Bench: a dark felt under the copy stand.
    felt = canvas.fbm("felt", 200, 3, 0.7)
    picture = linear("#23262a") * (0.55 + 0.10 * felt + 0.05 * cloud)[..., None]
    half_w, half_h = 1.135, 0.80
    yb = y - 0.010 * wave
    cover = box(x, y + 0 * x, half_w + 0.060, half_h + 0.050, 0.03)
    shadow = np.exp(
        -np.maximum(box(x - 0.02, y - 0.035, half_w + 0.05, half_h + 0.04, 0.05), 0) / np.float32(0.055)
    )
    picture *= (1 - 0.8 * shadow)[..., None]
    scuff = resize(canvas.coarser(2).fbm("scuff", 22, 5, 0.6, ridged=True), canvas.shape)
    hide = (
        leather * (0.50 + 0.12 * scuff + 0.05 * grain)[..., None]
        + linear("#b08968")
        * (0.20 * smoothstep(0.9, 1.9, scuff) + 0.25 * np.exp(-np.abs(cover + 0.006) / 0.006))[..., None]
    )
    picture = mix(picture, hide * 0.8, coverage(cover, canvas.pixel * 1.6))
    # Leaves below the open spread show as a stack of edges.
    stack = box(x, yb, half_w, half_h, 0.008) + 0.0012 * wave
    leaf = np.floor(stack / np.float32(0.0040))
    tone = 0.42 + 0.02 * ((leaf * 7) % 5) - 0.10 * smoothstep(0.75, 1.0, (stack / np.float32(0.0040)) % 1)
    picture = mix(
        picture,
        paper * [1.0, 0.94, 0.82] * tone[..., None],
        coverage(stack - np.float32(0.036), canvas.pixel * 1.4),
    )
    page = (
        box(x, yb, half_w, half_h, 0.012)
        + 0.0022 * grain * smoothstep(0.02, 0.0, np.abs(np.abs(x) - half_w))
        + 0.003 * np.maximum(cloud - 1.0, 0)
    )
    # The pages rise from the gutter and fall to the fore-edge.
    out = np.abs(x)
    swell = 0.17 * (1 - np.exp(-out / 0.075)) * (
        1 - 0.55 * smoothstep(0.1, half_w, out)
    ) + 0.010 * wave * smoothstep(0.02, 0.4, out)
    cockle = 0.0040 * np.sin(x * 13 + 3 * wave + y * 2.0) * smoothstep(0.2, 0.9, out)
    plant, hue, vein, straps = _plants(canvas)
    lifted = blur(plant, 2.2)
    height = swell + cockle + 0.00030 * grain + 0.00012 * fibre + 0.0055 * lifted + 0.0014 * vein * plant
    nx, ny, nz = normals(height, canvas.pixel)
    light = np.maximum(0.38 * -nx - 0.42 * ny + 0.82 * nz, 0) + 0.20 + 0.10 * nz
    gutter = 1 - 0.62 * np.exp(-out / 0.050) - 0.18 * np.exp(-out / 0.20)
    # Age: browned edges, foxing, a tide line, the ghosts that plants leave on the facing page.
    rim = np.exp(np.minimum(page, 0) / np.float32(0.07))
    sheet = mix(paper, paper * [0.90, 0.80, 0.62], np.clip(0.45 * rim + 0.14 * cloud + 0.22, 0, 1))
    fox = canvas.random("foxing")
    spots = np.zeros(canvas.shape, np.float32)
    for _ in range(240):
        sx, sy, size = fox.uniform(-1.1, 1.1), fox.uniform(-0.78, 0.78), 10 ** fox.uniform(-2.6, -1.75)
        rows, columns = canvas.patch(sx, sy, size * 2.6)
        away = ((canvas.x[:, columns] - sx) ** 2 + (canvas.y[rows] - sy) ** 2) / np.float32(size * size)
        spots[rows, columns] += np.exp(-away) * np.float32(fox.uniform(0.2, 0.85))
    sheet = mix(sheet, linear("#a8703a"), np.clip(spots * (0.8 + 0.25 * grain), 0, 0.75))
    ghost = blur(plant[:, ::-1], canvas.width * 0.0045)
    sheet = mix(sheet, linear("#a98c5a"), 0.20 * ghost)
    tide = np.abs(np.sqrt((x - 1.0) ** 2 + (y - 0.75) ** 2) - 0.42 - 0.03 * cloud)
    sheet *= (1 - 0.16 * np.exp(-tide / 0.007) - 0.03 * (np.sqrt((x - 1.0) ** 2 + (y - 0.75) ** 2) < 0.42))[
        ..., None
    ]
    sheet *= (1 + 0.020 * grain + 0.012 * fibre)[..., None]
    _labels(canvas, sheet, grain)
    shade = blur(
        np.roll(plant, (max(1, round(0.006 / canvas.pixel)), max(1, round(0.005 / canvas.pixel))), axis=(0, 1)), 2.6
    )
    sheet *= (1 - 0.42 * shade * (1 - plant))[..., None]
    dry = mix(linear("#5a4326"), green * 0.62, np.clip(hue + 0.10 * cloud, 0, 1))
    dry = mix(dry, linear("#a5893f"), np.clip(0.30 * smoothstep(0.3, 1.6, cloud) + 0.10 * grain, 0, 0.6))
    petal = (hue < 0.06) & (plant > 0.3)
    dry = np.where(petal[..., None], linear("#8d5a74") * 0.9 + 0.05 * grain[..., None], dry)
    dry = dry * (0.86 + 0.13 * grain - 0.30 * vein)[..., None]
    sheet = mix(sheet, dry, plant * 0.93)
    _straps(canvas, sheet, grain, straps)
    lit = sheet * (light * gutter)[..., None] * 0.86
    lit = _tissue(canvas, lit, paper, grain)
    picture = mix(picture, lit, coverage(page, canvas.pixel * 1.6))
    fall = 1.05 - 0.22 * ((x + 0.25) ** 2 * 0.5 + (y + 0.3) ** 2 * 0.5)
    return (picture * fall[..., None]).astype(np.float32)


def _labels(canvas: Canvas, sheet: Array, grain: Array) -> None:
    """Mounted labels with a printed border and a clerk's hand, laid on `sheet` in place."""
    random = canvas.random("labels")
    for cx, cy, w, h in ((-0.34, 0.665, 0.155, 0.070), (0.62, 0.655, 0.165, 0.075), (-0.88, -0.675, 0.11, 0.045)):
        patch = canvas.patch(cx, cy, w + 0.03, h + 0.03)
        x, y, tooth = canvas.x[:, patch[1]] - cx, canvas.y[patch[0]] - cy, grain[patch]
        target = sheet[patch]
        edge = box(x, y, w, h, 0.004)
        drop = np.exp(-np.maximum(box(x - 0.004, y - 0.005, w, h), 0) / np.float32(0.006))
        target *= 1 - 0.35 * (drop * (edge > 0))[..., None]
        target += (linear("#e9dcb8") * (0.92 + 0.03 * tooth)[..., None] - target) * coverage(
            edge, canvas.pixel * 1.5
        )[..., None]
        rule = np.abs(box(x, y, w - 0.012, h - 0.012)) - np.float32(0.0010)
        target += (linear("#5a2f22") - target) * (0.7 * coverage(rule, canvas.pixel * 1.4))[..., None]
        curves: list[Array] = []
        for line in range(int(h / 0.020)):
            px, py = cx - w + 0.030 + (0.02 if line == 0 else 0), cy - h + 0.040 + line * 0.032
            while px < cx + w - 0.06:
                letters = int(random.integers(3, 8))
                t = np.linspace(0, letters, letters * 9)
                lift = np.interp(t, np.arange(letters + 1), random.uniform(0.3, 1.1, letters + 1))
                wave = np.sin(t * 2 * pi) * lift * 0.5
                across = px + (t * 0.7 + 0.22 * np.cos(t * 2 * pi) + wave * 0.35) * 0.0095
                curves.append(np.stack([across, py - wave * 0.0114], axis=1).astype(np.float32))
                px += (letters * 0.7 + 0.9) * 0.0095
        ink = canvas.strokes(curves, 1.7 * canvas.pixel, [float(random.uniform(0.6, 1.0)) for _ in curves])[patch]
        target += (linear("#3a2718") - target) * (0.82 * ink)[..., None]


def _straps(canvas: Canvas, sheet: Array, grain: Array, places: list[tuple[float, float, float]]) -> None:
    """Gummed paper straps that hold each stem, laid on `sheet` in place."""
    for cx, cy, lean in places:
        patch = canvas.patch(cx, cy, 0.055)
        x, y = canvas.x[:, patch[1]] - cx, canvas.y[patch[0]] - cy
        u, v = x * cos(lean) + y * sin(lean), y * cos(lean) - x * sin(lean)
        strap = box(u, v, 0.034, 0.0075, 0.001)
        drop = np.exp(-np.maximum(box(u - 0.002, v - 0.004, 0.034, 0.0075), 0) / np.float32(0.004))
        target = sheet[patch]
        target *= 1 - 0.30 * (drop * (strap > 0))[..., None]
        paper = (
            linear("#e6d9b6") * ((0.90 + 0.03 * grain[patch]) * (1 - 0.16 * np.exp(-((u / 0.008) ** 2))))[..., None]
        )
        target += (paper - target) * (0.94 * coverage(strap, canvas.pixel * 1.4))[..., None]


def _tissue(canvas: Canvas, lit: Array, paper: Array, grain: Array) -> Array:
    """The crack along the spine, then the mend: long kozo fibres, torn soft edges, almost nothing else."""
    x, y = canvas.x, canvas.y
    ragged = resize(canvas.coarser(2).fbm("ragged", 30, 5, 0.6), canvas.shape)
    spine = 0.006 * np.sin(y * 4) + 0.0035 * ragged
    crack = np.abs(x - spine) - (0.011 + 0.006 * np.sin(y * 3 + 1) + 0.0025 * ragged)
    lit = lit * (1 - 0.86 * coverage(crack, canvas.pixel * 3))[..., None]
    threads = canvas.random("sewing")
    curves = []
    for k in range(7):
        cy = -0.66 + k * 0.22 + threads.normal(0, 0.006)
        curves.append(np.array([[-0.017, cy - 0.004], [0.0, cy + 0.003], [0.018, cy - 0.002]], np.float32))
    lit = mix(lit, linear("#c9b48a") * 0.6, 0.9 * canvas.strokes(curves, 3.2 * canvas.pixel))
    width = 0.082 + 0.010 * ragged
    strip = np.maximum(np.abs(x - 0.004) - width, np.abs(y) - 0.765 - 0.006 * ragged)
    body = smoothstep(0.010, -0.014, strip)
    random = canvas.random("kozo")
    fibres = []
    for _ in range(1500):
        cx, cy = random.normal(0, 0.052), random.uniform(-0.775, 0.775)
        if random.random() < 0.45:
            cx = 0.004 + random.choice([-1, 1]) * (0.082 + random.normal(0, 0.010))
        angle, bow = random.normal(0.0, 0.75) + (0 if random.random() < 0.6 else pi / 2), random.normal(0, 1.4)
        t = np.linspace(-0.5, 0.5, 10)
        long = random.gamma(3.0, 0.014)
        heading = angle + bow * t
        fibres.append(
            np.stack(
                [cx + np.cumsum(np.cos(heading)) * long / 10, cy + np.cumsum(np.sin(heading)) * long / 10], axis=1
            ).astype(np.float32)
        )
    hair = canvas.strokes(fibres, 1.5 * canvas.pixel, [float(random.uniform(0.25, 0.9)) for _ in fibres])
    hair = blur(hair, 0.5)
    veil = body * (0.42 + 0.035 * grain + 0.05 * ragged)
    light = 0.70 * (1 - 0.42 * np.exp(-np.abs(x) / 0.030)) + 0.10 * smoothstep(0.12, 0.0, np.abs(x + 0.045))
    white = mix(paper, np.array([1.0, 0.98, 0.93], np.float32), 0.6) * light[..., None]
    lit = mix(lit, white, np.clip(veil, 0, 0.8))
    lit = mix(lit, white * 1.28, 0.55 * hair * smoothstep(0.035, 0.0, strip))
    rim = np.exp(-((strip / 0.0035) ** 2)) * 0.12
    return lit * (1 - rim)[..., None]
