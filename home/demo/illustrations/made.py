"""Pictures of things made and looked at closely: pollen, machined metal, blown glass."""

from math import cos, pi, sin

import numpy as np
from PIL import Image

from .canvas import (
    Array,
    Canvas,
    bloom,
    blur,
    box,
    develop,
    mix,
    ramp,
    resize,
    sample,
    smoothstep,
    splat,
    tint,
)
from .registry import motif
from .room import Room, Surface, mirror
from .solid import Camera


def _net(canvas: Canvas, name: str, side: int, cells: int) -> tuple[Array, Array]:
    """A tile (side, side) of irregular cells that repeats: distance to the nearest wall, and a tone per cell."""
    random = canvas.random(name)
    points = np.stack(np.meshgrid(np.arange(cells), np.arange(cells)), axis=-1) + random.uniform(
        0.08, 0.92, (cells, cells, 2)
    )
    tones = random.random((cells, cells)).astype(np.float32)
    grid = (np.arange(side, dtype=np.float32) + 0.5) * (cells / side)
    column, row = np.meshgrid(grid, grid)
    ci, ri = column.astype(np.int32), row.astype(np.int32)
    first = np.full((side, side), 9.0, np.float32)
    second, tone = first.copy(), np.zeros_like(first)
    for i in (-1, 0, 1):
        for j in (-1, 0, 1):
            c, r = (ci + i) % cells, (ri + j) % cells
            px = points[r, c, 0].astype(np.float32) + (ci + i - c)
            py = points[r, c, 1].astype(np.float32) + (ri + j - r)
            away = np.sqrt((px - column) ** 2 + (py - row) ** 2)
            nearer = away < first
            second = np.where(nearer, first, np.minimum(second, away))
            tone = np.where(nearer, tones[r, c], tone)
            first = np.where(nearer, away, first)
    return second - first, tone


