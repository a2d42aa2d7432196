"""Out in the field: a barn made into a theatre, a cliff from the air, moths at a lamp."""

from itertools import pairwise
from math import cos, sin

import numpy as np
from PIL import Image

from .canvas import (
    Array,
    Canvas,
    blur,
    develop,
    lambert,
    linear,
    mix,
    normals,
    occlusion,
    resize,
    sample,
    smoothstep,
    splat,
    tint,
)
from .registry import motif
from .room import Room, Surface, lamp
from .solid import Camera

FLOOR, PLANK, BEAM, BALE, STAGE, LECTERN, STAND, CUSHION = range(1, 9)


def _straw(canvas: Canvas, side: int = 512, count: int = 26000) -> Array:
    """A tile (side, side) of straws lying mostly along u, each with its own brightness."""
    random = canvas.random("straw")
    column, row = random.uniform(0, side, count), random.uniform(0, side, count)
    angle = random.normal(0, 0.35, count)
    length, level = random.uniform(8, 42, count), random.random(count) ** 1.3
    total, hits = np.zeros((side, side), np.float32), np.full((side, side), 0.2, np.float32)
    for t in np.linspace(-0.5, 0.5, 22):
        c = ((column + np.cos(angle) * length * t) % side).astype(np.int32)
        r = ((row + np.sin(angle) * length * t) % side).astype(np.int32)
        np.add.at(total, (r, c), level)
        np.add.at(hits, (r, c), 1.0)
    tile = total / hits
    return (tile - tile.mean()) / tile.std()


