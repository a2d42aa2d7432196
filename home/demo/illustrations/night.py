"""After hours: rooms lit by what is left on."""

from math import cos, sin

import numpy as np
from PIL import Image

from .canvas import (
    Array,
    Canvas,
    blur,
    box,
    develop,
    linear,
    resize,
    smoothstep,
    splat,
    tint,
)
from .registry import motif
from .room import Room, Surface, lamp
from .solid import Camera

NOTHING, FLOOR, DOOR, SIDE, BACK, CLOTH, WALL, METAL = range(8)


def _streaks(canvas: Canvas, column: Array, row: Array, length: Array, weight: Array) -> Array:
    """Upright lines of light from `row` up by `length` px, fading as they go; all of them in one running sum."""
    starts = np.zeros(canvas.shape, np.float32)
    pieces = 7
    for piece in range(pieces):
        share = weight * np.float32((1 - piece / pieces) ** 1.6)
        low = np.clip(row - length * (piece / pieces), 1, canvas.height - 1)
        high = np.clip(row - length * ((piece + 1) / pieces), 1, canvas.height - 1)
        starts += splat(canvas.shape, column, high, share) - splat(canvas.shape, column, low, share)
    return np.maximum(np.cumsum(starts, axis=0, dtype=np.float32), 0)


@motif("aurora")
def aurora(canvas: Canvas) -> Image.Image:
    """Two rows of cabinets; half a minute of status lamps, drawn upward as the camera rose at the end."""
    camera = Camera(eye=(0.08, 1.28, 4.6), target=(-0.05, 1.62, -4.0), lens=0.52)
    room = Room(canvas, camera)
    room.quad((-0.95, 0, 5), (1.9, 0, 0), (0, 0, -24), FLOOR)
    room.quad((-2.5, 0, -18), (5, 0, 0), (0, 4, 0), BACK)
    room.quad((-3, 3.6, 5), (6, 0, 0), (0, 0, -24), BACK)
    for side in (-1, 1):
        for rack in range(26):
            near = 4.4 - rack * 0.82
            room.quad((side * 0.92, 0.05, near), (0, 0, -0.78), (0, 2.28, 0), DOOR)
            room.quad((side * 0.97, 0.0, near + 0.04), (0, 0, -0.86), (0, 2.36, 0), SIDE)
            room.quad((side * 0.97, 2.36, near), (side * 1.1, 0, 0), (0, 0, -0.82), SIDE)
    random = canvas.random("lamps")
    points, hues, powers = [], [], []
    for side in (-1, 1):
        for rack in range(26):
            near = 4.4 - rack * 0.82
            busy = random.uniform(0.3, 1.0)
            for unit in range(34):
                if random.random() > 0.62:
                    continue
                level = 0.2 + unit * 0.06
                count = int(random.integers(1, 16) * busy) + 1
                start = random.uniform(0.06, 0.4)
                z = near - start - np.arange(count) * 0.019
                z = z[z > near - 0.72]
                points.append(np.stack([np.full(len(z), side * 0.915), np.full(len(z), level), z]))
                kind = random.random()
                hues.append(np.clip(np.full(len(z), (kind > 0.62) * 0.85) + random.uniform(-0.1, 0.1), 0, 1))
                powers.append(random.random(len(z)) ** 2.5 * 1.1 + 0.05)
    where = np.concatenate(points, axis=1)
    hue, power = np.concatenate(hues), np.concatenate(powers)
    x, y, depth = camera.project(where.astype(np.float32))
    seen = (depth > 0.4) & (np.abs(x) < canvas.half_width * 1.02) & (np.abs(y) < 1.6)
    x, y, depth, hue, power = x[seen], y[seen], depth[seen], hue[seen], power[seen]
    column, row = canvas.column(x), canvas.row(y)
    size = canvas.height / 1600
    length = (
        1150
        / (depth + 0.35)
        * size
        * random.uniform(0.55, 1.1, len(depth))
        * (1 + 1.2 * (random.random(len(depth)) < 0.1))
    )
    # The faces are seen at a slant, so a lamp far off is small: spread its light by its nearness.
    power = power / (0.35 + 0.13 * depth)
    sheet = []
    for share in (1 - hue, hue):
        line = _streaks(canvas, column, row, length, power * share * 0.34)
        sheet.append(line)
    line = np.stack(sheet, axis=-1)
    # A near lamp is a thicker thread of light than a far one.
    spread = np.clip(np.abs(canvas.x) / np.float32(canvas.half_width), 0, 1)[..., None] * np.float32(0.8)
    line = line * (1 - 0.45 * spread) + (np.roll(line, 1, axis=1) + np.roll(line, -1, axis=1)) * spread
    small = canvas.coarser(3)
    wide = resize(line, small.shape)
    unit_ = small.width / 800
    near_glow = blur(wide, 2.2 * unit_)
    curtain = blur(np.cumsum(wide[::-1], axis=0)[::-1] * 0.004 + near_glow, 12 * unit_)
    veil = blur(curtain, 55 * unit_)
    fold = np.clip(1 + 0.45 * small.fbm("fold", 3, 4), 0.1, 3)
    colours = np.stack([canvas.palette[1], canvas.palette[2] * 1.5])
    haze = (near_glow * 0.7 + curtain * fold[..., None] * 1.5 + veil * 1.2) @ colours
    haze = resize(haze, canvas.shape)
    glow = haze.reshape(-1, 3)
    mesh = canvas.random("mesh").random((64, 64)).astype(np.float32)
    marks = room.tones("marks", 0.5, 1.0)

    def light(s: Surface) -> Array:
        holes = np.sin(s.u * 380) * np.sin(s.v * 380)
        fine = smoothstep(9, 2.5, s.depth)
        door = 0.10 * (1 + 0.8 * holes * fine) * (0.6 + 0.4 * mesh[(s.v * 16).astype(np.int32) % 64, s.part % 64])
        frame = smoothstep(0.02, 0.012, np.minimum(np.minimum(s.u, 0.78 - s.u), np.minimum(s.v, 2.28 - s.v)))
        handle = smoothstep(0.012, 0.006, np.abs(s.u - 0.69)) * smoothstep(0.2, 0.18, np.abs(s.v - 1.15))
        shine = door + 0.35 * frame + 0.7 * handle
        shine = np.where(s.kind == DOOR, shine, np.where(s.kind == SIDE, 0.16, 0.05)) * marks[s.part]
        tile = np.minimum(np.abs((s.u / 0.6) % 1 - 0.5), np.abs((s.v / 0.6) % 1 - 0.5))
        shine = np.where(s.kind == FLOOR, 0.34 - 0.16 * smoothstep(0.48, 0.495, 0.5 - tile + 0.48), shine)
        ambient = canvas.palette[2] * 0.0025 + canvas.palette[1] * 0.0015
        return (glow[s.index] * 1.8 + ambient * 3) * shine[:, None]

    picture = room.shade(light, np.zeros((*canvas.shape, 3), np.float32))
    # Raised floor: polished, so each lamp has a long shaky twin below.
    under = where.copy()
    under[1] = -under[1]
    fx, fy, fdepth = camera.project(under.astype(np.float32))
    seen = (fdepth > 0.4) & (np.abs(fx) < canvas.half_width)
    ripple = random.normal(0, 1.2, seen.sum())
    twins = np.stack(
        [
            splat(
                small.shape,
                small.column(fx[seen]) + ripple,
                small.row(fy[seen]),
                np.concatenate(powers)[seen] * share,
            )
            for share in (1 - np.concatenate(hues)[seen], np.concatenate(hues)[seen])
        ],
        axis=-1,
    )
    twins = blur(np.stack([_smear(twins[..., c], 26 * unit_) for c in range(2)], axis=-1), 1.2 * unit_)
    floor = (room.kind == FLOOR).astype(np.float32)[..., None]
    picture += resize(twins @ colours, canvas.shape) * floor * 0.9
    # Fog fills the far end, and the air itself carries a little of every streak.
    far = 1 - np.exp(-room.depth * 0.05)
    picture += haze * (0.22 + 0.75 * far)[..., None]
    dots = np.stack([splat(canvas.shape, column, row, power * share * 5) for share in (1 - hue, hue)], axis=-1)
    dots = dots + 0.6 * (np.roll(dots, 1, axis=0) + np.roll(dots, 1, axis=1))
    picture += (line * 1.15 + dots) @ (colours * 0.85 + 0.12)
    return develop(canvas, picture, exposure=2.1, contrast=0.2, vignette=0.35, grain=2.4, glow=0.4, threshold=0.6)