@motif("grains")
def grains(canvas: Canvas) -> Image.Image:
    """Sixty-one grains of pollen, each in its net, as the brightest of many optical slices."""
    random = canvas.random("grains")
    wall, tone = _net(canvas, "net", 768, 17)
    light = np.zeros(canvas.shape, np.float32)
    places: list[tuple[float, float, float]] = []
    tries = 0
    while len(places) < 61:
        tries += 1
        x, y = random.uniform(-1.02, 1.02, 2)
        gap = 0.235 * 0.985 ** (tries / 12)
        if all((x - a) ** 2 + (y - b) ** 2 > gap * gap for a, b, _ in places):
            places.append((float(x), float(y), float(random.uniform(0, 1))))
    for x, y, depth in sorted(places, key=lambda place: -place[2]):
        long = random.uniform(0.125, 0.158)
        short = long * random.uniform(0.58, 0.74)
        turn, spin = random.uniform(0, 2 * pi), random.uniform(0, 2 * pi)
        rows, columns = canvas.patch(x, y, long * 1.25)
        if rows.start >= rows.stop or columns.start >= columns.stop:
            continue
        dx, dy = canvas.x[:, columns] - x, canvas.y[rows] - y
        bulge = 1 + 0.03 * np.sin(dx * 40 + spin) + 0.03 * np.sin(dy * 37 + spin * 2)
        u = (dx * cos(turn) + dy * sin(turn)) / long * bulge
        v = (dy * cos(turn) - dx * sin(turn)) / short * bulge
        r = np.sqrt(u * u + v * v)
        around = np.arcsin(np.minimum(r, 1)) / (r + 1e-4)
        wide = long / short
        tile = len(wall)
        shift = random.uniform(0, tile), random.uniform(0, tile)
        s = (u * around * 0.24 * wide * 1.12 * tile + shift[0]) % tile
        t = (v * around * 0.24 * tile * 1.05 + shift[1]) % tile
        near = sample(wall, s, t)
        cell = tone[t.astype(np.int32) % tile, s.astype(np.int32) % tile]
        facing = np.sqrt(np.maximum(1 - r * r, 0))
        # The furrow: a long slit where the net gives way to smooth, dimmer wall.
        lean = random.uniform(-1.1, 1.1)
        furrow = smoothstep(0.17, 0.05, np.abs(v - lean * facing * 0.8) * (1 + 0.9 * u * u)) * smoothstep(
            0.95, 0.75, np.abs(u)
        )
        if random.random() < 0.45:
            furrow *= 0
        blurred = 0.05 + 0.10 * abs(depth - 0.4)
        ridge = smoothstep(0.20 + blurred, 0.015, near)
        beads = 0.85 + 0.3 * np.sin(s * 1.9) * np.sin(t * 1.7)
        lumen = 0.05 + 0.13 * cell
        rim = smoothstep(0.72, 0.97, r) * smoothstep(1.035, 0.985, r)
        body = smoothstep(1.02, 0.97, r)
        shell = body * (lumen + (0.92 * ridge * beads) * (0.5 + 0.5 * facing)) * (1 - 0.85 * furrow)
        edge = rim * (0.42 + 0.34 * ridge)
        lips = body * smoothstep(0.05, 0.2, furrow) * smoothstep(0.75, 0.35, furrow) * 0.7
        inside = body * facing * 0.16 * (1 + 0.6 * np.sin(u * 3 + spin) * np.cos(v * 4 + spin))
        strength = (0.42 + 0.62 * depth**1.3) * random.uniform(0.85, 1.15)
        glow = (shell + edge + lips + inside) * strength
        held = light[rows, columns]
        light[rows, columns] = np.maximum(held, glow) + 0.22 * np.minimum(held, glow)
    soft = canvas.coarser(4)
    low = resize(light, soft.shape)
    haze = blur(low, soft.width * 0.012) * 0.16 + blur(low, soft.width * 0.05) * 0.10
    light += resize(haze, canvas.shape)
    dust = canvas.random("dust")
    for _ in range(150):
        x, y = dust.uniform(-1, 1, 2)
        size = 10 ** dust.uniform(-2.75, -2.05)
        rows, columns = canvas.patch(x, y, size * 3)
        away = ((canvas.x[:, columns] - x) ** 2 + (canvas.y[rows] - y) ** 2) / np.float32(size * size)
        light[rows, columns] += np.exp(-away) * np.float32(dust.uniform(0.08, 0.5))
    # The detector's own noise, stronger in the light than in the dark.
    light += canvas.random("shot").standard_normal(canvas.shape, np.float32) * np.sqrt(light + 0.002) * 0.05
    light = np.maximum(light, 0)
    gold = canvas.palette[1]
    table = ramp(
        np.linspace(0, 2.2, 1024, dtype=np.float32),
        [0, 0.12, 0.34, 0.75, 1.15, 1.7],
        [
            gold * [0.002, 0.001, 0.001],
            gold * [0.08, 0.045, 0.01],
            gold * [0.40, 0.26, 0.05],
            gold * [1.05, 0.85, 0.4],
            canvas.palette[2] * [1.25, 1.1, 0.75],
            canvas.palette[2] * 2.2,
        ],
    )
    picture = table[np.minimum(light * 465, 1023).astype(np.int16)]
    return develop(canvas, bloom(picture, 0.16, 0.6, 0.008), contrast=0.15, vignette=0.12, grain=1.2)


# --- A milled casing -----------------------------------------------------------------------

WALL, FLOOR, EDGE, HOLE, MIRRORED = 1, 2, 3, 4, 100
CASING = 4.2, 1.0, 2.7  # across, high, deep