@motif("crossbeams")
def crossbeams(canvas: Canvas) -> Image.Image:
    """Two warm beams cross above a small stage in a dark barn; rows of hay bales wait for an audience."""
    camera = Camera(eye=(0.55, 2.35, 9.6), target=(0.0, 1.75, -5.0), lens=0.50)
    room = Room(canvas, camera, far=60)
    random = canvas.random("barn")
    room.quad((-6, 0, 11), (12, 0, 0), (0, 0, -19), FLOOR)
    room.quad((-6, 0, -7.2), (12, 0, 0), (0, 8, 0), PLANK)
    for side in (-1, 1):
        room.quad((side * 6, 0, 11), (0, 0, -19), (0, 3.6, 0), PLANK)
        room.quad((side * 6, 3.6, 11), (0, 0, -19), (-side * 6, 3.4, 0), PLANK)
        for k in range(6):
            z = 6.5 - k * 2.7
            room.box((side * 5.6, 1.8, z), (0.3, 3.6, 0.3), BEAM)
            room.tube((side * 5.6, 3.5, z), (0, 6.7, z), 0.13, BEAM)
            room.tube((side * 5.6, 2.5, z), (side * 4.2, 3.5, z), 0.09, BEAM)
            room.box((0, 3.55, z), (11.2, 0.28, 0.26), BEAM)
            room.tube((side * 2.2, 3.6, z), (side * 2.2, 5.3, z), 0.09, BEAM)
    room.box((0, 0.25, -5.0), (6.4, 0.5, 2.8), STAGE, top=STAGE)
    room.box((0.1, 0.98, -4.6), (0.16, 0.95, 0.16), LECTERN)
    room.box((0.1, 0.53, -4.6), (0.5, 0.06, 0.4), LECTERN)
    room.quad((-0.26, 1.42, -4.38), (0.72, 0, 0), (0, 0.20, -0.42), LECTERN)
    room.quad((-0.26, 1.34, -4.36), (0.72, 0, 0), (0, 0.10, 0), LECTERN)
    lamps = ((-3.6, 3.15, -0.6), (3.6, 3.15, -0.6))
    for lx, ly, lz in lamps:
        room.tube((lx, 0, lz), (lx, ly, lz), 0.035, STAND)
        for dx, dz in ((0.45, 0.25), (-0.45, 0.25), (0, -0.5)):
            room.tube((lx, 0.75, lz), (lx + dx, 0, lz + dz), 0.022, STAND)
        room.tube((lx - 0.35, ly, lz), (lx + 0.35, ly, lz), 0.03, STAND)
        aim = np.array([-np.sign(lx) * 0.55, -0.45, -0.7])
        room.tube(
            np.array([lx, ly + 0.02, lz]) - aim * 0.30,
            np.array([lx, ly + 0.02, lz]) + aim * 0.22,
            0.15,
            STAND,
            STAND,
        )
    for line in range(5):
        z = -1.5 + line * 1.75
        for i in range(8):
            x = (i - 3.5) * 1.12 + (0.35 if i > 3 else -0.35) + random.normal(0, 0.04)
            turn = random.normal(0, 0.035)
            room.box((x, 0.24, z + random.normal(0, 0.03)), (1.02, 0.48, 0.52), BALE, turn=turn)
            if line == 0 and i in (0, 2, 5, 6):
                room.box((x + 0.1, 0.53, z), (0.42, 0.10, 0.40), CUSHION, turn=turn)
    straw = _straw(canvas)
    wood = resize(canvas.coarser(2).fbm("wood", 14, 5), canvas.shape).ravel()
    tones = room.tones("tones", 0.75, 1.15)
    plank = random.uniform(0.55, 1.15, 512).astype(np.float32)
    warm = canvas.palette[1]
    aims = (np.array([2.5, 0.75, -5.2]), np.array([-2.3, 0.75, -5.2]))

    def light(s: Surface) -> Array:
        direct = np.zeros_like(s.x)
        for (lx, ly, lz), aim in zip(lamps, aims, strict=True):
            ax, ay, az = (float(v) for v in (aim - [lx, ly, lz]) / np.linalg.norm(aim - [lx, ly, lz]))
            x, y, z = s.x - lx, s.y - ly, s.z - lz
            far = np.sqrt(x * x + y * y + z * z) + np.float32(0.01)
            cone = smoothstep(0.968, 0.988, (x * ax + y * ay + z * az) / far)
            facing = np.maximum(-(x * s.nx + y * s.ny + z * s.nz) / far, 0)
            direct += cone * (0.15 + 0.85 * facing) * 26 / (far * far)
        bounce = lamp(s, (0.0, 1.5, -4.0), 1.5, 0.1) * (s.z > -3.6) + 0.5 * lamp(s, (0.0, 3.0, -4.5), 1.2, 0.2)
        bounce = np.minimum(bounce, 0.35) * np.where(s.kind == BALE, 1.8, 1.0)
        strip = (s.u / 0.16).astype(np.int32)
        board = plank[(strip + s.part.astype(np.int32) * 37) % 512]
        gap = smoothstep(0.06, 0.0, 0.5 - np.abs((s.u / 0.16) % 1 - 0.5))
        noise = wood[s.index]
        hay = straw[(s.v * 420).astype(np.int32) % 512, (s.u * 330 + s.part * 97).astype(np.int32) % 512]
        twine = smoothstep(0.014, 0.006, np.minimum(np.abs(s.u - 0.3), np.abs(s.u - 0.72))) * (s.kind == BALE)
        edge = np.minimum(np.minimum(s.u, 1.02 - s.u), s.v)
        hay_tone = (
            np.maximum(0.55 + 0.26 * hay, 0.05) * (1 - 0.45 * twine) * (0.75 + 0.25 * smoothstep(0, 0.06, edge))
        )
        scatter = straw[(s.z * 160).astype(np.int32) % 512, (s.x * 130).astype(np.int32) % 512]
        low = 0.35 + 0.65 * smoothstep(0.0, 0.42, s.y)
        k = s.kind
        albedo = np.zeros((len(s.x), 3), np.float32)
        texture = np.ones_like(s.x)
        for kind, colour, pattern in (
            (FLOOR, "#5b4a36", 0.5 + 0.22 * scatter),
            (PLANK, "#6a5a48", board * (1 - 0.75 * gap) * (1 + 0.12 * noise)),
            (BEAM, "#4a3422", 1 + 0.2 * noise),
            (BALE, "#d8c08a", hay_tone * low),
            (STAGE, "#8f7a60", board * (1 - 0.6 * gap)),
            (LECTERN, "#7a4f2e", 1 + 0.1 * noise),
            (STAND, "#15130f", np.full_like(noise, 0.8)),
            (CUSHION, "#93313a", 0.9 + 0.05 * hay),
        ):
            here = k == kind
            albedo[here] = linear(colour)
            texture = np.where(here, pattern, texture)
        tone = direct + bounce * 4.2 + 0.010 + 0.03 * np.maximum(s.ny, 0)
        return albedo * warm * (np.maximum(texture, 0.02) * tone * tones[s.part] * 1.5)[:, None]

    picture = room.shade(light, np.zeros((*canvas.shape, 3), np.float32))
    # The beams themselves: dust in the air, thick near the lamp, cut off where they meet the stage.
    soft = canvas.coarser(3)
    depth = resize(room.depth, soft.shape, soft=False)
    dust = soft.fbm("dust", 5, 5, 0.6)
    air = np.zeros(soft.shape, np.float32)
    for place, aim in zip(lamps, aims, strict=True):
        ends = np.stack([np.array(place), place + (aim - place) * 1.12], axis=1).astype(np.float32)
        px, py, pd = camera.project(ends)
        ax, ay = float(px[1] - px[0]), float(py[1] - py[0])
        long = (ax * ax + ay * ay) ** 0.5
        along = ((soft.x - px[0]) * ax + (soft.y - py[0]) * ay) / np.float32(long)
        across = ((soft.x - px[0]) * ay - (soft.y - py[0]) * ax) / np.float32(long)
        width = 0.016 + 0.115 * np.maximum(along, 0)
        inside = smoothstep(1.25, 0.15, np.abs(across) / width) ** 1.3
        fall = smoothstep(-0.01, 0.02, along) * smoothstep(long * 1.0, long * 0.86, along) / (0.20 + along * 1.3)
        streak = 1 + 0.18 * np.sin(across / width * 9 + float(px[0]) * 5)
        clear = smoothstep(float(pd[0]) - 2.0, float(pd[0]) - 0.6, depth)
        air += inside * fall * streak * clear * (0.85 + 0.28 * dust) * 0.36
        hx, hy = soft.x - px[0], soft.y - py[0]
        air += np.exp(-(hx * hx + hy * hy) / 0.0007) * 7 + 0.006 / (np.sqrt(hx * hx + hy * hy) + 0.04)
    air += np.exp(-((soft.x / 0.75) ** 2 + ((soft.y - 0.12) / 0.4) ** 2)) * 0.02 * (1 + 0.3 * dust)
    picture += resize(tint(np.maximum(air, 0), mix(warm, linear("#fff0d8"), 0.35)), canvas.shape)
    motes = canvas.random("motes")
    count = 2600
    mc, mr = motes.uniform(0, canvas.width, count), motes.uniform(0, canvas.height * 0.8, count)
    lit = sample(air, mc.astype(np.float32) / 3, mr.astype(np.float32) / 3)
    specks = splat(canvas.shape, mc, mr, np.minimum(lit, 0.6) * motes.random(count) ** 4 * 9)
    picture += tint(specks, warm * [1, 1, 1.1])
    return develop(canvas, picture, exposure=1.5, contrast=0.4, vignette=0.45, grain=3.0, glow=0.16, threshold=1.0)