def _smear(sheet: Array, sigma: float) -> Array:
    """Blur down the sheet only."""
    height, width = sheet.shape
    squeezed = resize(sheet, (max(4, int(height / sigma)), width))
    return resize(squeezed, (height, width))


@motif("bulb")
def bulb(canvas: Canvas) -> Image.Image:
    """A ghost light on an empty stage, from the back row."""
    camera = Camera(eye=(0.5, 4.3, 15.5), target=(0.1, 1.55, -2.0), lens=0.40)
    room = Room(canvas, camera)
    lit = (0.0, 1.75, -2.6)
    room.quad((-9, 0, -8), (18, 0, 0), (0, 0, 8.6), FLOOR)
    room.quad((-9, -1.1, 0.6), (18, 0, 0), (0, 1.1, 0), BACK)
    room.quad((-10, -1.1, 0.6), (20, 0, 0), (0, 0, 12), WALL)
    room.quad((-8, 0, -7.2), (16, 0, 0), (0, 9, 0), CLOTH)
    for side in (-1, 1):
        for leg in range(3):
            x, z = side * (4.3 + leg * 0.55), -5.8 + leg * 2.3
            room.quad((x, 0, z), (side * 3.5, 0, 0), (0, 9, 0), CLOTH)
        room.box((side * 7.2, 2.5, 0.9), (3.4, 10, 0.6), WALL)
    room.box((0, 7.0, 0.9), (18, 3.0, 0.6), WALL)
    room.tube((0, 0.0, -2.6), (0, 0.035, -2.6), 0.26, METAL, METAL)
    room.tube((0, 0.0, -2.6), (0, 1.58, -2.6), 0.022, METAL)
    weave = canvas.fbm("weave", 90, 3).ravel()
    boards = room.tones("boards", 0.9, 1.1)
    plank = canvas.random("plank").uniform(0.6, 1.15, 256).astype(np.float32)
    warm = canvas.palette[1]

    def light(s: Surface) -> Array:
        noise = weave[s.index]
        power = lamp(s, lit, 2.1, 0.0)
        dx, dz = s.x - lit[0], s.z - lit[2]
        r = np.sqrt(dx * dx + dz * dz)
        board = plank[
            (np.floor(s.x / 0.16) + 40 * np.floor(s.z / 2.4 + np.sin(np.floor(s.x / 0.16) * 12.9))).astype(np.int32)
            % 256
        ]
        gap = smoothstep(0.04, 0.0, np.abs((s.x / 0.16) % 1 - 0.5) * -1 + 0.5)
        scuff = 1 + 0.12 * noise
        # Varnish: grazing light from the bulb runs towards the lens in a path.
        path = np.exp(-((dx - (s.z - lit[2]) * 0.05) ** 2) / (0.10 + 0.02 * r)) * smoothstep(-3, 1.0, s.z) * 0.55
        shade = 1 - 0.75 * smoothstep(0.34, 0.2, r) * (r > 0.02)
        floor = (
            power * board * (1 - 0.7 * gap) * scuff * shade + path * (0.5 + 0.5 * board) * (1 - 0.6 * gap)
        ) * 0.5
        fold = np.sin(s.u * 9 + 1.4 * np.sin(s.u * 2.3 + s.part)) + 0.35 * np.sin(s.u * 23 + s.part)
        deep = 0.45 + 0.4 * fold - 0.12 * np.abs(np.sin(s.u * 4.5))
        cloth = np.maximum(deep, 0.05) * (power + 0.02) * (1 + 0.08 * noise) * 1.1
        dark = power * 0.28 * (1 + 0.15 * noise)
        albedo = np.where(
            (s.kind == FLOOR)[:, None],
            linear("#b98d5f"),
            np.where((s.kind == CLOTH)[:, None], linear("#7a3a2c"), linear("#6b5a4c")),
        )
        metal = 0.06 + 0.8 * np.maximum(s.nx * 0.3 + s.nz * 0.2 + s.ny, 0) * (s.y < 0.2)
        tone = np.where(s.kind == FLOOR, floor, np.where(s.kind == CLOTH, cloth, dark))
        tone = np.where(s.kind == METAL, metal * 0.12, tone) * boards[s.part]
        return albedo * warm * (tone * 2.0)[:, None]

    picture = room.shade(light, np.zeros((*canvas.shape, 3), np.float32))
    _seats(canvas, camera, picture, lit, warm)
    lx, ly, _ = (float(v[0]) for v in camera.project(np.array([[lit[0]], [lit[1]], [lit[2]]], np.float32)))
    soft = canvas.coarser(4)
    away = np.sqrt((soft.x - lx) ** 2 + (soft.y - ly) ** 2)
    dust = 1 + 0.25 * soft.fbm("air", 4, 4)
    halo = (0.055 / (away + 0.05) ** 1.1 * 0.1 + 0.9 * np.exp(-away / 0.035) + 0.12 * np.exp(-away / 0.18)) * dust
    picture += resize(tint(halo, warm * [1.08, 0.72, 0.40]), canvas.shape)
    rows, columns = canvas.patch(lx, ly, 0.08)
    dx, dy = canvas.x[:, columns] - lx, canvas.y[rows] - ly
    glass = smoothstep(0.016, 0.010, np.sqrt(dx * dx + (dy * 0.8) ** 2))
    neck = smoothstep(0.0075, 0.006, np.abs(dx)) * smoothstep(0.004, 0.010, dy) * smoothstep(0.034, 0.030, dy)
    picture[rows, columns] *= 1 - 0.9 * neck[..., None]
    picture[rows, columns] += tint(glass * 24, warm)
    specks = canvas.random("motes")
    mx, my = lx + specks.normal(0, 0.5, 700), ly + specks.normal(0, 0.32, 700)
    motes = splat(canvas.shape, canvas.column(mx), canvas.row(my), specks.random(700) ** 4 * 0.6)
    picture += tint(motes, warm)
    return develop(canvas, picture, exposure=1.6, contrast=0.25, vignette=0.45, grain=2.8, glow=0.3, threshold=0.9)


