"""A coat in plain calico, with everything it was told written on it."""

from itertools import pairwise
from math import pi

import numpy as np
from PIL import Image

from .canvas import (
    Array,
    Canvas,
    blur,
    coverage,
    develop,
    linear,
    mix,
    normals,
    resize,
    smoothstep,
    tint,
)
from .registry import motif

SHOULDER, HEM = -1.00, 1.16  # where the coat begins and ends, in units down the sheet


def _profile(y: Array, stations: list[tuple[float, float]]) -> Array:
    """A smooth curve through (y, value) stations."""
    ys, values = (np.array(column) for column in zip(*stations, strict=True))
    fine = np.linspace(ys[0], ys[-1], 200)
    curve = np.interp(fine, ys, values)
    kernel = np.hanning(25) / np.hanning(25).sum()
    curve = np.convolve(np.pad(curve, 12, mode="edge"), kernel, mode="valid")
    return np.interp(y, fine, curve).astype(np.float32)


def _half_width(y: Array) -> Array:
    return _profile(
        y,
        [
            (-1.12, 0.06),
            (-1.05, 0.13),
            (-0.99, 0.30),
            (-0.92, 0.355),
            (-0.70, 0.345),
            (-0.45, 0.300),
            (-0.24, 0.262),
            (-0.10, 0.285),
            (0.2, 0.355),
            (0.7, 0.455),
            (1.16, 0.545),
            (1.3, 0.56),
        ],
    )


def _arm(x: Array, y: Array, side: int) -> tuple[Array, Array, Array]:
    """Signed distance, height and distance along one hanging sleeve, a little bent at the elbow."""
    points = [(0.288, -0.865, 0.098), (0.385, -0.52, 0.094), (0.432, -0.16, 0.084), (0.425, 0.20, 0.074)]
    best = np.full(np.broadcast_shapes(x.shape, y.shape), 9.0, np.float32)
    along, radius = np.zeros_like(best), np.full_like(best, 0.1)
    done = 0.0
    for (x0, y0, r0), (x1, y1, r1) in pairwise(points):
        dx, dy = (x1 - x0) * side, y1 - y0
        long = float(np.hypot(dx, dy))
        t = np.clip(((x - x0 * side) * dx + (y - y0) * dy) / (long * long), 0, 1)
        away = np.sqrt((x - x0 * side - t * dx) ** 2 + (y - y0 - t * dy) ** 2) - (r0 + (r1 - r0) * t)
        nearer = away < best
        best = np.where(nearer, away, best)
        along = np.where(nearer, done + t * long, along)
        radius = np.where(nearer, r0 + (r1 - r0) * t, radius)
        done += long
    best = np.maximum(best, y - 0.222 + 3.2 * (x - 0.425 * side) ** 2)
    inward = np.clip(-best / radius, 0, 1)
    return best, np.sqrt(1 - (1 - inward) ** 2) * radius, along


