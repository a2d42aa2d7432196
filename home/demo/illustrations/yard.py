"""Out of hours, out of doors and in haze: glasshouses in fog, a room of steam, a room of yellow light."""

from math import cos, pi, sin

import numpy as np
from PIL import Image

from .canvas import (
    Array,
    Canvas,
    blur,
    develop,
    linear,
    mix,
    resize,
    sample,
    smoothstep,
    splat,
    tint,
)
from .registry import motif
from .room import Room, Surface, lamp
from .solid import Camera


def bare_tree(
    random: np.random.Generator, x: float, y: float, tall: float, lean: float = 0.0
) -> list[tuple[Array, float]]:
    """Branches of a winter tree from its foot, each a curve (n, 2) and its thickness, all in units."""
    found: list[tuple[Array, float]] = []

    def grow(px: float, py: float, angle: float, length: float, thick: float, level: int) -> None:
        points = [(px, py)]
        bend = random.normal(0, 0.10)
        for _ in range(4):
            angle += bend + random.normal(0, 0.10)
            angle *= 0.97
            px += sin(angle) * length / 4
            py -= cos(angle) * length / 4
            points.append((px, py))
        found.append((np.array(points, np.float32), thick))
        if level == 0 or thick < 0.0006:
            return
        for k in range(int(random.integers(2, 4))):
            spread = random.uniform(0.25, 0.75) * (1 if (k + level) % 2 else -1)
            place = points[-1] if k < 2 else points[2]
            grow(*place, angle + spread, length * random.uniform(0.62, 0.84), thick * 0.64, level - 1)

    grow(x, y, lean, tall * 0.30, tall * 0.030, 7)
    return found


def draw_tree(canvas: Canvas, branches: list[tuple[Array, float]]) -> Array:
    """Coverage of a tree, thick and thin branches each with their own pen."""
    cover = np.zeros(canvas.shape, np.float32)
    sizes = np.array([max(thick, canvas.pixel * 0.9) for _, thick in branches])
    bins = np.round(np.log2(sizes / canvas.pixel)).astype(int)
    for step in sorted(set(bins)):
        curves = [branches[i][0] for i in np.flatnonzero(bins == step)]
        cover = np.maximum(cover, canvas.strokes(curves, 2.0**step * canvas.pixel))
    return cover


GLAZING, GABLE, INNER, GROUND = 1, 2, 3, 4