@motif("cliff")
def cliff(canvas: Canvas) -> Image.Image:
    """Straight down on a falling cliff: grass, a path that stops, a fence with nothing under it, the sea."""
    sheet = canvas
    x, y = sheet.x, sheet.y
    wide = resize(sheet.coarser(4).fbm("edge", 2.4, 5, 0.58), sheet.shape)
    fine = sheet.fbm("fine", 16, 7, 0.62)
    rock = resize(sheet.coarser(2).fbm("rock", 7, 7, 0.6, ridged=True), sheet.shape)
    # `out` is how far a point lies seaward of the edge, in units: land below 0, face to 0.5, then the shore.
    bite = 0.26 * np.exp(-(((x - 0.10) / 0.26) ** 2 + ((y + 0.06) / 0.4) ** 2)) + 0.16 * np.exp(
        -(((x + 0.75) / 0.22) ** 2 + ((y - 0.5) / 0.3) ** 2)
    )
    out = (x * 0.50 + y * 0.87) - 0.10 + 0.085 * wide + 0.012 * fine + bite
    out -= 0.03 * np.abs(np.sin(7 * x - 4 * y + wide)) * smoothstep(-0.1, 0.05, out)
    face = smoothstep(0.0, 0.44, out)
    drop = smoothstep(-0.004, 0.05, out) * 0.20 + face * 0.55
    gully = rock * 0.050 * smoothstep(0.0, 0.09, out) * smoothstep(0.62, 0.30, out)
    strata = (
        np.sin(drop * 46 + wide * 2 + fine * 0.6) * 0.006 * smoothstep(0.01, 0.08, out) * smoothstep(0.5, 0.3, out)
    )
    rubble = np.maximum(fine, 0) * 0.022 * smoothstep(0.22, 0.40, out) * smoothstep(0.72, 0.48, out)
    turf = 0.0042 * fine * smoothstep(0.0, -0.03, out)
    lip = 0.012 * np.exp(-(((out + 0.008) / 0.010) ** 2))
    height = -drop + gully + strata + rubble + turf + lip
    normal = normals(height, sheet.pixel)
    sun = (0.62, -0.35, 0.52)
    matt = lambert(normal, sun)
    open_ = occlusion(height, 0.045 / sheet.pixel, 0.14)
    # Shadow of the lip, thrown down the face: march towards the sun at half size.
    half = sheet.coarser(2)
    low = resize(height, half.shape)
    shade = np.zeros(half.shape, np.float32)
    down, across = np.arange(half.height), np.arange(half.width)
    for step in range(1, 15):
        reach = step * 0.014
        dx, dy = round(0.87 * reach / half.pixel), round(-0.49 * reach / half.pixel)
        rows_, columns_ = np.clip(down + dy, 0, half.height - 1), np.clip(across + dx, 0, half.width - 1)
        over = low[rows_[:, None], columns_[None, :]] - low - reach * 0.62
        shade = np.maximum(shade, over)
    lit = 1 - 0.72 * resize(smoothstep(0.0, 0.02, shade), sheet.shape)
    light = (0.30 * open_ + 0.95 * matt * lit)[..., None]
    earth, sea, sand = sheet.palette[0], sheet.palette[1], sheet.palette[2]
    clods = mix(earth * 0.55, earth * 0.95 + sand * 0.10, smoothstep(-1.5, 1.8, rock + 0.5 * fine))
    red = linear("#8a5a3a")
    clods = mix(clods, red, (0.45 * smoothstep(0.2, 1.0, np.sin(drop * 23 + wide)) * smoothstep(0.5, 0.1, out)))
    grass_noise = resize(sheet.coarser(2).fbm("grass", 30, 4), sheet.shape)
    grass = mix(linear("#3c4426"), linear("#77744a"), smoothstep(-1.6, 2.0, grass_noise + 0.8 * wide + 0.6 * fine))
    grass = mix(grass, linear("#4f5a30"), 0.4 * smoothstep(0.2, 1.4, wide))
    # The path once kept a steady distance from the edge; it runs straight into the bite.
    track = x * 0.50 + y * 0.87 + 0.125 + 0.03 * np.sin(x * 3 + 1) + 0.006 * fine
    worn = np.exp(-(((track + 0.008 * fine) / 0.024) ** 2))
    grass = mix(grass, sand * 0.34 + earth * 0.45, np.clip(worn * (0.8 + 0.3 * fine), 0, 0.92))
    ground = mix(grass, clods, smoothstep(-0.012, 0.010, out + 0.006 * fine))
    bare = np.exp(-(((out + 0.035) / 0.03) ** 2)) * smoothstep(-0.2, 1.2, fine)
    ground = mix(ground, clods, 0.6 * bare)
    stones = smoothstep(0.40, 0.52, out + 0.03 * fine)
    ground = mix(ground, (sand * 0.34 + earth * 0.25) * (0.85 + 0.25 * fine)[..., None], stones * 0.85)
    picture = ground * light * 1.5
    # Sea: depth, swell, and lace where waves have broken.
    wave = out - 0.70 + 0.055 * wide + 0.02 * np.sin(x * 9 - y * 5 + 2 * wide)
    water = smoothstep(-0.02, 0.03, wave)
    swell = np.sin((wave + 0.03 * wide) * 42 + 0.7 * fine) * 0.5 + 0.5
    deep = mix(
        sea * 0.40 + linear("#8f9f98") * 0.24,
        sea * 0.22 + linear("#3c4a50") * 0.25,
        smoothstep(0.0, 0.55, wave),
    )
    surface = deep * (0.75 + 0.20 * swell + 0.08 * fine)[..., None]
    lace = resize(sheet.coarser(2).fbm("lace", 12, 6, 0.62, ridged=True), sheet.shape)
    foam = np.zeros(sheet.shape, np.float32)
    for place, breadth, strength in (
        (0.015, 0.022, 1.3),
        (0.11, 0.030, 0.8),
        (0.22, 0.03, 0.45),
        (0.36, 0.03, 0.25),
    ):
        front = wave - place - 0.012 * fine
        sharp = np.where(front > 0, 0.35, 1.5)
        foam += strength * np.exp(-((front / (breadth * sharp)) ** 2)) * smoothstep(-0.5, 1.0, lace)
    surface = mix(surface, np.array([0.80, 0.84, 0.84], np.float32), np.clip(foam, 0, 0.92))
    picture = mix(picture, surface, water)
    picture *= (1 - 0.35 * np.exp(-(((wave + 0.03) / 0.05) ** 2)) * (1 - water))[..., None]
    picture = _fence(sheet, picture, out)
    haze = smoothstep(0.5, -1.2, y) * 0.10
    picture = picture * (1 - haze[..., None]) + np.array([0.62, 0.70, 0.76], np.float32) * haze[..., None]
    return develop(canvas, picture, exposure=1.05, contrast=0.35, vignette=0.35, grain=2.4)