def _toile(canvas: Canvas, drape: Array) -> tuple[Array, Array, Array, Array]:
    """Height of the coat, and signed distances to its body, its sleeves and the gap at the neck, all in units."""
    x, y = canvas.x, canvas.y
    crease = resize(canvas.coarser(2).fbm("crease", 6, 5, 0.5, ridged=True), canvas.shape)
    # Body: an elliptical cylinder; below the waist its hem swings out in folds that follow the angle round it.
    half = _half_width(y) + 0.010 * drape * smoothstep(0.0, 0.9, y)
    across = x / half
    inside = np.maximum(
        np.abs(x) - half,
        np.maximum(
            SHOULDER - 0.10 - y + 0.35 * np.abs(x),
            y - HEM - 0.018 * np.cos(across * 3) - 0.012 * np.sin(across * 17),
        ),
    )
    bow = np.sqrt(np.maximum(1 - across * across, 0))
    angle = np.arcsin(np.clip(across, -1, 1))
    phase = angle * 8.5 + 0.5 * drape + 0.6
    folds = (np.cos(phase) * 0.6 + np.cos(phase * 1.9 + 1.3 * drape) * 0.3) * smoothstep(-0.22, 0.85, y)
    body = half * 0.62 * bow + folds * 0.082 * bow
    pull = np.sin(y * 34 + 9 * np.abs(across) + 2 * drape) * np.exp(-(((y + 0.24) / 0.14) ** 2)) * 0.006
    body = body + pull + (crease * 0.0016 + drape * 0.008) * bow
    # Centre front: left over right, a stand of cloth with its edge; collar and lapels lie on top.
    front = 0.035 + 0.06 * smoothstep(0.0, 1.1, y)
    body = body + 0.010 * smoothstep(0.004, -0.004, x - front) * bow
    roll = np.clip((y + 0.985) / 0.46, 0, 1)
    notch = 0.030 * smoothstep(-0.80, -0.795, y) * smoothstep(-0.765, -0.80, y)
    lapel_edge = 0.055 + 0.24 * np.minimum(roll * 2.1, (1 - roll) * 1.18) ** 0.9 - notch
    lapel = np.maximum(np.abs(x - 0.010) - lapel_edge, np.maximum(-1.0 - y, y + 0.525))
    opening = np.maximum(np.abs(x) - 0.055 * (1 - roll), y + 0.55)
    body = body + 0.016 * smoothstep(0.010, -0.004, lapel) + 0.006 * np.exp(-((lapel / 0.012) ** 2))
    height = np.where(inside < 0, body, 0)
    arms = np.full(canvas.shape, 9.0, np.float32)
    for side in (-1, 1):
        shape, dome, along = _arm(x, y, side)
        wrinkle = np.sin(along * 62 + 3 * drape + x * 22 * side) * np.exp(-(((along - 0.55) / 0.16) ** 2)) * 0.008
        wrinkle += np.sin(along * 30 + 2 * drape) * 0.005 + crease * 0.0014
        sleeve = dome + wrinkle * smoothstep(0.0, -0.04, shape) + 0.10
        take = (shape < 0) & ((sleeve > height) | (inside > 0))
        height = np.where(take, sleeve, height)
        arms = np.minimum(arms, shape)
    return height, inside, arms, opening


