"""A wet Saturday: the outreach van in the library's car park."""

import numpy as np
from PIL import Image

from .canvas import (
    Array,
    Canvas,
    blur,
    bokeh,
    box,
    develop,
    linear,
    mix,
    resize,
    sample,
    smoothstep,
    splat,
    tint,
)
from .crowd import queue
from .registry import motif
from .room import Room, Surface
from .solid import Camera

TARMAC, SKIN, INSIDE, BENCH, SCOPE, DARK, TYRE, GLASS, LAMP, HUB, EYEPIECE = range(1, 12)
TAIL, NOSE, SIDE_Z = -4.6, 1.25, 0.0  # the van runs from its tail at the left to its nose


def _van(room: Room) -> None:
    """A tall white van seen from its open side."""
    length, high, deep = NOSE - TAIL, 2.55, 2.0

    def side(u: Array, v: Array) -> Array:
        bonnet = np.maximum(u - length + 1.30, 0)
        roof = high - 0.85 * bonnet - 0.12 * np.maximum(u - length + 0.35, 0)
        roof = np.where(bonnet > 1.05, np.minimum(roof, 1.45 - 0.9 * (bonnet - 1.05)), roof)
        outline = np.maximum(v - roof + 0.10 * np.exp(-u * 5), 0.36 - v)
        for wheel in (1.15, length - 0.98):
            outline = np.maximum(outline, 0.50 - np.sqrt((u - wheel) ** 2 + (v - 0.36) ** 2))
        opening = box(u - 2.35, v - 1.43, 1.32, 0.80, 0.08)
        return (outline < 0) & (opening > 0)

    room.quad((TAIL, 0, SIDE_Z), (length, 0, 0), (0, high, 0), SKIN, side)
    window = (NOSE - 1.62, 1.42, SIDE_Z + 0.012)
    room.quad(
        window,
        (0.82, 0, 0),
        (0, 0.78, 0),
        GLASS,
        lambda u, v: (v < 0.78 - 0.95 * np.maximum(u - 0.30, 0)) & (u > 0.03) & (v > 0.02),
    )
    for wheel in (TAIL + 1.15, NOSE - 0.98):
        room.disc((wheel, 0.36, SIDE_Z - 0.05), (0.50, 0, 0), (0, 0.50, 0), DARK)
        room.tube((wheel, 0.36, SIDE_Z - 0.2), (wheel, 0.36, SIDE_Z), 0.36, TYRE, TYRE)
        room.disc((wheel, 0.36, SIDE_Z + 0.01), (0.215, 0, 0), (0, 0.215, 0), HUB)
    x0, x1, floor, roof, back = TAIL + 1.02, TAIL + 3.68, 0.62, 2.24, SIDE_Z - deep + 0.2
    room.quad((x0, floor, SIDE_Z), (x1 - x0, 0, 0), (0, 0, back), INSIDE)
    room.quad((x0, floor, back), (x1 - x0, 0, 0), (0, roof - floor, 0), INSIDE)
    room.quad((x0, roof, SIDE_Z), (x1 - x0, 0, 0), (0, 0, back), INSIDE)
    for x in (x0, x1):
        room.quad((x, floor, SIDE_Z), (0, 0, back), (0, roof - floor, 0), INSIDE)
    room.box(((x0 + x1) / 2, roof - 0.03, -0.7), (2.2, 0.03, 0.12), LAMP)
    room.box(((x0 + x1) / 2, 1.03, -0.35), (x1 - x0, 0.06, 0.62), BENCH)
    for k in range(4):
        room.box(((x0 + x1) / 2 - 0.99 + k * 0.66, 1.72, back + 0.12), (0.52, 0.24, 0.2), SCOPE if k % 2 else DARK)
    for k in range(3):
        x = x0 + 0.52 + k * 0.80
        room.box((x, 1.09, -0.30), (0.24, 0.06, 0.30), SCOPE)
        room.box((x, 1.28, -0.42), (0.09, 0.40, 0.09), SCOPE)
        room.box((x, 1.21, -0.24), (0.20, 0.03, 0.20), DARK)
        room.tube((x, 1.24, -0.24), (x, 1.42, -0.24), 0.045, HUB, HUB)
        room.tube((x, 1.42, -0.30), (x, 1.52, -0.16), 0.08, SCOPE, SCOPE)
        room.tube((x, 1.50, -0.20), (x - 0.03, 1.62, -0.06), 0.034, EYEPIECE, EYEPIECE)
        room.tube((x + 0.07, 1.50, -0.20), (x + 0.05, 1.62, -0.06), 0.034, EYEPIECE, EYEPIECE)
    # The raised side, a roof over the bench, on two gas struts.
    room.quad((x0 - 0.04, 2.28, SIDE_Z), (x1 - x0 + 0.08, 0, 0), (0, 0.34, 1.15), SKIN)
    for x in (x0 + 0.05, x1 - 0.05):
        room.tube((x, 1.85, SIDE_Z + 0.01), (x, 2.50, 0.85), 0.018, HUB)
    room.box(((x0 + x1) / 2, 0.30, 0.55), (1.5, 0.26, 0.45), DARK)
    room.tube((NOSE - 0.06, 0.80, SIDE_Z - 0.2), (NOSE - 0.02, 0.80, SIDE_Z + 0.01), 0.13, LAMP, LAMP)