def _seats(canvas: Canvas, camera: Camera, picture: Array, lit: tuple[float, float, float], warm: Array) -> None:
    """Curved rows of seat backs, far rows first; each is dark but for the edge that faces the bulb."""
    random = canvas.random("seats")
    for number in range(13):
        radius, height = 6.6 + number * 1.02, -1.02 + 0.05 * number + 0.022 * number * number
        step = 0.56 / radius
        count = int(min(1.0, 0.72 + 0.03 * number) / step)
        for i in sorted(range(-count, count + 1), key=lambda k: -abs(k)):
            angle = (i + 0.5 * (number % 2)) * step
            if abs(angle * radius) < 0.75:
                continue
            x, z = radius * sin(angle), -3.2 + radius * cos(angle)
            top = height + 0.92 + random.normal(0, 0.006)
            sx, sy, depth = (float(v[0]) for v in camera.project(np.array([[x], [top], [z]], np.float32)))
            if depth < 1.0 or abs(sx) > canvas.half_width + 0.2:
                continue
            scale = 1 / (depth * camera.lens)
            half, tall = 0.245 * scale * max(0.45, cos(angle) ** 0.7), 0.5 * scale
            rows, columns = canvas.patch(sx, sy + tall * 0.9, half * 1.1, tall * 1.0)
            if rows.start >= rows.stop or columns.start >= columns.stop:
                continue
            dx, dy = canvas.x[:, columns] - sx, canvas.y[rows] - (sy + tall)
            shape = box(dx, dy, half, tall, half * 0.42)
            pixel = canvas.pixel * 1.4
            cover = np.clip(0.5 - shape / pixel, 0, 1)[..., None]
            distance = ((x - lit[0]) ** 2 + (top - lit[1]) ** 2 + (z - lit[2]) ** 2) ** 0.5
            # The lip of plush that looks over the back towards the stage, with a nap that scatters.
            lean = np.clip(dx / half * (-1 if x > 0 else 1) * 0.5 + 0.6, 0.12, 1)
            upper = smoothstep(0.35, -0.6, dy / tall)
            rim = np.exp(shape / np.float32(0.022 * scale)) * upper * lean * (34 / distance**2)
            sheen = np.exp(shape / np.float32(0.10 * scale)) * upper * 0.12 * (20 / distance**2)
            body = 0.010 * (1 - 0.5 * dy / tall)
            tone = rim * 0.75 + sheen * 1.6 + body * (6 / distance)
            colour = np.array(linear("#8a2f22")) * 0.75 + warm * 0.12
            target = picture[rows, columns]
            target += (tint(tone, colour * warm * 1.6) - target) * cover


# --- A boiler house ---------------------------------------------------------------------------