@motif("coat-lines")
def coat_lines(canvas: Canvas) -> Image.Image:
    """Window light from the left across a calico toile on a dummy: seams, pins, and pencil everywhere."""
    x, y = canvas.x, canvas.y
    cream, brown, slate = canvas.palette
    soft = canvas.coarser(4)
    # The room: a dark painted wall with the window's own gradient, a skirting, a floor.
    plaster = resize(canvas.coarser(2).fbm("plaster", 7, 6, 0.5), canvas.shape)
    wash = np.exp(-(((soft.x + 0.75) / 1.1) ** 2) - ((soft.y + 0.25) / 1.1) ** 2)
    bars = (
        smoothstep(0.10, 0.04, np.abs(((soft.x * 0.9 - soft.y * 0.55 + 0.2) / 0.62) % 1 - 0.5))
        * smoothstep(0.9, 0.0, np.abs(soft.x - 0.55))
        * smoothstep(0.8, -0.6, soft.y)
    )
    wall_light = resize(0.16 + 0.75 * wash - 0.10 * blur(bars * wash, 3.0), canvas.shape)
    picture = slate * ((1 + 0.06 * plaster) * wall_light)[..., None] * 1.5
    floor = smoothstep(1.235, 1.245, y + 0 * x)
    boards = 0.8 + 0.2 * np.sin(x / (0.4 + y) * 40) ** 8
    picture = mix(picture, brown * (0.30 * wall_light * boards * (1 + 0.1 * plaster))[..., None], floor)
    shade = np.exp(-(((soft.x - 0.30) / 0.42) ** 2) - ((soft.y - 0.15) / 0.95) ** 2)
    picture *= (1 - 0.55 * resize(shade, canvas.shape))[..., None]
    _stand(canvas, picture, brown)
    weave = canvas.fbm("weave", 300, 2)
    slub = canvas.fbm("slub", 90, 3)
    drape = resize(canvas.coarser(3).fbm("drape", 3.2, 4), canvas.shape)
    height, inside, arms, opening = _toile(canvas, drape)
    seam_lines, pencil, pins = _notes(canvas)
    ridge = blur(seam_lines, 1.4)
    height = height + 0.0026 * ridge - 0.0040 * blur(seam_lines, 5.0)
    surface = blur(height, 1.0) + 0.00024 * weave + 0.00009 * slub
    nx, ny, nz = normals(surface, canvas.pixel)
    key = -0.80 * nx - 0.22 * ny + 0.50 * nz
    key = 0.5 * (key + np.sqrt(key * key + 0.03))  # a window is wide: its shadow edge is soft
    bounce = np.maximum(0.85 * nx + 0.25 * nz, 0)
    far = resize(resize(height, soft.shape), soft.shape)
    hollow = np.clip(1 - np.maximum(blur(far, 6.0) - far, 0) * 9, 0.25, 1) * np.clip(
        1 - np.maximum(blur(far, 18.0) - far, 0) * 2.2, 0.4, 1
    )
    open_ = resize(hollow, canvas.shape)
    lee = resize(
        blur(np.roll(resize((arms < 0).astype(np.float32), soft.shape), (4, 16), axis=(0, 1)), 8.0), canvas.shape
    )
    cast = 1 - 0.5 * lee * (arms > 0)
    tone = (1.0 * key * cast + 0.16 * bounce + 0.07) * open_ * (0.62 + 0.42 * smoothstep(0.6, -0.6, x + 0.15 * y))
    tone *= 1 + 0.045 * weave + 0.05 * slub
    flecks = smoothstep(2.3, 2.9, slub + 0.4 * weave)
    fabric = mix(cream, cream * [0.93, 0.88, 0.78], smoothstep(-1, 1.5, drape))
    fabric = mix(fabric, brown * 0.6, 0.5 * flecks)
    lit = fabric * tone[..., None] * 0.95
    lit *= (1 - 0.40 * ridge)[..., None]
    lit = mix(
        lit, mix(slate * 0.35, brown * 0.4, 0.3), np.clip(pencil, 0, 1) * 0.80 * smoothstep(0.05, 0.35, tone + 0.2)
    )
    lit = mix(lit, brown * 0.07, 0.9 * coverage(np.maximum(opening, inside), canvas.pixel * 4))
    cover = coverage(np.minimum(inside, arms), canvas.pixel * 1.6)
    picture = mix(picture, lit, cover)
    picture = _pins(canvas, picture, pins, cover)
    motes = np.exp(-(((soft.x + 0.75) / 0.5) ** 2)) * 0.02
    picture += resize(tint(motes * smoothstep(1.2, -1.2, soft.y), cream), canvas.shape)
    return develop(canvas, picture, exposure=1.22, contrast=0.4, vignette=0.35, grain=2.4)


