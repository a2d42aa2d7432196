"""Heat in the dark: bronze poured into a mould."""

from math import pi

import numpy as np
from PIL import Image

from .canvas import (
    Array,
    Canvas,
    coverage,
    develop,
    linear,
    mix,
    resize,
    smoothstep,
    splat,
    tint,
)
from .figure import Limb, around, cloth_normals, swell
from .registry import motif

LIP = (-0.283, 0.036)  # where the metal leaves the crucible, in units
GATE = (-0.395, 0.585)  # where it enters the mould


def _stream(y: Array) -> tuple[Array, Array]:
    """Middle and half width of the falling metal at each height: thrown out a little, thinner as it speeds up."""
    t = np.clip((y - LIP[1]) / (GATE[1] - LIP[1]), 0, 1)
    return LIP[0] + (GATE[0] - LIP[0]) * np.sqrt(t), 0.017 - 0.0075 * np.sqrt(t)


@motif("pour")
def pour(canvas: Canvas) -> Image.Image:
    """A silver-coated founder tips a crucible; everything that is not metal, or lit by it, is night."""
    x, y = canvas.x, canvas.y
    orange, pale = canvas.palette[1], canvas.palette[2]
    ember = orange * [1.0, 0.62, 0.35]
    soft = canvas.coarser(4)
    smoke = soft.fbm("smoke", 2.6, 6, 0.55)
    glow_x, glow_y = -0.34, 0.15
    away = np.sqrt((soft.x - glow_x) ** 2 + ((soft.y - glow_y) * 0.9) ** 2)
    plume = np.exp(
        -(((soft.x - glow_x + 0.10 * (soft.y - glow_y)) / (0.16 + 0.35 * np.maximum(glow_y - soft.y, 0))) ** 2)
    ) * smoothstep(0.25, -0.3, soft.y)
    air = np.exp(-away / 0.34) * 0.20 * (1 + 0.30 * smoke) + plume * np.clip(
        0.5 + 0.5 * smoke, 0, 2
    ) * 0.10 * np.exp(-away / 0.9)
    picture = resize(tint(air, ember) + canvas.palette[0] * 0.5, canvas.shape)
    # A brick wall and ducts far behind, only just there.
    bx, by = (x + 0 * y) / 0.13, (y + 0 * x) / 0.052
    course = np.floor(by)
    joint = np.maximum(
        smoothstep(0.46, 0.49, np.abs((bx + 0.5 * (course % 2)) % 1 - 0.5)),
        smoothstep(0.40, 0.47, np.abs(by % 1 - 0.5)),
    )
    tone = (
        canvas.random("bricks")
        .uniform(0.5, 1.2, (64, 64))
        .astype(np.float32)[course.astype(np.int32) % 64, np.floor(bx + 0.5 * (course % 2)).astype(np.int32) % 64]
    )
    far = np.sqrt((x - glow_x) ** 2 + (y - glow_y) ** 2)
    wall = tone * (1 - 0.7 * joint) * np.exp(-far / 0.42) * 0.11 * (y < 0.62)
    picture += tint(wall, ember)
    # Sand floor and the white shell in its bed of sand.
    grit = canvas.fbm("grit", 110, 4, 0.65)
    floor = smoothstep(0.60, 0.66, y + 0.012 * grit) * np.exp(
        -np.sqrt((x - GATE[0]) ** 2 + ((y - 0.62) * 1.8) ** 2) / 0.36
    )
    picture = mix(
        picture,
        tint(floor * (0.55 + 0.20 * grit), orange * [0.75, 0.5, 0.35]),
        smoothstep(0.60, 0.64, y + 0.012 * grit) * np.ones_like(x),
    )
    _mould(canvas, picture, grit)
    _founder(canvas, picture, ember, orange)
    _crucible(canvas, picture, orange, pale)
    # The stream: white at its heart, yellow, then orange at the skin, with a flare of its own.
    middle, half = _stream(y)
    wander = 0.0022 * np.sin(y * 46 + 1.0) * smoothstep(0.1, 0.5, y)
    across = np.abs(x - middle - wander) / half
    within = smoothstep(LIP[1] - 0.012, LIP[1] + 0.006, y) * smoothstep(GATE[1] + 0.012, GATE[1], y)
    core = smoothstep(1.08, 0.82, across) * within
    heat = np.clip(1 - across * across * 0.55, 0, 1)
    rope = 1 + 0.10 * np.sin(y * 120 + 6 * across)
    metal = orange * [1.0, 0.72, 0.4] * 2.0 + pale * (6.0 * heat**2.2 * rope)[..., None]
    picture = mix(picture, metal, core)
    skirt = np.exp(-np.maximum(across - 1, 0) * 0.8) * within * (1 - core)
    picture += tint(skirt * 0.9, orange)
    pool = np.exp(-(((x - GATE[0]) / 0.040) ** 2 + ((y - GATE[1] - 0.004) / 0.011) ** 2) * 1.2)
    picture += tint(pool * 5, pale) + tint(
        np.exp(-(((x - GATE[0]) ** 2 + (y - GATE[1]) ** 2) / 0.018)) * 0.8, orange
    )
    picture += _sparks(canvas, orange, pale)
    return develop(canvas, picture, exposure=1.15, contrast=0.3, vignette=0.35, grain=2.8, glow=0.34, threshold=0.9)


