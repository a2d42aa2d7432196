"""A rain gauge on a bare hill, and a sheep."""

from math import cos, pi, sin

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
    resize,
    sample,
    smoothstep,
    tint,
)
from .figure import cloth_normals, swell
from .registry import motif
from .room import Room, Surface
from .shore import noise_tile
from .solid import Camera

POST, WIRE, STEEL, COPPER, VANE = range(1, 6)


@motif("hill-mast")
def hill_mast(canvas: Canvas) -> Image.Image:
    """A rain gauge and a wind vane inside a mended fence, between two showers of hail; one visitor."""
    x, y = canvas.x, canvas.y
    pale, straw, slate = canvas.palette
    soft = canvas.coarser(2)
    # The shower that has just gone over: dark, torn below, with the sun on the hill from behind the camera.
    wx = resize(soft.coarser(3).fbm("warp", 2.5, 3), soft.shape)
    cloud = soft.fbm("cloud", 2.6, 7, 0.56)
    cloud = sample(
        cloud,
        soft.column(soft.x * 0.8) + wx * soft.height * 0.03,
        soft.row(soft.y * 0.95) + wx * soft.height * 0.02,
    )
    lift = smoothstep(0.1, -1.0, soft.y)
    sky = mix(slate * 0.42, pale * 0.95, smoothstep(-0.9, 1.9, cloud - 0.9 * lift + 0.25 * soft.x + 0.5))
    sky = mix(sky, pale * 1.15, 0.75 * smoothstep(-0.32, 0.02, soft.y + 0.03 * cloud))
    fall = resize(np.repeat(soft.coarser(8).fbm("fall", 12, 2)[:1], 8, axis=0), soft.shape)
    slant = np.abs(soft.column(soft.x + 0.28 * soft.y)).astype(np.int32) % soft.width
    slope_fall = fall[0][slant]
    sky *= (1 - 0.14 * np.clip(slope_fall, -0.5, 1.5) * smoothstep(-0.75, -0.1, soft.y))[..., None]
    bow = np.sqrt((soft.x + 0.25) ** 2 + (soft.y - 0.72) ** 2) - 1.22
    for offset, colour in (
        (0.030, [0.9, 0.10, 0.06]),
        (0.012, [0.7, 0.55, 0.05]),
        (-0.006, [0.08, 0.6, 0.15]),
        (-0.026, [0.10, 0.15, 0.75]),
    ):
        band = (
            np.exp(-(((bow - offset) / 0.017) ** 2))
            * smoothstep(-0.9, -0.2, soft.y)
            * smoothstep(1.3, -0.4, soft.x)
        )
        sky += tint(band * 0.045, colour)
    picture = resize(np.maximum(sky, 0), canvas.shape)
    ridge_noise = resize(canvas.coarser(4).fbm("ridge", 3, 5), canvas.shape)
    for k, (base, rise, tone) in enumerate(((-0.10, 0.05, 0.80), (-0.01, 0.07, 0.55))):
        line = (
            base
            + rise * ridge_noise[canvas.height * k // 9][None] * 0.5
            - 0.10 * np.exp(-(((x - (0.8 - 1.5 * k)) / 0.6) ** 2))
        )
        hill = mix(slate * 0.55 + straw * 0.08, pale * 0.8, tone * 0.6)
        stripes = 0.06 * resize(canvas.coarser(3).fbm(f"moor{k}", 8, 4), canvas.shape)
        picture = mix(picture, hill * (1 + stripes)[..., None], smoothstep(-0.004, 0.004, y - line))
    brow = 0.085 - 0.10 * np.exp(-(((x - 0.1) / 1.2) ** 2)) + 0.010 * ridge_noise[:1]
    ground = np.maximum(y - brow, 0) + 0.004
    away = 0.42 / ground
    turf = noise_tile(canvas, "turf", (1.6, 5.0, 16.0))
    patches = noise_tile(canvas, "patches", (12.0, 40.0))
    blades = turf[(away * 210).astype(np.int32) % 512, (x * away * 150 + away * 9).astype(np.int32) % 512]
    clumps = patches[(away * 42).astype(np.int32) % 512, (x * away * 30).astype(np.int32) % 512]
    near = smoothstep(9, 1, away)
    grass = mix(linear("#5a5c38"), straw * 0.72, smoothstep(-1.6, 1.8, clumps + 0.55 * blades * near))
    grass = mix(grass, linear("#4a5230"), 0.5 * smoothstep(0.3, 1.6, -clumps))
    stones = canvas.random("stones").random((512, 512)).astype(np.float32)
    hail = smoothstep(
        0.955,
        0.99,
        stones[(away * 230).astype(np.int32) % 512, (x * away * 170).astype(np.int32) % 512] - 0.02 * clumps,
    )
    lit = (0.72 + 0.16 * blades + 0.10 * clumps) * (0.85 + 0.25 * smoothstep(0.9, 0.1, y))
    field = grass * lit[..., None] * 0.95 + (hail * 0.35 * near)[..., None]
    picture = mix(picture, field, smoothstep(-0.003, 0.003, y - brow + 0.004 * blades))
    # The photographer's own shadow, long down the slope.
    fx = x + 0.42 + 0.02 * blades * 0.3 + 0.35 * (1 - y) * 0.3
    shade, _ = swell(
        fx + 0 * y,
        y + 0 * x,
        [
            (0.0, 1.3, 0.17, 0.0, 0.80, 0.125),
            (0.0, 0.66, 0.055, 0.0, 0.62, 0.052),
            (-0.11, 0.86, 0.06, -0.075, 0.72, 0.035),
            (0.11, 0.86, 0.06, 0.07, 0.70, 0.035),
        ],
        0.04,
        0.1,
    )
    picture *= (1 - 0.58 * smoothstep(0.012, -0.012, shade + 0.006 * blades))[..., None]
    camera = Camera(eye=(0.0, 1.55, 6.4), target=(0.05, 1.42, 0.0), lens=0.42)
    picture = _tussocks(canvas, picture, straw, 0.10, 0.50, 5200)
    _sheep(canvas, picture, 0.335, 0.20, 0.25)
    picture = _instruments(canvas, camera, picture)
    picture = _tussocks(canvas, picture, straw, 0.50, 1.05, 5200)
    drops = canvas.random("drops")
    curves, levels = [], []
    for _ in range(420):
        px, py = drops.uniform(-1.4, 1.4), drops.uniform(-1, 0.9)
        long = drops.uniform(0.008, 0.035)
        curves.append(np.array([[px, py], [px - long * 0.30, py + long]], np.float32))
        levels.append(float(drops.uniform(0.1, 0.5)))
    picture += tint(blur(canvas.strokes(curves, 1.6 * canvas.pixel, levels), 0.8) * 0.35, pale)
    return develop(canvas, picture, exposure=1.2, contrast=0.3, vignette=0.32, grain=2.6)


def _tussocks(canvas: Canvas, picture: Array, straw: Array, low: float, high: float, count: int) -> Array:
    """Blades of grass bent by the wind, each longer the nearer it stands; three passes from dark to light."""
    random = canvas.random(f"blades{low}")
    for dark, share, colour in (
        (0.75, 0.35, linear("#3c4026")),
        (0.8, 0.4, straw * 0.62 + linear("#5a5c2c") * 0.2),
        (0.8, 0.25, straw * 1.25),
    ):
        curves, levels = [], []
        for _ in range(int(count * share)):
            py = low + (high - low) * random.random() ** 0.7
            px = random.uniform(-1.4, 1.4)
            long = (0.012 + 0.075 * max(py - 0.05, 0.02)) * random.uniform(0.5, 1.4)
            lean = 0.55 + random.normal(0, 0.28)
            t = np.linspace(0, 1, 4)
            curves.append(
                np.stack([px + long * lean * t**1.7, py - long * (t - 0.25 * t * t)], axis=1).astype(np.float32)
            )
            levels.append(float(random.uniform(0.35, 1.0)))
        picture = mix(picture, colour, dark * canvas.strokes(curves, 2.0 * canvas.pixel, levels))
    return picture


def _sheep(canvas: Canvas, picture: Array, x0: float, y0: float, size: float) -> None:
    """A sheep that faces the lens: fleece in curls, a dark face, ears out to the sides."""
    rows, columns = canvas.patch(x0, y0, size * 1.2)
    x, y = (canvas.x[:, columns] - x0) / size, (canvas.y[rows] - y0) / size
    curl = canvas.fbm("curl", 46, 4, 0.6, ridged=True)[rows, columns]
    lock = resize(canvas.coarser(2).fbm("lock", 22, 3), canvas.shape)[rows, columns]
    target = picture[rows, columns]
    shadow = np.exp(-(((x - 0.10) / 0.62) ** 2) - (((y - 0.80) / 0.09) ** 2))
    target *= 1 - 0.6 * shadow[..., None]
    pixel = canvas.pixel / size
    legs, _ = swell(
        x,
        y,
        [
            (-0.22, 0.40, 0.085, -0.22, 0.82, 0.05),
            (0.20, 0.40, 0.085, 0.21, 0.82, 0.05),
            (0.34, 0.4, 0.06, 0.36, 0.74, 0.045),
        ],
        0.03,
        0.1,
    )
    bone = linear("#26221f") * (0.6 + 0.9 * smoothstep(0.2, -0.2, x + 0.22))[..., None]
    target += (bone * (0.9 + 0.2 * lock)[..., None] - target) * coverage(legs, pixel * 1.6)[..., None]
    shape, height = swell(
        x + 0.018 * lock,
        y + 0.018 * curl * 0.6,
        [(0.0, 0.12, 0.50, 0.10, 0.08, 0.52), (0.0, 0.3, 0.36, 0.2, 0.3, 0.34)],
        0.1,
        0.45,
    )
    nx, ny, nz = cloth_normals(height, 0.030 * curl + 0.035 * lock, pixel, 0.02)
    wool = np.clip(0.34 - 0.50 * ny - 0.18 * nx + 0.42 * nz, 0, 1.5) * (0.86 + 0.10 * curl)
    dirty = mix(linear("#d9cfb8"), linear("#8d7d62"), smoothstep(-0.1, 0.7, y + 0.12 * lock))
    target += (dirty * wool[..., None] * 1.05 - target) * coverage(shape, pixel * 2.5)[..., None]
    # Head, a little turned, lower than the fleece; ears and the white of hail in the wool above.
    ears, ear_h = swell(
        x,
        y,
        [
            (-0.19, -0.16, 0.045, -0.40, -0.125, 0.055),
            (-0.40, -0.125, 0.055, -0.47, -0.09, 0.02),
            (0.15, -0.16, 0.045, 0.35, -0.145, 0.055),
            (0.35, -0.145, 0.055, 0.42, -0.12, 0.02),
        ],
        0.02,
        0.05,
    )
    face, high = swell(
        x,
        y,
        [(-0.02, -0.15, 0.165, -0.03, 0.05, 0.135), (-0.03, 0.05, 0.12, -0.035, 0.20, 0.085)],
        0.05,
        0.14,
    )
    hair = canvas.fbm("hair", 160, 2)[rows, columns]
    for shape_, lift, tone in ((ears, ear_h, 0.8), (face, high, 1.0)):
        nx, ny, nz = cloth_normals(lift, 0.002 * hair, pixel, 0.012)
        light = np.clip(0.10 - 0.45 * ny - 0.20 * nx + 0.30 * nz, 0, 1) * tone
        glossy = np.maximum(0.75 * nz - 0.55 * ny - 0.2 * nx, 0) ** 14 * 0.05
        shade = np.exp(-np.maximum(shape_, 0) / np.float32(0.05))[..., None]
        target *= 1 - 0.35 * shade * (1 - coverage(shape_, pixel * 2)[..., None])
        target += (
            linear("#4a4340") * light[..., None] * (1.0 + 0.12 * hair)[..., None] + glossy[..., None] - target
        ) * coverage(shape_, pixel * 2)[..., None]
    for ex in (-0.135, 0.085):
        eye = np.sqrt(((x - ex) / 1.25) ** 2 + (y + 0.085) ** 2)
        target += (linear("#b98a3a") * 0.55 - target) * smoothstep(0.034, 0.024, eye)[..., None]
        slot = np.maximum(np.abs(x - ex) - 0.022, np.abs(y + 0.085) - 0.008)
        target *= 1 - 0.95 * coverage(slot, pixel * 3)[..., None]
        spark = np.exp(-(((x - ex + 0.012) ** 2 + (y + 0.098) ** 2) / 0.00006))
        target += spark[..., None] * 0.9
        brow = np.exp(-(((x - ex) / 0.05) ** 2) - (((y + 0.128) / 0.014) ** 2))
        target *= 1 - 0.5 * brow[..., None]
    nose = np.minimum(
        np.abs((x + 0.035) - 0.035 - (y - 0.235) * 0.5), np.abs((x + 0.035) + 0.035 + (y - 0.235) * 0.5)
    )
    muzzle = smoothstep(0.014, 0.004, nose) * smoothstep(0.19, 0.205, y) * smoothstep(0.255, 0.24, y)
    mouth = smoothstep(0.010, 0.003, np.abs(y - 0.262 + 1.5 * (x + 0.035) ** 2)) * (np.abs(x + 0.035) < 0.06)
    target *= 1 - 0.8 * np.maximum(muzzle, mouth)[..., None]
    fringe, lump = swell(x + 0.02 * lock, y + 0.02 * curl, [(-0.12, -0.29, 0.075, 0.08, -0.29, 0.08)], 0.05, 0.1)
    nx, ny, nz = cloth_normals(lump, 0.020 * curl, pixel, 0.012)
    wool = np.clip(0.36 - 0.45 * ny + 0.42 * nz, 0, 1.4) * (0.9 + 0.1 * curl)
    target += (linear("#d9cfb8") * wool[..., None] - target) * coverage(fringe, pixel * 3)[..., None]


def _instruments(canvas: Canvas, camera: Camera, picture: Array) -> Array:
    """Fence, gauge and mast over the picture, in sunlight from behind the lens."""
    room = Room(canvas, camera)
    random = canvas.random("fence")
    left, right, back, front = -2.15, 2.0, -1.5, 1.35
    spots = [(left + (right - left) * k / 4, z) for k in range(5) for z in (back, front)]
    spots += [(x, back + (front - back) * k / 3) for k in (1, 2) for x in (left, right)]
    for px, pz in spots:
        lean = random.normal(0, 0.03)
        tall = 1.05 if pz == back else 0.98
        room.tube(
            (px, -0.05, pz),
            (px + lean, tall + random.normal(0, 0.02), pz + random.normal(0, 0.02)),
            0.045,
            POST,
            POST,
        )
    for height in (0.14, 0.30, 0.46, 0.64, 0.90):
        radius = 0.006 if height < 0.8 else 0.008
        for z in (back, front):
            room.tube((left, height, z + 0.05), (right, height + 0.01, z + 0.05), radius, WIRE)
        for px in (left, right):
            room.tube((px, height, back), (px, height, front), radius, WIRE)
    for k in range(26):
        px = left + (right - left) * (k + 0.5) / 26
        for z in (back, front):
            room.tube((px, 0.14, z + 0.05), (px, 0.64, z + 0.05), 0.0045, WIRE)
    # The gauge: a squat cylinder with a sharp brass rim.
    gx, gz = -0.62, 0.25
    room.tube((gx, 0, gz), (gx, 0.56, gz), 0.20, STEEL)
    room.tube((gx, 0.56, gz), (gx, 0.62, gz), 0.215, COPPER)
    room.disc((gx, 0.62, gz), (0.215, 0, 0), (0, 0, 0.215), COPPER, 0.9)
    room.disc((gx, 0.60, gz), (0.19, 0, 0), (0, 0, 0.19), STEEL)
    room.tube((gx, 0.0, gz), (gx, 0.05, gz), 0.23, STEEL, STEEL)
    # The mast: a tube, guys, a vane with its tail, and three cups.
    mx, mz = 0.42, -0.35
    room.tube((mx, 0, mz), (mx, 2.62, mz), 0.030, STEEL)
    room.tube((mx, 0, mz), (mx, 1.2, mz), 0.042, STEEL)
    for dx, dz in ((-0.95, 0.6), (0.9, 0.7), (0.1, -1.0)):
        room.tube((mx, 2.0, mz), (mx + dx, 0.0, mz + dz), 0.006, WIRE)
    room.box((mx + 0.02, 1.28, mz + 0.09), (0.30, 0.38, 0.16), STEEL)
    room.tube((mx - 0.55, 2.42, mz), (mx + 0.55, 2.42, mz), 0.018, STEEL)
    vx = mx - 0.52
    room.tube((vx, 2.42, mz), (vx, 2.62, mz), 0.018, STEEL)
    room.tube((vx - 0.34, 2.66, mz + 0.05), (vx + 0.26, 2.62, mz - 0.04), 0.013, VANE, VANE)
    room.ball((vx - 0.34, 2.66, mz + 0.05), 0.030, VANE)
    room.quad((vx + 0.12, 2.52, mz - 0.02), (0.22, 0.0, -0.03), (0.04, 0.22, 0), VANE)
    room.tube((vx, 2.60, mz), (vx, 2.68, mz), 0.032, VANE, VANE)
    ax = mx + 0.52
    room.tube((ax, 2.42, mz), (ax, 2.66, mz), 0.018, STEEL)
    for k in range(3):
        a = 0.5 + k * 2 * pi / 3
        cx, cz = ax + 0.17 * cos(a), mz + 0.17 * sin(a)
        room.tube((ax, 2.68, mz), (cx, 2.68, cz), 0.008, VANE)
        room.ball((cx, 2.68, cz), 0.062, VANE)
    grain = canvas.fbm("grain-wood", 240, 2).ravel()
    table = np.zeros((8, 3), np.float32)
    for kind, colour in (
        (POST, "#8a7a64"),
        (WIRE, "#9aa0a0"),
        (STEEL, "#a9b0b2"),
        (COPPER, "#b9854a"),
        (VANE, "#2c3236"),
    ):
        table[kind] = linear(colour)

    def light(s: Surface) -> Array:
        sun = np.maximum(-0.42 * s.nx + 0.50 * s.ny + 0.75 * s.nz, 0)
        sky = 0.30 + 0.25 * s.ny
        along = s.rx * s.nx + s.ry * s.ny + s.rz * s.nz
        mirror_y = s.ry - 2 * along * s.ny
        shine = smoothstep(0.05, 0.6, mirror_y) * np.where((s.kind == STEEL) | (s.kind == COPPER), 0.30, 0.06)
        crack = (
            1
            + 0.20 * grain[s.index] * (s.kind == POST)
            - 0.35 * (np.sin(s.v * 160 + 2 * np.sin(s.u * 9)) > 0.86) * (s.kind == POST)
        )
        wet = np.where((s.kind == POST) & (s.y > 0.9), 1.25, 1.0)
        foot = 0.45 + 0.55 * smoothstep(0.0, 0.25, s.y)
        tone = (0.95 * sun + 0.55 * sky) * crack * wet * foot
        colour = table[s.kind] * (tone * 0.85)[:, None] + (shine * foot)[:, None] * np.array(
            [0.75, 0.80, 0.85], np.float32
        )
        rust = (s.kind == STEEL) * smoothstep(0.9, 1.6, grain[s.index] - 2 * s.y + 0.3)
        return mix(colour, linear("#7a4a2c") * 0.5, rust[:, None] * 0.5)

    return room.shade(light, picture)