def _stand(canvas: Canvas, picture: Array, brown: Array) -> None:
    """The dummy's covered neck with its turned cap above the collar, and the pole and feet below the hem."""
    rows, columns = canvas.patch(0.0, -1.15, 0.24, 0.30)
    x, y = canvas.x[:, columns], canvas.y[rows]
    target = picture[rows, columns]
    half = 0.105 + 0.05 * smoothstep(-1.10, -0.98, y)
    neck = np.maximum(np.abs(x) - half, np.maximum(-1.195 - y, y + 0.9))
    side = np.clip(x / half, -1, 1)
    tone = np.maximum(-0.80 * side + 0.50 * np.sqrt(1 - side * side), 0) + 0.10
    linen = linear("#9a8a72") * (tone * (0.9 + 0.1 * np.sin(x * 900) * np.sin(y * 900)))[..., None]
    target += (linen * 0.7 - target) * coverage(neck, canvas.pixel * 1.6)[..., None]
    profile = np.where(y > -1.225, 0.105, 0.075 - 0.55 * np.abs(y + 1.262)) + 0.012 * np.cos((y + 1.21) * 90)
    cap = np.maximum(np.abs(x) - np.maximum(profile, 0.012), np.maximum(-1.335 - y, y + 1.195))
    side = np.clip(x / np.maximum(profile, 0.012), -1, 1)
    shine = np.exp(-(((side + 0.5) / 0.14) ** 2)) * 0.35
    wood = (
        brown * (np.maximum(-0.8 * side + 0.5 * np.sqrt(1 - side * side), 0) + 0.08)[..., None] * 0.8
        + shine[..., None] * 0.4
    )
    target += (wood - target) * coverage(cap, canvas.pixel * 1.6)[..., None]
    rows, columns = canvas.patch(0.0, 1.32, 0.45, 0.25)
    x, y = canvas.x[:, columns], canvas.y[rows]
    target = picture[rows, columns]
    pole = np.abs(x) - 0.020
    side = np.clip(x / 0.020, -1, 1)
    metal = (0.05 + 0.5 * np.exp(-(((side + 0.45) / 0.25) ** 2)))[..., None] * np.array(
        [0.6, 0.6, 0.62], np.float32
    )
    target += (metal * np.ones_like(y)[..., None] * 0.6 - target) * coverage(pole + 0 * y, canvas.pixel * 1.5)[
        ..., None
    ]
    for reach in (-0.34, 0.30, 0.05):
        foot = np.maximum(
            np.abs(y - 1.36 - 0.10 * (x / reach)) - 0.020,
            np.maximum(-x * np.sign(reach), x * np.sign(reach) - abs(reach)),
        )
        target += (brown * 0.10 - target) * coverage(foot, canvas.pixel * 1.6)[..., None]


def _on_body(angle: float, ys: Array) -> Array:
    """A line down the coat at a steady angle round it, (n, 2)."""
    return np.stack([np.sin(angle) * _half_width(ys), ys], axis=1).astype(np.float32)


def _scribble(
    random: np.random.Generator, x: float, y: float, size: float, words: int, slope: float
) -> list[Array]:
    """Handwriting that cannot be read: loops and strokes that lean, word by word along a line."""
    strokes = []
    px = x
    for _ in range(words):
        letters = int(random.integers(3, 8))
        t = np.linspace(0, letters, letters * 12)
        up = random.uniform(0.25, 1.0, letters + 2)
        lift = np.interp(t, np.arange(letters + 2), up)
        down = (random.random(letters + 2) < 0.18) * 0.7
        wave = np.sin(t * 2 * pi) * 0.5 * lift - np.interp(t, np.arange(letters + 2), down) * np.maximum(
            -np.sin(t * 2 * pi), 0
        )
        loop = np.cos(t * 2 * pi) * 0.20
        cx = px + (t * 0.62 + loop + wave * 0.30) * size
        cy = y - wave * size + (cx - x) * slope
        strokes.append(np.stack([cx, cy], axis=1).astype(np.float32))
        px += (letters * 0.62 + 0.7) * size
    return strokes