def _mould(canvas: Canvas, picture: Array, grit: Array) -> None:
    """The shell: a white ceramic cup on a rough stem, lit from above by the stream."""
    rows, columns = canvas.patch(GATE[0], 0.80, 0.42, 0.30)
    x, y = canvas.x[:, columns] - GATE[0], canvas.y[rows]
    rough = grit[rows, columns]
    target = picture[rows, columns]
    shape, height = swell(
        x + 0.004 * rough,
        y + 0.004 * rough,
        [
            (0.0, 0.625, 0.080, 0.0, 0.69, 0.058),
            (0.0, 0.69, 0.062, 0.0, 0.80, 0.115),
            (-0.10, 0.84, 0.07, 0.13, 0.86, 0.08),
            (0.0, 0.86, 0.14, 0.02, 0.98, 0.17),
        ],
        0.05,
        0.10,
    )
    shape = np.maximum(shape, 0.578 - y + 0.10 * x * x)
    nx, ny, nz = cloth_normals(height, 0.0028 * rough, canvas.pixel, 0.006)
    lx, ly = -x, 0.50 - y
    far = np.sqrt(lx * lx + ly * ly + 0.05)
    light = np.maximum((nx * lx + ny * ly + nz * 0.24) / far, 0) / (0.10 + far * far * 3.0)
    through = np.exp(-((y - 0.60) / 0.10)) * np.exp(-((x / 0.07) ** 2)) * 0.8
    white = np.array([1.0, 0.93, 0.84], np.float32)
    lit = (
        white * (light * 0.75)[..., None] * mix(canvas.palette[1], canvas.palette[2], 0.35)
        + tint(through * 0.6, canvas.palette[1])
        + white * 0.03
    )
    cup = np.sqrt((x / 0.078) ** 2 + ((y - 0.585) / 0.020) ** 2)
    lit = np.where((cup < 1)[..., None], canvas.palette[1] * (0.9 + 1.2 * smoothstep(1, 0.2, cup))[..., None], lit)
    lit += tint(np.exp(-(((cup - 1.0) / 0.10) ** 2)) * 0.8, canvas.palette[2])
    target += (lit - target) * coverage(np.minimum(shape, (cup - 1) * 0.02), canvas.pixel * 1.6)[..., None]
    sand = smoothstep(-0.01, 0.02, y - 0.875 - 0.04 * x - 0.02 * rough)
    heap = canvas.palette[1] * [0.8, 0.55, 0.4] * (np.exp(-np.abs(x) / 0.16) * (0.16 + 0.06 * rough))[..., None]
    target += (heap - target) * (sand * smoothstep(0.40, 0.15, np.abs(x)))[..., None]