@motif("van")
def van(canvas: Canvas) -> Image.Image:
    """White van, lit side, umbrellas in a queue, everything twice in the wet."""
    camera = Camera(eye=(1.1, 1.75, 11.6), target=(0.55, 1.50, 0.0), lens=0.345)
    grey, white, red = canvas.palette
    grey = mix(grey, white, 0.32) * np.array([1.0, 0.96, 0.94], np.float32)
    picture = _library(canvas, camera, grey)
    room = Room(canvas, camera)
    _van(room)
    dirt = resize(canvas.coarser(2).fbm("dirt", 9, 5), canvas.shape).ravel()
    length = NOSE - TAIL
    table = np.zeros((16, 3), np.float32)
    for kind, colour in (
        (SKIN, "#f6f7f6"),
        (INSIDE, "#dfe3e0"),
        (BENCH, "#b9a78a"),
        (SCOPE, "#e6e6e0"),
        (DARK, "#1b1f22"),
        (TYRE, "#14161a"),
        (GLASS, "#202a30"),
        (LAMP, "#fff6dc"),
        (HUB, "#8b9296"),
        (EYEPIECE, "#16181a"),
    ):
        table[kind] = linear(colour)

    def light(s: Surface) -> Array:
        noise = dirt[s.index]
        sky = 0.26 + 0.42 * np.maximum(s.ny, 0) + 0.20 * np.maximum(s.nz, 0)
        inside = (s.z < -0.005) & (s.x > TAIL + 1.0) & (s.x < TAIL + 3.7) & (s.y > 0.6)
        fall = 1 / (0.35 + (s.y - 2.2) ** 2 * 0.55 + (s.z + 0.7) ** 2 * 0.5)
        glow = np.where(inside, fall * (0.55 + 0.45 * np.maximum(s.ny, 0) + 0.25 * np.maximum(s.nz, 0)), 0)
        under = (s.kind == SKIN) & (s.z > 0.02)
        glow = np.where(under, 0.65, glow)
        tone = table[s.kind] * (sky * np.where(inside, 0.25, 1.0) * 0.80)[:, None] * grey * 1.25
        tone += table[s.kind] * linear("#ffdca6") * (glow * 0.62)[:, None]
        skin = (s.kind == SKIN) & ~under
        tone = np.where(skin[:, None], tone * 1.45, tone)
        # Panel gaps, a coloured band, road dirt thrown up, and the bow of the sheet metal in its shading.
        bow = (
            0.80
            + 0.28 * smoothstep(0.4, 2.3, s.v)
            - 0.30 * np.exp(-(((s.v - 0.78) / 0.05) ** 2))
            + 0.16 * np.exp(-(((s.v - 0.86) / 0.05) ** 2))
        )
        splash = smoothstep(1.0, 0.36, s.v + 0.12 * noise) * 0.45
        gap = np.exp(-(((s.u - length + 1.80) / 0.010) ** 2)) + np.exp(-(((s.u - length + 0.72) / 0.010) ** 2)) * (
            s.v < 1.5
        )
        gap += np.exp(-(((s.v - 1.30) / 0.008) ** 2)) * (s.u > length - 1.8) * 0.7
        band = smoothstep(0.012, 0.0, np.abs(s.v - 1.02 - 0.06 * np.sin(s.u * 1.4)) - 0.05) * (
            s.u > 3.75
        ) + smoothstep(0.012, 0.0, np.abs(s.v - 0.52) - 0.03)
        panel = tone * (bow * (1 - splash) * (1 - 0.75 * np.minimum(gap, 1)))[:, None]
        panel = mix(panel, red * 0.30, (0.9 * np.minimum(band, 1) * (s.u < length - 0.2))[:, None])
        tone = np.where(skin[:, None], panel, tone)
        pane = grey * (0.18 + 0.5 * smoothstep(0.2, 0.9, s.v + 0.3 * s.u))[:, None]
        tone = np.where((s.kind == GLASS)[:, None], pane, tone)
        poster = (
            (s.kind == INSIDE)
            & (s.z < -1.5)
            & (s.v > 0.42)
            & (s.v < 0.95)
            & ((s.u % 0.9) > 0.12)
            & ((s.u % 0.9) < 0.78)
        )
        art = np.exp(-(((s.u % 0.9) - 0.45) ** 2 + (s.v - 0.70) ** 2) / 0.012) + 0.6 * ((s.v % 0.09) < 0.03) * (
            s.v < 0.58
        )
        tone = np.where(
            poster[:, None],
            mix(linear("#2f6f8f")[None], linear("#f1ead2")[None], art[:, None])
            * (0.25 + 0.5 * glow)[:, None]
            * 0.8,
            tone,
        )
        return np.where((s.kind == LAMP)[:, None], linear("#ffe9c0") * 3.2, tone)

    picture = room.shade(light, picture)
    queue(canvas, camera, picture, grey)
    picture = _wet(canvas, camera, picture, grey)
    small = canvas.coarser(4)
    spill = blur(np.maximum(resize(picture, small.shape) - 0.55, 0), small.width * 0.02)
    picture += resize(spill, canvas.shape) * 0.5
    random = canvas.random("rain")
    curves, levels = [], []
    for _ in range(900):
        px, py, near = random.uniform(-1.4, 1.4), random.uniform(-1.05, 0.9), random.random() ** 2
        long = 0.025 + 0.075 * near
        curves.append(np.array([[px, py], [px - long * 0.10, py + long]], np.float32))
        levels.append(float(0.15 + 0.5 * near * random.random()))
    rain = blur(canvas.strokes(curves, 1.8 * canvas.pixel, levels), 0.9)
    picture += tint(rain * 0.16, grey + 0.1)
    return develop(
        canvas, picture, exposure=1.35, contrast=0.35, vignette=0.40, grain=3.0, glow=0.14, threshold=0.9
    )