@motif("glow-houses")
def glow_houses(canvas: Canvas) -> Image.Image:
    """Three glasshouses leak pink light into fog."""
    camera = Camera(eye=(-3.4, 2.0, 17.0), target=(0.6, 2.35, -2.0), lens=0.42)
    room = Room(canvas, camera)
    room.quad((-60, 0, 14), (120, 0, 0), (0, 0, -70), GROUND)
    houses = ((-8.2, -2.5), (-1.2, -3.4), (5.8, -4.3))
    for x, z in houses:
        w, deep, eave, ridge = 5.6, 13.0, 2.5, 4.3
        room.quad((x, 0, z), (0, 0, -deep), (0, eave, 0), GLAZING)
        room.quad((x + w, 0, z), (0, 0, -deep), (0, eave, 0), GLAZING)
        room.quad((x, eave, z), (0, 0, -deep), (w / 2, ridge - eave, 0), GLAZING)
        room.quad((x + w, eave, z), (0, 0, -deep), (-w / 2, ridge - eave, 0), GLAZING)

        def gable(u: Array, v: Array, w: float = w, eave: float = eave, ridge: float = ridge) -> Array:
            return v < eave + (ridge - eave) * (1 - np.abs(u - w / 2) / (w / 2))

        room.quad((x, 0, z), (w, 0, 0), (0, ridge, 0), GABLE, gable)
    pink, violet, night = canvas.palette[1], canvas.palette[2], canvas.palette[0]
    leaf = resize(canvas.coarser(2).fbm("leaf", 60, 4), canvas.shape).ravel()
    patch = resize(canvas.coarser(3).fbm("cloud", 5, 4), canvas.shape).ravel()

    turf = canvas.random("turf").standard_normal((256, 256), np.float32)
    turf = turf + blur(turf, 1.0) * 3 + blur(np.tile(turf, (2, 2)), 4.0)[:256, :256] * 10

    def light(s: Surface) -> Array:
        noise = leaf[s.index]
        side = s.kind == GLAZING
        blades = turf[(s.v * 9).astype(np.int32) % 256, (s.u * 16).astype(np.int32) % 256]
        blades = blades + turf[(s.v * 2.1).astype(np.int32) % 256, (s.u * 3.7).astype(np.int32) % 256] * 0.6
        pane = np.where(side, 0.75, 0.70)
        tall = np.where(side, 0.9, 0.86)
        bar = smoothstep(0.030, 0.018, (0.5 - np.abs((s.u / pane) % 1 - 0.5)) * pane)
        rail = smoothstep(0.030, 0.016, (0.5 - np.abs((s.v / tall) % 1 - 0.5)) * tall)
        lattice = np.maximum(bar, rail)
        # Inside: rows of lamps high up, benches of wheat below, seen through wet glass.
        wheat = smoothstep(1.25, 0.75, s.y + 0.16 * noise) * 0.62
        wall = smoothstep(0.55, 0.45, s.y) * 0.9
        lamps = (
            np.exp(-(((s.y - 2.35) / 0.16) ** 2))
            * smoothstep(0.25, 0.12, np.abs((np.where(side, s.u, s.u) / 1.4) % 1 - 0.5))
            * (s.y < 2.5)
        )
        wet = 1 + 0.16 * patch[s.index] + 0.10 * noise
        glow = (0.75 + 1.5 * smoothstep(0.4, 2.6, s.y)) * (1 - wheat) * (1 - wall) * wet
        glow = np.where(side & (s.y > 2.5), 0.85 * wet, glow) + lamps * 6
        hot = mix(pink[None], np.array([[1.0, 0.62, 0.85]], np.float32), np.clip(lamps * 0.8, 0, 1)[:, None])
        tone = hot * (glow * 0.8 * (1 - 0.92 * lattice))[:, None] + violet * 0.05
        ground = np.zeros_like(s.x)
        for hx, hz in houses:
            dx, dz = s.x - hx - 2.8, s.z - hz - 0.6
            ground += 1.0 / (1.0 + 0.32 * dx * dx * 0.25 + 0.20 * dz * dz) * smoothstep(-1.5, 1.0, dz)
        grass = (0.34 + 0.10 * blades + 0.07 * noise + 0.06 * patch[s.index]) * ground * 0.55
        tone = np.where((s.kind == GROUND)[:, None], pink * np.maximum(grass, 0)[:, None] + night * 0.02, tone)
        return tone * np.exp(-np.maximum(s.depth - 12, 0) * 0.022)[:, None]

    picture = room.shade(light, np.zeros((*canvas.shape, 3), np.float32))
    # Fog: light scattered from the houses themselves, in ever wider halos, banked by slow noise.
    small = canvas.coarser(4)
    k = small.width / 600
    source = resize(picture * (room.kind[..., None] != GROUND), small.shape)
    banks = np.clip(1 + 0.35 * small.fbm("fog", 2.4, 5), 0.25, 2)
    lift = smoothstep(1.0, -0.1, small.y) * 0.5 + 0.5
    scatter = (
        blur(source, 5 * k) * 0.30
        + blur(source, 22 * k) * 0.42
        + blur(source, 75 * k) * [0.5, 0.5, 0.8]
        + blur(source, 170 * k) * [0.42, 0.5, 1.25]
    )
    fog = scatter * (banks * lift)[..., None] + violet * 0.012 * banks[..., None]
    fog_full = resize(fog.astype(np.float32), canvas.shape)
    thick = 1 - np.exp(-np.clip(room.depth - 7, 0, 60) * 0.045)
    picture = picture * (1 - 0.60 * thick)[..., None] + fog_full * (0.35 + 0.75 * thick)[..., None]
    # Trees behind the houses, then before them: silhouettes thinned by the fog that lies between.
    half = canvas.coarser(2)
    for name, sheet, trees in (
        (
            "far",
            half,
            [
                (-1.28, 0.30, 0.62),
                (-0.55, 0.24, 0.5),
                (0.28, 0.25, 0.55),
                (1.18, 0.28, 0.66),
                (0.86, 0.26, 0.5),
            ],
        ),
        ("near", canvas, [(-1.10, 1.06, 1.75), (1.26, 1.08, 2.05)]),
    ):
        grove = canvas.random(name)
        branches = [b for x, y, tall in trees for b in bare_tree(grove, x, y, tall, grove.normal(0, 0.06))]
        cover = draw_tree(sheet, branches)
        if name == "far":
            cover = resize(blur(cover, 0.8), canvas.shape)
            behind = (room.kind == 0) | (room.kind == GROUND)
            bark = fog_full * 0.42
            picture = mix(picture, bark, cover * behind * 0.8)
        else:
            # Light wraps round near branches: their edges keep some of the glow behind.
            bark = fog_full * 0.16 + picture * 0.06
            picture = mix(picture, bark, cover * 0.94)
    drift = (
        np.clip(small.fbm("drift", 1.6, 5) * 0.5 + 0.35, 0, 1)
        * smoothstep(-0.1, 0.55, small.y)
        * smoothstep(1.15, 0.55, small.y)
    )
    veil = resize(tint(drift, [1, 1, 1]) * blur(source, 60 * k).astype(np.float32) * 0.55, canvas.shape)
    picture += veil
    return develop(canvas, picture, exposure=1.35, contrast=0.25, vignette=0.45, grain=3.0, glow=0.2, threshold=0.9)