def _crucible(canvas: Canvas, picture: Array, orange: Array, pale: Array) -> None:
    """The tilted pot in its ring shank, glowing through its wall, brightest at the lip."""
    rows, columns = canvas.patch(-0.14, -0.12, 0.40)
    x, y = canvas.x[:, columns], canvas.y[rows]
    target = picture[rows, columns]
    turn = 1.85
    cx, cy = -0.155, -0.145
    u = (x - cx) * np.float32(np.cos(turn)) - (y - cy) * np.float32(np.sin(turn))
    v = (x - cx) * np.float32(np.sin(turn)) + (y - cy) * np.float32(np.cos(turn))
    # Here v runs from the mouth (negative) to the foot, u across the pot.
    half = 0.150 - 0.25 * np.maximum(v, 0) ** 2 - 0.08 * np.maximum(v, 0)
    pot = np.maximum(np.abs(u) - half, np.maximum(-0.155 - v, v - 0.165 + 0.6 * u * u))
    scale = canvas.fbm("scale", 60, 5, 0.62)[rows, columns]
    side = np.sqrt(np.maximum(1 - (u / half) ** 2, 0))
    heat = np.clip(0.42 + 0.55 * smoothstep(0.16, -0.15, v) + 0.12 * scale - 0.22 * (1 - side), 0, 1.3)
    dross = smoothstep(0.3, 1.6, scale)
    body = (
        orange * [1.0, 0.40, 0.12] * (heat**2.0 * 1.15)[..., None]
        + pale * [1, 0.7, 0.3] * (heat**6 * 0.8)[..., None]
    )
    body *= (1 - 0.55 * dross)[..., None]
    target += (body - target) * coverage(pot, canvas.pixel * 1.6)[..., None]
    # Mouth: an ellipse of bright metal behind a thick dark-edged rim.
    mouth = np.sqrt((u / 0.150) ** 2 + ((v + 0.155) / 0.055) ** 2)
    bath = smoothstep(0.86, 0.80, mouth)
    rim = smoothstep(1.03, 0.99, mouth) * (1 - bath)
    skin = np.clip(0.8 + 0.35 * scale, 0.3, 2)
    metal = orange * [1.0, 0.8, 0.45] * 1.8 + pale * (3.8 * skin * smoothstep(1.1, 0.1, mouth))[..., None]
    target += (orange * [1.0, 0.5, 0.2] * (0.9 + 0.25 * scale)[..., None] - target) * rim[..., None]
    target += (metal - target) * bath[..., None]
    spout = np.exp(-(((x - LIP[0] - 0.012) / 0.040) ** 2 + ((y - LIP[1] + 0.006) / 0.030) ** 2))
    target += tint(spout * 4.0, pale)
    # Ring shank: an iron band round the pot and the bar that the hands hold.
    band = np.maximum(np.abs(v - 0.015 - 0.10 * side * 0.4) - 0.021, np.abs(u) - half - 0.008)
    iron = 0.05 + 0.75 * np.exp(-(((u + 0.07) / 0.08) ** 2)) * 0.35 + 0.05 * scale
    target += (tint(np.maximum(iron, 0.02), orange * [1.0, 0.55, 0.3]) - target) * coverage(
        band, canvas.pixel * 1.5
    )[..., None]