def _casing(room: Room, canvas: Canvas, flip: float, extra: int) -> None:
    """Thin walls round a random grid of pockets; `flip` -1 draws the reflection in the table below."""
    random = canvas.random("pockets")
    width, high, deep = CASING
    thin = 0.05

    def block(x: float, z: float, w: float, d: float, bottom: float, top: float, kind: int = WALL) -> None:
        middle, size = (x, flip * (bottom + top) / 2, z), (w, top - bottom, d)
        room.box(middle, size, kind + extra, top=None if flip < 0 else (EDGE if kind == WALL else kind) + extra)

    def boss(x: float, z: float, bottom: float, top: float, radius: float, hole: float) -> None:
        room.tube((x, flip * bottom, z), (x, flip * top, z), radius, WALL + extra, EDGE + extra)
        if flip > 0:
            room.disc((x, top + 0.002, z), (hole, 0, 0), (0, 0, hole), HOLE)

    block(0, 0, width - 0.12, deep - 0.12, 0, 0.06, FLOOR)
    block(0, -deep / 2, width, thin, 0, high)
    block(-width / 2, 0, thin, deep, 0, high)
    # The two near walls carry shallow pockets, cut through their outer skin.
    for corner, across, long, out in (
        ((-width / 2, 0, deep / 2), (1, 0, 0), width, (0, 0, 1)),
        ((width / 2, 0, deep / 2), (0, 0, -1), deep, (1, 0, 0)),
    ):
        along = np.array(across) * long
        inner = np.array(corner) - np.array(out) * thin
        room.quad(inner, along, (0, flip * high, 0), WALL + extra)
        room.quad(inner + np.array(out) * thin * 0.45, along, (0, flip * high, 0), FLOOR + extra)
        cells = round(long / 0.7)

        def skin(u: Array, v: Array, long: float = long, cells: int = cells) -> Array:
            place = (u / np.float32(long) * cells) % 1 - 0.5
            return box(place * (long / cells), v - high / 2, 0.24, high / 2 - 0.12, 0.1) > 0

        room.quad(corner, along, (0, flip * high, 0), WALL + extra, skin)
        if flip > 0:
            room.quad(inner + np.array((0, high, 0)), along, np.array(out) * thin, EDGE)
    columns = [-2.05, -1.62, -1.15, -0.55, 0.1, 0.72, 1.2, 1.62, 2.04]
    rows = [-1.3, -0.82, -0.38, 0.34, 0.8, 1.29]
    for i in range(8):
        for j in range(5):
            x0, x1, z0, z1 = columns[i], columns[i + 1], rows[j], rows[j + 1]
            if j == 2 and 2 <= i <= 4:
                continue
            x, z = (x0 + x1) / 2, (z0 + z1) / 2
            step = random.choice([0.06, 0.06, 0.16, 0.3, 0.46])
            if step > 0.1:
                block(x, z, x1 - x0, z1 - z0, 0, step, FLOOR)
            if random.random() < 0.8 and i < 7:
                block(x1, z, thin * 0.8, z1 - z0, 0, random.choice([0.62, 0.78, 0.9]))
            if random.random() < 0.8 and j < 4:
                block(x, z1, x1 - x0, thin * 0.8, 0, random.choice([0.62, 0.78, 0.9]))
            if random.random() < 0.4:
                boss(x, z, step, step + random.uniform(0.1, 0.3), 0.085, 0.045)
    for x in (-1.98, -0.55, 0.72, 1.98):
        for z in (-1.23, 1.23):
            boss(x, z, 0.06, high * 0.94, 0.1, 0.055)
    for radius, top in ((0.6, 0.62), (0.47, 0.36), (0.3, 0.2)):
        boss(-0.02, -0.02, 0.06, top, radius, radius - 0.05)
        if flip > 0:
            room.disc((-0.02, top + 0.003, -0.02), (radius - 0.05, 0, 0), (0, 0, radius - 0.05), FLOOR)
    for x in (-1, 1):
        for z in (-1, 1):
            block(x * 2.28, z * 1.05, 0.36, 0.4, 0, 0.16, WALL)
            if flip > 0:
                room.disc((x * 2.3, 0.163, z * 1.05), (0.09, 0, 0), (0, 0, 0.09), HOLE)