@motif("steam")
def steam(canvas: Canvas) -> Image.Image:
    """An autoclave opens and the room disappears: lamplight and a steel ring drowned in steam."""
    camera = Camera(eye=(1.25, 1.62, 3.5), target=(0.12, 1.28, 0.0), lens=0.44)
    room = Room(canvas, camera)
    steel, ring, dark, wall, floor, gasket, shelf = range(1, 8)

    def outside(u: Array, v: Array) -> Array:
        return (u - 4) ** 2 + (v - 1.3) ** 2 > 0.62**2

    room.quad((-4, 0, 0), (8, 0, 0), (0, 4, 0), wall, outside)
    room.quad((-4, 0, 0), (8, 0, 0), (0, 0, 5), floor)
    room.disc((0, 1.3, 0.03), (0.86, 0, 0), (0, 0.86, 0), ring, 0.74)
    room.tube((0, 1.3, 0.0), (0, 1.3, 0.03), 0.86, steel)
    room.disc((0, 1.3, -1.5), (0.62, 0, 0), (0, 0.62, 0), steel)
    _bore(room, 0.62)
    for y in (1.02, 1.42):
        room.quad(
            (-0.5, y, -1.4),
            (1.0, 0, 0),
            (0, 0, 1.36),
            shelf,
            lambda u, v: (np.abs((v / 0.07) % 1 - 0.5) > 0.36) | (np.abs(u - 0.5) > 0.47),
        )
    for x, y, z in (
        (-0.28, 1.42, -0.5),
        (0.02, 1.42, -0.42),
        (0.3, 1.42, -0.6),
        (-0.2, 1.02, -0.45),
        (0.16, 1.02, -0.5),
    ):
        room.tube((x, y, z), (x, y + 0.2, z), 0.085, gasket)
        room.tube((x, y + 0.2, z), (x, y + 0.27, z), 0.045, dark)
    door = np.array([-0.98, 1.3, 0.08])
    swing = np.array([-0.42, 0, 0.91])
    centre = door + swing * 0.84
    face = np.array([0.91, 0, 0.42])
    room.disc(centre, swing * 0.84, (0, 0.84, 0), ring)
    room.disc(centre + face * 0.05, swing * 0.66, (0, 0.66, 0), steel)
    room.disc(centre + face * 0.02, swing * 0.78, (0, 0.78, 0), gasket, 0.93)
    for k in range(12):
        a = k * pi / 6 + 0.2
        bolt = np.array([0.80 * cos(a), 1.3 + 0.80 * sin(a), 0.03])
        room.tube(bolt, bolt + np.array([0, 0, 0.06]), 0.036, steel, ring)
    brushed = canvas.fbm("brushed", 200, 3).ravel()

    def light(s: Surface) -> Array:
        noise = brushed[s.index]
        nx, ny, nz = s.nx + 0.02 * noise, s.ny + 0.02 * noise, s.nz
        along = 2 * (s.rx * nx + s.ry * ny + s.rz * nz)
        my, mx = s.ry - along * ny, s.rx - along * nx
        sky = smoothstep(-0.1, 0.8, my) * 0.9 + smoothstep(0.2, 0.9, mx) * 0.5 + 0.12
        spin = np.arctan2(s.y - 1.3, s.x + 1e-4)
        spun = 0.6 + 0.4 * np.cos(spin * 2 + 0.8) ** 2 + 0.2 * np.cos(spin * 5 - 1) ** 4
        tone = sky * np.where(s.kind == ring, 1.3 * spun, 0.8)
        tone = np.where(s.kind == wall, 0.30 + 0.06 * (np.abs((s.u / 0.6) % 1 - 0.5) > 0.49), tone)
        tile = smoothstep(
            0.02, 0.0, np.minimum(0.5 - np.abs((s.u / 0.3) % 1 - 0.5), 0.5 - np.abs((s.v / 0.3) % 1 - 0.5))
        )
        tone = np.where(s.kind == floor, 0.22 * (1 - 0.5 * tile) * (1 + 0.1 * noise), tone)
        tone = np.where(s.kind == gasket, 0.22, np.where(s.kind == dark, 0.10, tone))
        glow = lamp(s, (0.0, 1.8, -0.3), 0.5, 0.4) * (s.z < 0.02) * (np.abs(s.x) < 0.7)
        cold = linear("#b9cbd6")
        return cold * tone[:, None] * 0.75 + linear("#ffcf8f") * (glow * 0.9)[:, None]

    picture = room.shade(light, np.zeros((*canvas.shape, 3), np.float32))
    # Steam pours from the top of the mouth, rolls up and out, and hangs under the ceiling.
    soft = canvas.coarser(2)
    wx, wy = (soft.coarser(2).fbm(name, 3.5, 3, 0.45) for name in ("warp-x", "warp-y"))
    plain = soft.fbm("billow", 2.6, 7, 0.55)
    push = soft.height * 0.05
    column = np.arange(soft.width, dtype=np.float32)[None, :] + resize(wx, soft.shape) * push
    row = np.arange(soft.height, dtype=np.float32)[:, None] + resize(wy, soft.shape) * push
    billow = sample(plain, np.abs(column), np.abs(row))
    mx, my, _ = (float(v[0]) for v in camera.project(np.array([[0.0], [1.62], [0.1]], np.float32)))
    dx, dy = soft.x - mx, soft.y - my
    plume = np.exp(-((dx / (0.42 + 0.75 * np.maximum(0.1 - dy, 0))) ** 2)) * smoothstep(
        0.35, -0.2, dy + 0.10 * billow
    )
    ceiling = smoothstep(0.1, -0.95, soft.y + 0.10 * billow)
    low = smoothstep(0.2, 1.0, soft.y) * 0.35 * smoothstep(-1.4, 0.4, soft.x)
    side = smoothstep(0.2, 1.25, soft.x + 0.12 * billow) * 0.7
    amount = 1.35 * plume + 1.3 * ceiling + low + side
    density = np.maximum(amount * (0.85 + 0.42 * billow) + 0.08, 0)
    # Light from above sinks into each billow: what is denser than the cloud just above it is bright.
    rise = round(soft.height * 0.020)
    relief = np.zeros(soft.shape, np.float32)
    for scale in (1, 2, 5):
        lump = blur(billow, 2.0 + 3.0 * scale)
        step = rise * scale
        above = np.concatenate([np.repeat(lump[:1], step, axis=0), lump[:-step]])
        relief += (lump - above) * 0.34
    key = np.clip(0.52 + 0.36 * relief, 0, 1.15)
    thick = 1 - np.exp(-density * 1.25)
    inner = np.exp(-(dx * dx + (dy - 0.1) ** 2) / 0.16)
    white = canvas.palette[2] * 0.9
    shade = canvas.palette[1] * 0.42
    body = mix(
        tint(np.ones(soft.shape, np.float32), shade),
        tint(np.ones(soft.shape, np.float32), white),
        np.clip(0.15 + 0.95 * key, 0, 1),
    )
    body += tint(inner * (0.35 + 0.25 * billow), linear("#ffbf78") * 0.9)
    beam = np.exp(-(((soft.x - 0.72 - 0.4 * (soft.y + 1)) / 0.3) ** 2)) * smoothstep(1.0, -1.0, soft.y)
    body += tint(beam * 0.35, linear("#eaf4ff"))
    picture = mix(picture, resize(body, canvas.shape), resize(thick, canvas.shape))
    drops = canvas.random("drops")
    wet = splat(
        canvas.shape,
        drops.uniform(0, canvas.width, 2600),
        drops.uniform(0, canvas.height, 2600),
        drops.random(2600) ** 3 * 1.2,
    )
    picture += tint(blur(wet, 0.9) * resize(thick * (1 - thick) * 3, canvas.shape), canvas.palette[2])
    return develop(canvas, picture, exposure=1.2, contrast=0.6, vignette=0.4, grain=2.6, glow=0.12, threshold=0.9)


def _bore(room: Room, radius: float) -> None:
    """The chamber's inside: a ring of narrow strips, since tubes are only seen from outside."""
    count = 40
    for k in range(count):
        a, b = 2 * pi * k / count, 2 * pi * (k + 1) / count
        corner = np.array([radius * cos(a), 1.3 + radius * sin(a), -1.5])
        across = np.array([radius * (cos(b) - cos(a)), radius * (sin(b) - sin(a)), 0])
        room.quad(corner, across, (0, 0, 1.52), 1)