def _founder(canvas: Canvas, picture: Array, ember: Array, orange: Array) -> None:
    """Aluminised coat, hood and visor; all the light there is comes from the metal at lower left."""
    rows, columns = canvas.patch(0.42, 0.10, 0.95, 1.0)
    x, y = canvas.x[:, columns], canvas.y[rows]
    target = picture[rows, columns]
    coarse = canvas.coarser(2)
    crush = resize(coarse.fbm("crush", 6, 5, 0.55, ridged=True), canvas.shape)[rows, columns]
    crinkle = resize(coarse.fbm("crinkle", 22, 4, 0.55, ridged=True), canvas.shape)[rows, columns]
    fine = canvas.fbm("fine", 90, 3)[rows, columns]
    lean = y * 17 - x * 9 + 1.2 * crush
    drape = np.sin(lean) * 0.5 + np.sin(2.3 * lean + crush) * 0.25
    relief = drape * 0.014 + crush * 0.0085 + crinkle * 0.0018 + fine * 0.0002
    fx, fy = x + 0.010 * crush, y + 0.008 * crush

    def coat(limbs: list[Limb], soft: float, full: float, rough: float = 1.0, dim: float = 1.0) -> None:
        here = around(x, y, limbs)
        ground = target[here]
        distance, height = swell(fx[here], fy[here], limbs, soft, full)
        rise = smoothstep(0.0, -0.03, distance)
        folds = relief[here] * (rough * rise)
        nx, ny, nz = cloth_normals(height, folds, canvas.pixel, 0.008)
        total = np.zeros_like(distance)
        gloss = np.zeros_like(distance)
        for px, py, power in ((-0.24, -0.10, 1.0), (-0.36, 0.32, 0.8), (GATE[0], GATE[1], 0.35)):
            lx, ly = px - x[:, here[1]], py - y[here[0]]
            far = np.sqrt(lx * lx + ly * ly + 0.030)
            dot = (nx * lx + ny * ly + nz * 0.10) / far
            fall = power / (0.12 + far * far * 2.2)
            total += np.maximum(dot + 0.05, 0) * fall
            # Foil: the reflected view of the metal in each small facet.
            gloss += np.maximum((nx * lx + ny * ly + (nz + 1) * 0.5 * far * 0.9) / (far * 1.35), 0) ** 22 * fall
        back = np.maximum(0.8 * nx - 0.5 * ny - 0.45, 0) ** 2
        lit = tint(total * 0.085 * dim, ember * 1.6) + tint(gloss * 0.42 * dim, orange * [1.0, 0.85, 0.6])
        lit += tint(back * 0.42 + 0.010 * np.maximum(0.4 - ny, 0), np.array([0.50, 0.58, 0.72], np.float32)) + 0.003
        shade = np.exp(-np.maximum(distance, 0) / np.float32(0.03))[..., None]
        cover = coverage(distance, canvas.pixel * 1.7)[..., None]
        ground *= 1 - 0.5 * shade * (1 - cover)
        ground += (lit - ground) * cover

    coat([(0.74, 0.02, 0.125, 0.86, 0.42, 0.11), (0.86, 0.42, 0.11, 0.62, 0.52, 0.085)], 0.06, 0.11, 1.0, 0.6)
    coat(
        [
            (0.60, 0.12, 0.235, 0.63, 0.75, 0.27),
            (0.63, 0.75, 0.27, 0.64, 1.25, 0.33),
            (0.47, -0.10, 0.12, 0.76, -0.08, 0.13),
            (0.58, -0.2, 0.10, 0.6, 0.0, 0.2),
        ],
        0.14,
        0.20,
    )
    # Hood with its cape, then the visor: gold-filmed, bowed, full of the crucible.
    coat(
        [(0.545, -0.44, 0.150, 0.550, -0.36, 0.150), (0.55, -0.34, 0.145, 0.58, -0.19, 0.20)],
        0.07,
        0.15,
        0.75,
    )
    _visor(canvas, target, x, y, fine)
    # The bar runs from the ring to both gauntlets.
    bar, high = swell(x, y, [(-0.06, -0.10, 0.016, 0.70, 0.34, 0.018)], 0.01, 0.018)
    nx, ny, _ = cloth_normals(high, 0.0004 * fine, canvas.pixel, 0.002)
    heat = smoothstep(0.28, -0.02, x)
    lit = tint(
        np.maximum(-0.5 * nx - 0.6 * ny + 0.1, 0) * (0.05 + 0.30 * np.exp(-(x + 0.1) / 0.25)), orange
    ) + tint(heat**2 * 0.5, orange * [1, 0.35, 0.1])
    target += (lit - target) * coverage(bar, canvas.pixel * 1.5)[..., None]
    coat([(0.46, -0.06, 0.128, 0.33, 0.20, 0.108), (0.33, 0.20, 0.105, 0.235, 0.075, 0.080)], 0.06, 0.11, 1.1)
    for gx, gy in ((0.60, 0.290), (0.205, 0.052)):
        coat(
            [
                (gx + 0.055, gy + 0.005, 0.070, gx, gy, 0.058),
                *(
                    (
                        gx - 0.048 + k * 0.026,
                        gy - 0.040 + k * 0.010,
                        0.023,
                        gx - 0.058 + k * 0.026,
                        gy + 0.022 + k * 0.012,
                        0.021,
                    )
                    for k in range(4)
                ),
            ],
            0.016,
            0.04,
            0.30,
        )