def _library(canvas: Canvas, camera: Camera, grey: Array) -> Array:
    """Brick, tall lit windows and wet trees across the car park, thrown out of focus."""
    sheet = canvas.coarser(2)
    room = Room(sheet, camera)
    room.quad((-40, 0, 12), (80, 0, 0), (0, 0, -72), 5)
    room.quad((-40, 0, -60), (80, 0, 0), (0, 60, 0), 1)
    room.quad((-15, 0, -9), (24, 0, 0), (0, 7.2, 0), 2)
    room.box((-3, 7.35, -8.8), (24.6, 0.5, 0.8), 3)
    for k in range(7):
        room.quad(
            (-13.4 + k * 3.2, 1.5, -8.95),
            (1.7, 0, 0),
            (0, 3.6, 0),
            4,
            lambda u, v: (v < 2.75) | ((u - 0.85) ** 2 + (v - 2.75) ** 2 < 0.72),
        )
    room.box((-3, 0.5, -8.7), (24.6, 1.0, 0.4), 3)
    cloud = sheet.fbm("cloud", 2.5, 5).ravel()
    lit = canvas.random("windows").random(512)

    def light(s: Surface) -> Array:
        sky = grey * (0.80 + 0.22 * cloud[s.index] + 0.35 * smoothstep(2, 16, s.y))[:, None]
        brick = (
            linear("#6e4336")
            * (0.34 + 0.06 * cloud[s.index])[:, None]
            * (1 - 0.15 * ((s.v / 0.22) % 1 < 0.2))[:, None]
        )
        stone = linear("#9a9284") * 0.30
        bar = (np.abs((s.u / 0.57) % 1 - 0.5) > 0.45) | (np.abs((s.v / 0.72) % 1 - 0.5) > 0.46)
        warm = linear("#ffcf8a") * (0.35 + 1.15 * lit[s.part % 512] + 0.3 * np.sin(s.v * 2.2 + s.u))[:, None]
        shelves = (s.v < 1.6) & (np.abs((s.v / 0.4) % 1 - 0.5) > 0.40)
        glass = np.where((bar | shelves)[:, None], warm * 0.18, warm)
        k = s.kind[:, None]
        wet = grey * (0.16 + 0.05 * cloud[s.index] + 0.25 * np.exp(-(((s.z + 9) / 3) ** 2)))[:, None]
        out = np.where(k == 1, sky, np.where(k == 2, brick, np.where(k == 3, stone, np.where(k == 5, wet, glass))))
        mist = (1 - np.exp(-s.depth * 0.018))[:, None]
        return out * (1 - mist) + grey * 1.0 * mist

    picture = room.shade(light, np.zeros((*sheet.shape, 3), np.float32))
    random = canvas.random("leaves")
    for x, y, size in ((1.12, -0.42, 0.42), (-1.30, -0.40, 0.36)):
        count = 5200
        px, py = x + random.normal(0, size * 0.5, count), y + random.normal(0, size * 0.42, count)
        leaf = splat(sheet.shape, sheet.column(px), sheet.row(py), random.uniform(0.3, 1.0, count))
        leaf = np.clip(blur(leaf, 3.0) * 6, 0, 1)
        trunk = np.exp(-(((sheet.x - x + 0.02 * np.sin(sheet.y * 5)) / 0.030) ** 2)) * (sheet.y > y)
        tone = linear("#6b5a2a") * (0.22 + 0.25 * random.random())
        picture = mix(picture, tone * grey * 1.6, np.maximum(leaf * 0.85, trunk * 0.9))
    picture = blur(picture, sheet.width * 0.0036)
    picture = resize(picture, canvas.shape)
    points = np.stack([random.uniform(-1.3, 1.3, 18), random.uniform(-0.30, 0.02, 18)], axis=1)
    colours = np.where(random.random(18)[:, None] < 0.3, linear("#ff5a3c"), linear("#ffd9a0")) * random.uniform(
        0.15, 0.6, (18, 1)
    )
    bokeh(canvas, picture, points, random.uniform(0.014, 0.030, 18), colours)
    return picture