@motif("milled-box")
def milled_box(canvas: Canvas) -> Image.Image:
    """A thin-walled aluminium casing on black acrylic, lit through a tent."""
    room = Room(canvas, Camera(eye=(3.3, 4.6, 6.4), target=(0.02, 0.12, 0.1), lens=0.26))
    _casing(room, canvas, -1, MIRRORED)
    _casing(room, canvas, 1, 0)
    cut, phase = room.tones("cut", 0.84, 1.1), room.tones("phase", 0, 6)
    grit = canvas.fbm("grit", 300, 2).ravel()
    cloud = resize(canvas.coarser(4).fbm("cloud", 6, 3), canvas.shape).ravel()

    def light(s: Surface) -> Array:
        below = s.kind >= MIRRORED
        kind = s.kind % MIRRORED
        noise = grit[s.index]
        # Tool marks bend the polish: arcs on floors and tops, fine steps on walls.
        ring = np.sqrt((s.x - np.round(s.x * 0.6) / 0.6) ** 2 + (s.z - np.round(s.z * 0.7) / 0.7) ** 2)
        flat = np.abs(s.ny) > 0.9
        arcs = (np.sin(ring * 190) * 0.03 + np.sin(ring * 61) * 0.025) * flat
        lie = (np.sin(s.y * 210) * 0.035 + np.sin(s.y * 43 + phase[s.part]) * 0.05) * ~flat
        nx, ny, nz = s.nx + arcs + noise * 0.02, s.ny + lie, s.nz + arcs * 0.7 + noise * 0.02
        mx, my, mz = mirror(s, nx, ny, nz)
        my = np.where(below, -my, my)
        ny = np.where(below, -ny, ny)
        # The tent: a bright roof, a softer left side, and a dark slit where the lens looks in.
        roof = smoothstep(-0.35, 0.8, my) * (0.55 + 0.55 * smoothstep(0.6, -0.8, mx + 0.3 * mz))
        sides = smoothstep(-0.3, -0.95, mx) * 0.6 + smoothstep(0.4, 0.95, mx) * 0.3
        slit = smoothstep(0.4, 0.1, np.sqrt((mx - 0.5) ** 2 + (mz + 0.7) ** 2 + (my - 0.5) ** 2))
        strip = smoothstep(0.10, 0.03, np.abs(mx + 0.42 + mz * 0.25)) * smoothstep(0.0, 0.5, my)
        polish = (roof + sides + 0.8 * strip) * (1 - 0.8 * slit)
        matt = (
            0.22 + 0.5 * np.maximum(ny, 0) + 0.42 * np.maximum(-0.7 * nx + 0.1 * nz, 0) + 0.16 * np.maximum(nz, 0)
        )
        inside = (np.abs(s.x) < 2.09) & (np.abs(s.z) < 1.34)
        up = np.abs(s.y)
        hollow = np.where(inside, 0.2 + 0.8 * smoothstep(-0.1, 0.95, up), 0.35 + 0.65 * smoothstep(0.0, 0.35, up))
        hollow = np.where(kind == EDGE, 1.0, hollow)
        # The near walls hand light from the left across themselves in a long gradient.
        sweep = np.where(inside, 1, 0.62 + 0.5 * smoothstep(1.8, -2.1, s.x) * (np.abs(s.nz) > 0.5))
        tone = (0.5 * polish + 0.8 * matt) * hollow * sweep * cut[s.part]
        tone *= np.where(kind == FLOOR, 0.72, 1.0) * np.where(kind == EDGE, 1.35, 1.0)
        tone *= 1 + 0.05 * noise + 0.05 * cloud[s.index]
        tone = np.where(kind == HOLE, 0.015, tone)
        colour = mix(
            canvas.palette[1][None] * 1.25,
            canvas.palette[2][None] * 1.15,
            smoothstep(0.15, 0.9, tone)[:, None],
        )
        fall = np.where(below, 0.34 * np.exp(-up * 1.3), 1.0).astype(np.float32)
        return colour * (tone * fall)[:, None] + (0.005 * below)[:, None]

    soft = canvas.coarser(4)
    table = canvas.palette[0] * 0.35 + tint(
        np.exp(-((soft.y + 0.75) ** 2) * 2.2 - (soft.x + 0.3) ** 2 * 0.4), [0.04, 0.05, 0.064]
    )
    picture = room.shade(light, resize(table, canvas.shape))
    # Every deburred edge carries a hair of light.
    index = room.edges()
    index = index[room.kind.ravel()[index] < MIRRORED]
    hair = 0.1 + 0.5 * smoothstep(-0.5, 1.8, cloud[index])
    picture.reshape(-1, 3)[index] += hair[:, None] * canvas.palette[2]
    picture = room.smooth(picture)
    half = canvas.coarser(2)
    blurred = resize(blur(resize(picture, half.shape), half.width * 0.0016), canvas.shape)
    out = np.abs(room.depth - 7.6) / 2.4 - 0.35 + (room.kind >= MIRRORED)
    picture = mix(picture, blurred, np.clip(out * (room.kind > 0), 0, 1))
    specks = canvas.random("dust")
    dust = splat(
        canvas.shape,
        specks.uniform(0, canvas.width, 420),
        specks.uniform(canvas.height * 0.4, canvas.height, 420),
        specks.uniform(0, 0.16, 420),
    )
    picture += (dust * (room.kind == 0))[..., None]
    return develop(canvas, picture, exposure=1.2, contrast=0.35, vignette=0.35, grain=2.0, glow=0.12, threshold=0.8)


# --- A flask in dark field --------------------------------------------------------------------