def _visor(canvas: Canvas, target: Array, x: Array, y: Array, fine: Array) -> None:
    u, v = (x - 0.475) / 0.105, (y + 0.395) / 0.135
    u = u + 0.10 * v
    edge = np.maximum(np.abs(u) ** 3 + np.abs(v) ** 3, 1e-4) ** np.float32(1 / 3) - 1
    cover = coverage(edge * 0.11, canvas.pixel * 1.8)[..., None]
    orange, pale = canvas.palette[1], canvas.palette[2]
    # Reflected scene, squeezed by the curve: the pot low at the left, the stream a bright thread below it.
    pot = np.exp(-(((u + 0.42) / 0.20) ** 2 + ((v - 0.40) / 0.13) ** 2))
    mouth = np.exp(-(((u + 0.50) / 0.10) ** 2 + ((v - 0.36) / 0.05) ** 2))
    thread = np.exp(-(((u + 0.62 - 0.10 * v) / 0.030) ** 2)) * smoothstep(0.36, 0.44, v) * smoothstep(0.95, 0.8, v)
    sheen = np.exp(-(((u + 0.80 + 0.15 * v * v) / 0.10) ** 2)) * smoothstep(1.0, 0.2, np.abs(v))
    gradient = smoothstep(-0.9, 0.9, v - 0.6 * u)
    lit = (
        tint(0.05 + 0.16 * gradient, orange * [0.95, 0.75, 0.25])
        + tint(pot * 0.9 + sheen * 0.20, orange)
        + tint(mouth * 2.2 + thread * 1.6, pale)
    )
    # Behind the film, barely, a face: brow, cheek and the line of a nose.
    face = np.exp(-(((u + 0.02) / 0.50) ** 2 + ((v - 0.02) / 0.75) ** 2)) * (0.6 + 0.4 * smoothstep(0.5, -0.6, u))
    eyes = np.exp(-(((np.abs(u + 0.12) - 0.28) / 0.15) ** 2 + ((v + 0.22) / 0.085) ** 2))
    nose = np.exp(-(((u + 0.20) / 0.06) ** 2)) * smoothstep(-0.2, 0.1, v) * smoothstep(0.3, 0.2, v)
    mouth_line = np.exp(-(((v - 0.46 - 0.1 * (u + 0.12) ** 2) / 0.035) ** 2)) * np.exp(-(((u + 0.12) / 0.22) ** 2))
    skin = face * (1 - 0.65 * eyes - 0.35 * mouth_line) + 0.20 * nose
    lit += tint(np.maximum(skin, 0) * 0.10, linear("#c98d68") * [1.2, 0.8, 0.6])
    target += (lit - target) * cover
    frame = np.exp(-(((edge - 0.06) / 0.055) ** 2))
    target *= 1 - 0.75 * (frame * (1 - cover[..., 0] * 0.5))[..., None]
    bright = np.exp(-(((edge - 0.015) / 0.022) ** 2)) * smoothstep(0.4, -0.8, u - 0.4 * v)
    target += tint(bright * 0.22, orange)


def _sparks(canvas: Canvas, orange: Array, pale: Array) -> Array:
    """Drops thrown from the gate and the lip, each drawn as the arc it flew in the exposure."""
    random = canvas.random("sparks")
    columns, rows, weights, warmth = [], [], [], []
    for _ in range(360):
        low = random.random() < 0.78
        sx, sy = GATE if low else LIP
        angle = random.normal(-pi / 2, 0.75)
        speed = random.gamma(2.0, 0.30)
        t0, flight = random.uniform(0.0, 0.5), random.uniform(0.02, 0.10)
        t = t0 + np.linspace(0, flight, 70)
        px = sx + np.cos(angle) * speed * t
        py = sy + np.sin(angle) * speed * t + 1.1 * t * t
        alive = (py < 0.80) & (py > -1)
        strength = random.random() ** 2 * np.exp(-t0 * 2.2)
        columns.append(canvas.column(px[alive]))
        rows.append(canvas.row(py[alive]))
        weights.append(np.full(alive.sum(), strength * 1.6))
        warmth.append(np.full(alive.sum(), max(0.0, 1 - t0 * 2)))
    column, row, weight, warm = (np.concatenate(v) for v in (columns, rows, weights, warmth))
    hot = splat(canvas.shape, column, row, weight * warm)
    cool = splat(canvas.shape, column, row, weight * (1 - warm))
    hot, cool = (a + 0.5 * (np.roll(a, 1, 0) + np.roll(a, 1, 1)) for a in (hot, cool))
    return tint(np.minimum(hot, 6) * 1.2, pale) + tint(np.minimum(cool, 4), orange)