def _wet(canvas: Canvas, camera: Camera, picture: Array, grey: Array) -> Array:
    """Tarmac over the lower part of the frame: each place shows what stands above it, shaken by the wet."""
    sheet = Room(canvas, camera)
    sheet.quad((-30, 0, 9.5), (60, 0, 0), (0, 0, -18.4), TARMAC)
    foot = camera.project(np.array([[0.0], [0.0], [0.9]], np.float32))[1][0]
    first = int(canvas.row(foot))
    x, y = canvas.x, canvas.y[first:]
    rough = canvas.fbm("rough", 300, 3, 0.7)[first:]
    pool = resize(canvas.coarser(4).fbm("pool", 5, 4), canvas.shape)
    # Puddles lie flat in the world, so their noise is squeezed towards the horizon.
    line = np.maximum(y - float(camera.project(np.array([[0.0], [0.0], [-60.0]], np.float32))[1][0]), 0.12)
    half = canvas.coarser(2)
    streak = resize(resize(picture, half.shape), (half.height // 10, half.width))
    streak = resize(blur(streak, 1.4), half.shape)
    places = canvas.column(x / line * 0.30), canvas.row(0.45 / line - 1.2) + 0 * x
    puddle = smoothstep(0.15, 0.75, sample(pool, *places))
    pool = pool[first:]
    wave = rough * (0.010 * (1 - puddle) + 0.0012)
    column = canvas.column(x + wave * 0.35)
    rows = np.clip(canvas.row(2 * float(foot) - y) + wave * canvas.height * 0.25, 1, canvas.height - 2)
    sharp, smeared = sample(picture, column, rows), sample(streak, column / 2, rows / 2)
    seen = mix(smeared, sharp, 0.75 * puddle + 0.05)
    bare = (0.055 + 0.020 * rough + 0.012 * pool) * (1 - 0.45 * puddle)
    share = np.clip(0.30 + 0.42 * puddle + 0.25 * np.exp(-(y - float(foot)) / 0.25), 0, 0.92)
    share = share * (1 + 0.12 * rough * (1 - puddle))
    tarmac = tint(bare, grey) + seen * share[..., None] * 0.78
    # White bays, worn.
    wx, wz = sheet.u[first:] - 30, 9.5 - sheet.v[first:]
    bay = np.abs((wx + 0.35 * wz + 0.4) % 2.7 - 1.35) < 0.055
    paint = (bay & (wz > 1.6)).astype(np.float32) * smoothstep(-0.6, 0.3, rough + pool)
    tarmac = mix(tarmac, grey * 0.55 + seen * 0.2, 0.75 * paint)
    rings = canvas.random("rings")
    for _ in range(150):
        cx, cy = rings.uniform(-1.35, 1.35), rings.uniform(foot + 0.05, 1.0)
        size = rings.uniform(0.006, 0.028) * (0.4 + cy)
        r, c = canvas.patch(cx, cy, size * 1.3, size * 0.5)
        r = slice(max(r.start - first, 0), r.stop - first)
        away = np.sqrt(((x[:, c] - cx) / size) ** 2 + ((y[r] - cy) / (size * 0.30)) ** 2)
        ring = np.exp(-(((away - 0.85) / 0.12) ** 2)) * 0.10 - np.exp(-(((away - 0.6) / 0.12) ** 2)) * 0.05
        tarmac[r, c] += tint(ring, grey * 1.5)
    shade = np.exp(-(((y - float(foot)) / 0.05) ** 2)) * (np.abs(x + 0.40) < 0.66) * 0.5
    picture[first:] = np.maximum(tarmac, 0) * (1 - shade)[..., None]
    return picture