def _notes(canvas: Canvas) -> tuple[Array, Array, list[tuple[float, float, float]]]:
    """Seams and pencil as coverage, and where each pin goes in (x, y, lean)."""
    random = canvas.random("notes")
    body = np.linspace(-0.93, HEM - 0.01, 120)
    seams = [
        _on_body(angle, body[body > low])
        for angle, low in ((-0.62, -0.72), (0.62, -0.72), (-1.18, -0.60), (1.18, -0.60))
    ]
    waist = np.linspace(-1.35, 1.35, 60)
    seams.append(np.stack([np.sin(waist) * 0.265, -0.235 + 0.030 * np.cos(waist)], axis=1).astype(np.float32))
    for side in (-1, 1):
        t = np.linspace(0, 1, 40)
        seams.append(
            np.stack([side * (0.325 - 0.075 * np.sin(t * pi) - 0.02 * t), -0.985 + 0.36 * t], axis=1).astype(
                np.float32
            )
        )
        seams.append(
            np.stack(
                [side * (0.345 + 0.02 * t), -0.20 + 0.02 * np.sin(t * 3) + 0 * t + (t - 0.5) * 0.0], axis=1
            ).astype(np.float32)
        )
        seams.append(
            np.stack([side * (0.345 + 0.165 * t), 0.155 + 0.01 * np.sin(t * pi) * side], axis=1).astype(np.float32)
        )
    edge = np.linspace(-0.52, HEM, 90)
    seams.append(np.stack([0.035 + 0.06 * smoothstep(0.0, 1.1, edge), edge], axis=1).astype(np.float32))
    hem = np.linspace(-1.4, 1.4, 70)
    seams.append(
        np.stack([np.sin(hem) * 0.525, HEM - 0.055 + 0.016 * np.cos(np.sin(hem) * 3)], axis=1).astype(np.float32)
    )
    marks: list[Array] = []
    for angle, low, high in (
        (-0.55, -0.70, 1.10),
        (0.55, -0.70, 1.10),
        (-0.30, -0.2, 1.1),
        (0.34, -0.2, 1.1),
        (-0.95, 0.0, 1.08),
        (0.95, 0.0, 1.08),
        (0.0, -0.2, 1.1),
    ):
        ys = np.linspace(low, high, 80)
        line = _on_body(angle, ys)
        line[:, 0] += 0.004 * np.sin(ys * 5 + angle)
        marks.append(line)
        if random.random() < 0.6:
            marks.append(line + np.array([0.012, 0], np.float32))
    for level in (-0.62, -0.42, -0.16, 0.10, 0.52, 0.92):
        sweep = np.linspace(-1.1, 1.1, 50)
        marks.append(
            np.stack(
                [
                    np.sin(sweep) * float(_half_width(np.array([level]))[0]),
                    level + 0.022 * np.cos(sweep) + 0.003 * np.sin(sweep * 7),
                ],
                axis=1,
            ).astype(np.float32)
        )
    for side in (-1, 1):
        for k in range(2):
            x0, y0 = side * (0.12 + 0.02 * k), -0.60 + 0.05 * k
            marks.append(np.array([[x0, y0], [x0 + side * 0.015, -0.27]], np.float32))
            marks.append(np.array([[x0 + side * 0.03, y0], [x0 + side * 0.015, -0.27]], np.float32))
        t = np.linspace(0, 1, 30)
        marks.append(np.stack([side * (0.355 + 0.085 * t), -0.78 + 0.92 * t], axis=1).astype(np.float32))
        pocket = np.array([[0.13, 0.10], [0.30, 0.135], [0.31, 0.31], [0.135, 0.285], [0.13, 0.10]]) * [side, 1]
        marks.append(pocket.astype(np.float32))
    for x, y, size, words, slope in (
        (-0.27, -0.50, 0.012, 2, 0.05),
        (0.09, -0.36, 0.011, 2, -0.03),
        (-0.24, 0.20, 0.014, 2, 0.04),
        (0.12, 0.40, 0.014, 3, 0.02),
        (-0.30, 0.62, 0.015, 3, -0.04),
        (0.14, 0.70, 0.014, 3, 0.05),
        (-0.12, 0.84, 0.013, 2, 0.0),
        (-0.36, 0.98, 0.015, 3, 0.03),
        (0.20, 1.00, 0.014, 3, -0.02),
        (-0.20, -0.06, 0.012, 3, 0.02),
        (0.09, 0.02, 0.012, 3, 0.03),
        (-0.29, -0.78, 0.010, 2, 0.1),
        (0.13, -0.75, 0.010, 2, -0.12),
        (-0.48, -0.10, 0.009, 1, 0.2),
        (0.40, -0.35, 0.009, 1, 0.2),
        (0.06, 0.24, 0.012, 2, 0.0),
        (-0.10, 0.44, 0.012, 2, -0.05),
    ):
        marks += _scribble(random, x, y, size, words, slope)
        if random.random() < 0.6:
            marks += _scribble(random, x + 0.01, y + size * 2.4, size * 0.9, max(1, words - 1), slope)
        if random.random() < 0.5:
            tip = (x - 0.03 + random.normal(0, 0.02), y + 0.10 + random.normal(0, 0.02))
            marks.append(
                np.array(
                    [[x + 0.03, y + 0.03], [(x + tip[0]) / 2 - 0.01, (y + tip[1]) / 2 + 0.03], tip], np.float32
                )
            )
            marks.append(
                np.array([[tip[0] + 0.012, tip[1] - 0.022], tip, [tip[0] + 0.024, tip[1] - 0.006]], np.float32)
            )
    for _ in range(16):
        angle, level = random.uniform(-0.9, 0.9), random.uniform(-0.7, 1.05)
        cx = float(np.sin(angle) * _half_width(np.array([level]))[0])
        for dx, dy in ((0.014, 0.014), (0.014, -0.014)):
            marks.append(np.array([[cx - dx, level - dy], [cx + dx, level + dy]], np.float32))
    ring = np.linspace(0, 2 * pi + 0.5, 40)
    marks.append(
        np.stack([-0.20 + 0.085 * np.cos(ring) * (1 + 0.03 * ring), 0.215 + 0.040 * np.sin(ring)], axis=1).astype(
            np.float32
        )
    )
    pixel = canvas.pixel
    levels = [float(random.uniform(0.5, 1.0)) for _ in marks]
    grain = canvas.random("graphite").random(canvas.shape).astype(np.float32)
    pencil = blur(canvas.strokes(marks, 3.0 * pixel, levels), 0.5) * (0.55 + 0.6 * (grain > 0.30))
    stitched = canvas.strokes(seams, 2.2 * pixel)
    pins = [
        (float(curve[k, 0]) + random.normal(0, 0.008), float(curve[k, 1]), random.normal(0.0, 0.5))
        for curve in seams[:5] + seams[-2:]
        for k in range(4, len(curve) - 3, max(5, len(curve) // 9))
        if random.random() < 0.75
    ]
    return stitched, pencil, pins


def _pins(canvas: Canvas, picture: Array, pins: list[tuple[float, float, float]], cover: Array) -> Array:
    """Steel pins across the seams, each with a glass head, a glint and a short shadow."""
    shafts, shades = [], []
    for x, y, lean in pins:
        dx, dy = 0.030 * np.cos(lean), 0.030 * np.sin(lean)
        for a, b in ((-1.0, -0.25), (0.15, 1.0)):
            shafts.append(np.array([[x + dx * a, y + dy * a], [x + dx * b, y + dy * b]], np.float32))
            shades.append(shafts[-1] + np.array([0.006, 0.006], np.float32))
    picture = picture * (1 - 0.5 * blur(canvas.strokes(shades, 3 * canvas.pixel), 1.5) * cover)[..., None]
    picture = mix(
        picture, np.array([0.75, 0.76, 0.78], np.float32), canvas.strokes(shafts, 2.2 * canvas.pixel) * 0.9 * cover
    )
    random = canvas.random("heads")
    for x, y, lean in pins:
        hx, hy = x - 0.031 * np.cos(lean), y - 0.031 * np.sin(lean)
        rows, columns = canvas.patch(hx, hy, 0.022)
        dx, dy = (canvas.x[:, columns] - hx) / np.float32(0.0085), (canvas.y[rows] - hy) / np.float32(0.0085)
        away = np.sqrt(dx * dx + dy * dy)
        colour = linear(("#c62828", "#f4f4f0", "#1565c0", "#f9a825")[int(random.integers(0, 4))])
        form = np.clip(0.5 - 0.45 * dx - 0.3 * dy, 0.05, 1.2)[..., None]
        spark = np.exp(-((dx + 0.35) ** 2 + (dy + 0.35) ** 2) / 0.05)[..., None]
        target = picture[rows, columns]
        shade = np.exp(-((dx - 0.9) ** 2 + (dy - 0.9) ** 2) / 1.2)[..., None]
        target *= 1 - 0.45 * shade * (away > 1)[..., None]
        target += (colour * form * 0.8 + spark * 0.9 - target) * np.clip((1.08 - away) * 6, 0, 1)[..., None]
    return picture