def _fence(canvas: Canvas, picture: Array, out: Array) -> Array:
    """Posts and wire along the old line; where the ground has gone they hang, still tied together."""
    random = canvas.random("fence")
    posts: list[tuple[Array, Array, float]] = []
    for i in range(23):
        px = -1.52 + i * 0.135
        py = (0.035 - px * 0.50) / 0.87 - 0.012 * sin(px * 4)
        column = int(np.clip(canvas.column(px), 0, canvas.width - 1))
        row = int(np.clip(canvas.row(py), 0, canvas.height - 1))
        gone = float(out[row, column])
        sag = max(0.0, min(gone, 0.22))
        foot = np.array([px + sag * 0.35, py + sag * 0.85])
        lean = (0.2 + random.normal(0, 0.07)) if gone < 0 else 0.9 + random.normal(0, 0.7)
        tall = 0.058
        tip = foot + tall * np.array([sin(lean) * 0.4 - 0.25, -cos(lean)]) * (1 if gone < 0 else 1.1)
        posts.append((foot, tip, gone))
    shadows, wires, sticks = [], [], []
    for foot, tip, gone in posts:
        sticks.append(np.stack([foot, tip]).astype(np.float32))
        if gone < -0.01:
            shadows.append(np.stack([foot, foot + np.array([-0.085, 0.048])]).astype(np.float32))
    for (fa, ta, ga), (fb, tb, gb) in pairwise(posts):
        broken = (ga > 0.10) != (gb > 0.10) and random.random() < 0.4
        for share in (0.30, 0.62, 0.92):
            a, b = fa + (ta - fa) * share, fb + (tb - fb) * share
            t = np.linspace(0, 0.62 if broken else 1, 12)[:, None]
            dip = (0.004 + 0.06 * max(ga, gb, 0)) * np.sin(np.pi * t) * [0.3, 1.0]
            wires.append((a + (b - a) * t + dip + (t**2 * [0.0, 0.05] if broken else 0)).astype(np.float32))
    px = canvas.pixel
    picture = picture * (1 - 0.55 * blur(canvas.strokes(shadows, 4.5 * px), 1.2))[..., None]
    drop = np.roll(canvas.strokes(wires, 1.2 * px), (10, -16), axis=(0, 1))
    picture = picture * (1 - 0.25 * drop)[..., None]
    picture = mix(picture, np.array([0.50, 0.50, 0.48], np.float32), 0.75 * canvas.strokes(wires, 1.4 * px))
    picture = mix(picture, linear("#4a3a2c"), canvas.strokes(sticks, 9 * px))
    bright = [stick + np.float32(2.2 * px) for stick in sticks]
    return mix(picture, linear("#c9b492"), 0.9 * canvas.strokes(bright, 3.6 * px))
