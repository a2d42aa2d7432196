"""The rooms that hold everything up: a test hall at dawn and a plant room."""

import numpy as np
from PIL import Image

from .canvas import Array, Canvas, blur, develop, mix, resize, rgb, smoothstep
from .registry import motif
from .solid import Camera, Hits, ambient, facing, fresnel, mirrored, onward, render, wave


@motif("pipes")
def pipes(canvas: Canvas) -> Image.Image:
    """Pipes along a basement ceiling, banded by what they carry, running to a bright doorway."""
    sheet, canvas = canvas, canvas.coarser(2.5)
    dark, green, yellow = canvas.palette
    blue = rgb(0.02, 0.12, 0.42)
    random = canvas.random("pipes")
    # x, y, radius, kind: 0 galvanised, 1 lagged in foil, 2 painted
    runs = np.array(
        [
            (-1.22, 1.62, 0.13, 1), (-0.86, 1.7, 0.17, 1), (-0.52, 1.55, 0.085, 0), (-0.24, 1.62, 0.12, 2),
            (0.1, 1.7, 0.15, 1), (0.42, 1.52, 0.07, 0), (0.64, 1.56, 0.09, 2), (0.98, 1.62, 0.19, 1),
            (1.3, 1.42, 0.08, 0), (-1.42, 1.2, 0.1, 2), (-1.45, 0.86, 0.07, 0), (1.44, 1.05, 0.12, 1),
        ],
        np.float32,
    )  # fmt: skip
    bands = [green, yellow, blue, green, blue, green, yellow, blue, green, green, yellow, blue]
    phase = random.uniform(0, 3, len(runs)).astype(np.float32)
    far_end = -15.0

    def tubes(point: Array) -> tuple[Array, Array]:
        nearest = np.full(point.shape[1], 9, np.float32)
        which = np.zeros(point.shape[1], np.int8)
        for i, (cx, cy, radius, _) in enumerate(runs):
            along = point[2] + phase[i]
            collar = np.abs(along * 0.42 - np.floor(along * 0.42 + np.float32(0.5)))
            swell = np.float32(radius) + np.float32(radius * 0.32) * (collar < 0.028)
            away = np.sqrt((point[0] - cx) ** 2 + (point[1] - cy) ** 2) - swell
            which[away < nearest] = i
            nearest = np.minimum(nearest, away)
        return nearest, which

    def brackets(point: Array) -> Array:
        step = point[2] * np.float32(1 / 2.2) + np.float32(0.2)
        local = (step - np.floor(step + np.float32(0.5))) * np.float32(2.2)
        bar = np.maximum(np.abs(local) - 0.035, np.abs(point[1] - 1.36) - 0.03)
        rods = np.sqrt(local * local + (np.abs(point[0]) - 0.74) ** 2) - 0.014
        return np.maximum(np.minimum(bar, np.maximum(rods, 1.36 - point[1])), np.abs(point[0]) - 1.5)

    def plant(point: Array) -> Array:
        """Pumps on plinths along both walls."""
        step = point[2] * np.float32(1 / 2.8)
        local = (step - np.floor(step + np.float32(0.5))) * np.float32(2.8)
        x, y = np.abs(point[0]) - 1.28, point[1]
        plinth = np.maximum(np.maximum(np.abs(x) - 0.26, np.abs(local) - 0.62), y + 0.98)
        motor = np.maximum(
            np.sqrt(x * x + (y + 0.68) ** 2) - 0.2 - 0.015 * np.abs(wave(local * 60)),
            np.abs(local - 0.2) - 0.34,
        )
        casing = np.maximum(np.sqrt(local_shift(local, y)) - 0.25, np.abs(x) - 0.14)
        riser = np.maximum(np.sqrt(x * x + (local + 0.36) ** 2) - 0.075, np.abs(y - 0.3) - 1.0)
        wheel = np.abs(np.sqrt(x * x + (local + 0.36) ** 2) - 0.15)
        valve = np.sqrt(wheel * wheel + (y - 0.15) ** 2) - 0.022
        return np.minimum(np.minimum(np.minimum(plinth, motor), np.minimum(casing, riser)), valve)

    def local_shift(local: Array, y: Array) -> Array:
        return (local + 0.36) ** 2 + (y + 0.66) ** 2

    def shell(point: Array) -> Array:
        walls = np.minimum(1.68 - np.abs(point[0]), np.minimum(point[1] + 1.2, 2.02 - point[1]))
        return np.minimum(walls, point[2] - np.float32(far_end))

    def distance(point: Array) -> Array:
        return np.minimum(np.minimum(tubes(point)[0], brackets(point)), np.minimum(plant(point), shell(point)))

    door = np.array([0.0, -0.1, far_end + 0.3], np.float32)[:, None]

    def doorway(x: Array, y: Array, z: Array) -> Array:
        return ((z < far_end + 0.15) & (np.abs(x) < 0.72) & (y < 1.05)).astype(np.float32)

    def lamps(z: Array, x: Array) -> Array:
        """Light from fittings between the pipes, every few metres."""
        step = z * np.float32(1 / 4.2) + np.float32(0.3)
        local = (step - np.floor(step + np.float32(0.5))) * np.float32(4.2)
        return 1 / (0.6 + local * local * 1.1 + (x - 0.2) ** 2 * 0.6)

    def seen(x: Array, y: Array, z: Array) -> Array:
        glow = doorway(x, y, z)
        level = 0.02 + 0.22 * lamps(z, x) * smoothstep(-1.4, 2, y)
        return mix(level[:, None] * (dark * 6 + 0.12), rgb(5.5, 5.2, 4.4), glow[:, None])

    def shade(hits: Hits) -> Array:
        x, y, z = hits.point
        t, which = tubes(hits.point)
        b, p, s = brackets(hits.point), plant(hits.point), shell(hits.point)
        open_ = ambient(distance, hits, 0.3, 1.1)
        away = door - hits.point
        length = np.sqrt((away * away).sum(axis=0))
        daylight = np.maximum((away * hits.normal).sum(axis=0) / length, 0) * 26 / (6 + length * length)
        lamp = lamps(z, x) * (0.25 + 0.75 * np.maximum(hits.normal[1] * -0.2 + 0.6, 0))
        light = (0.07 + 0.75 * lamp)[:, None] * rgb(1.0, 0.93, 0.78) + daylight[:, None] * np.array(
            [1.0, 0.97, 0.88]
        )
        light = light * (0.25 + 0.75 * open_)[:, None]
        mirror = mirrored(hits)
        start = hits.point + hits.normal * np.float32(0.02)
        hit = start + mirror * onward(shell, start, mirror, 16.0, 8)
        reflection = seen(*hit)

        along = z + phase[which]
        kind = runs[which, 3]
        foil = 0.5 + 0.1 * wave(along * 16 + 2 * wave(x * 30)) * wave(
            np.arctan2(y - runs[which, 1], x - runs[which, 0]) * 5
        )
        base = np.where((kind == 1)[:, None], foil[:, None] * rgb(1.0, 1.0, 0.98), rgb(0.42, 0.45, 0.47))
        base = np.where((kind == 2)[:, None], dark * 3.2, base)
        tone = np.stack(bands)[which]
        step = along * np.float32(0.62)
        local = np.abs(step - np.floor(step + np.float32(0.5)))
        stripe = smoothstep(0.15, 0.146, local)
        core = smoothstep(0.05, 0.046, local) * (which % 3 != 1)
        base = mix(base, tone * 1.15, stripe[:, None])
        base = mix(base, np.where((which % 2 == 0)[:, None], blue, yellow), core[:, None])
        grime = 0.82 + 0.18 * wave(along * 5 + 3 * wave(x * 9 + y * 11)) * wave(along * 13)
        gloss = np.where(kind == 1, 0.6, 0.25) + 0.6 * fresnel(hits, 0.04)
        tube = base * light * grime[:, None] + reflection * gloss[:, None] * (0.3 + base)
        steel = light * rgb(0.3, 0.3, 0.31) + reflection * 0.2
        machine = np.where(
            (y < -0.95)[:, None],
            0.35,
            np.where(
                (y > 0.02)[:, None] & (np.abs(y - 0.15) < 0.05)[:, None],
                rgb(0.55, 0.03, 0.02),
                np.where((np.abs(x) < 1.3)[:, None], green * 0.55, green * 0.5 + 0.02),
            ),
        )
        machine = machine * light + reflection * (0.05 + 0.4 * fresnel(hits, 0.04))[:, None]
        stain = 0.5 + 0.5 * wave(x * 1.7 + 2 * wave(z * 1.3)) * wave(z * 2.1 + wave(x * 3))
        concrete = (0.34 + 0.08 * stain + 0.03 * wave(x * 60 + 5 * wave(z * 47)) * wave(z * 71))[:, None] * rgb(
            1, 0.98, 0.95
        )
        brick_y = y * 6.5
        row = np.floor(brick_y)
        brick_z = z * 2.4 + 0.5 * (row % 2)
        mortar = np.minimum(
            np.abs(brick_y - row - 0.5) * -1 + 0.5, (0.5 - np.abs(brick_z - np.floor(brick_z) - 0.5)) * 2.6
        )
        wall = (0.5 - 0.16 * smoothstep(0.09, 0.03, mortar)) * (
            0.94 + 0.06 * wave(row * 2.1 + np.floor(brick_z) * 4.7)
        )
        wall = np.where(
            (y < -0.1)[:, None],
            green * 0.35 * (wall * 2)[:, None] + 0.04,
            wall[:, None] * rgb(1, 0.97, 0.88),
        )
        sides = np.abs(hits.normal[0]) > 0.7
        fabric = np.where(sides[:, None], wall, concrete)
        wet = smoothstep(0.45, 0.75, stain) * (hits.normal[1] > 0.7)
        lines = (np.abs(np.abs(x) - 0.86) < 0.035) & (hits.normal[1] > 0.7)
        fabric = np.where(lines[:, None], yellow * 0.75, fabric)
        structure = fabric * light + reflection * ((0.03 + 0.4 * wet) * (0.25 + fresnel(hits, 0.1)))[:, None]
        bright = doorway(x, y, z)
        structure = mix(structure, rgb(6.5, 6.1, 5.2), bright[:, None])
        nearest = np.minimum(np.minimum(t, b), np.minimum(p, s)) + np.float32(0.003)
        colour = np.where(
            (t < nearest)[:, None],
            tube,
            np.where((b < nearest)[:, None], steel, np.where((p < nearest)[:, None], machine, structure)),
        )
        haze = 1 - np.exp(-hits.depth * 0.022)
        return mix(colour, rgb(0.62, 0.58, 0.46), (haze * 0.7)[:, None])

    camera = Camera((0.22, -0.25, 1.6), (0.0, 0.22, -6.0), 0.62)
    background = np.ones((*canvas.shape, 3), np.float32)
    picture, _ = render(canvas, camera, distance, shade, background, near=0.2, far=20, steps=46)
    shaft = np.exp(-(((canvas.x + 0.02) / 0.3) ** 2) - ((canvas.y - 0.1) / 0.35) ** 2)
    picture = picture + shaft[..., None] * rgb(0.3, 0.27, 0.19)
    return develop(sheet, picture, exposure=1.3, contrast=0.4, grain=3.2, glow=0.2, threshold=1.3, vignette=0.45)


@motif("perspective-dots")
def perspective_dots(canvas: Canvas) -> Image.Image:
    """A strong floor at dawn: rows of bolt holes lead to a steel frame under high windows."""
    sheet, canvas = canvas, canvas.coarser(2.4)
    pale, steel, dawn = canvas.palette

    def frame(point: Array) -> Array:
        x, y, z = np.abs(point[0] - np.float32(0.5)), point[1], point[2] + np.float32(9.5)

        def column(px: Array, pz: Array, wide: float, deep: float) -> Array:
            flange = np.maximum(np.abs(np.abs(px) - wide + 0.05) - 0.05, np.abs(pz) - deep)
            web = np.maximum(np.abs(px) - wide, np.abs(pz) - 0.045)
            return np.minimum(flange, web)

        legs = np.maximum(column(x - 2.1, np.abs(z) - 0.9, 0.28, 0.24), y - 5.6)
        heads = np.maximum(column(y - 5.3, np.abs(z) - 0.9, 0.36, 0.26), x - 2.75)
        middle = np.maximum(column(y - 3.3, z, 0.26, 0.5), x - 2.1)
        brace = np.maximum(
            np.maximum(np.abs((x - 1.0) * 0.62 - (y - 4.3) * 0.78 + 0.1) - 0.09, np.abs(np.abs(z) - 0.9) - 0.1),
            np.maximum(np.abs(y - 4.3) - 0.95, np.abs(x - 1.2) - 1.0),
        )
        ram = np.maximum(np.sqrt(x * x + z * z) - 0.24, np.abs(y - 2.4) - 0.62)
        rod = np.maximum(np.sqrt(x * x + z * z) - 0.13, np.abs(y - 1.75) - 0.5)
        shoe = np.maximum(np.maximum(x - 0.4, np.abs(z) - 0.4), np.abs(y - 1.26) - 0.07)
        table = np.maximum(np.maximum(x - 2.6, np.abs(z) - 1.3), np.abs(y - 0.1) - 0.1)
        beam = np.maximum(column(y - 0.78, z, 0.28, 0.2), x - 1.85)
        return np.minimum(
            np.minimum(np.minimum(legs, heads), np.minimum(middle, brace)),
            np.minimum(np.minimum(np.minimum(ram, rod), np.minimum(shoe, table)), beam),
        ) * np.float32(0.95)

    def gear(point: Array) -> Array:
        """A crane rail and its beam high up, trestles and a low cabinet by the walls."""
        x, y, z = point
        rails = np.maximum(np.abs(np.abs(x) - 6.1) - 0.16, np.abs(y - 6.7) - 0.26)
        bridge = np.maximum(np.abs(z + 14.2) - 0.3, np.abs(y - 6.5) - 0.4)
        cabinets = np.maximum(np.maximum(np.abs(x - 6.0) - 0.45, np.abs(wave(z * 1.05)) - 0.86), y - 1.5)
        trestle = np.maximum(np.maximum(np.abs(x + 5.9) - 0.4, np.abs(z + 6.5) - 1.8), np.abs(y - 0.55) - 0.55)
        return np.minimum(np.minimum(rails, bridge), np.minimum(cabinets * 0.6, trestle))

    def shell(point: Array) -> Array:
        walls = np.minimum(6.6 - np.abs(point[0]), np.minimum(8.6 - point[1], point[2] + 19.0))
        return np.minimum(walls, point[1])

    def distance(point: Array) -> Array:
        return np.minimum(np.minimum(frame(point), gear(point)), shell(point)).astype(np.float32)

    def panes(u: Array, y: Array) -> Array:
        """A high band of windows, u along the wall: 1 for glass."""
        bay = u / 2.3
        local = np.abs(bay - np.floor(bay) - 0.5) * 2.3
        glass = smoothstep(0.98, 0.95, local) * smoothstep(4.7, 4.74, y) * smoothstep(7.9, 7.86, y)
        bars = smoothstep(0.022, 0.034, np.abs(wave(u * 4.1) * 0.2)) * smoothstep(0.03, 0.045, np.abs(y - 6.3))
        return glass * bars

    def sky(y: Array) -> Array:
        t = np.clip((y - 4.7) / 3.2, 0, 1)[:, None]
        return mix(dawn * 3.6, rgb(1.15, 1.35, 1.6), t**0.8) * 1.5

    def surroundings(x: Array, y: Array, z: Array) -> Array:
        wall = (pale * 0.3) * (0.55 + 0.08 * y)[:, None]
        glass = np.where(x < -6.4, panes(z, y), np.where(z < -18.8, panes(x + 0.3, y), 0))
        return mix(wall, sky(y), glass[:, None])

    def beams(x: Array, y: Array, z: Array) -> Array:
        """How much low sun reaches a place through the windows of the left wall."""
        reach = (x + 6.6) / 0.78
        return panes(z + reach * 0.22, y + reach * 0.42) * (x < 6.5)

    def shade(hits: Hits) -> Array:
        x, y, z = hits.point
        f, g, s = frame(hits.point), gear(hits.point), shell(hits.point)
        open_ = ambient(distance, hits, 0.8, 1.0)
        sun = beams(x, y, z) * facing(hits, (-0.78, 0.42, 0.22))
        sunward = onward(
            distance,
            hits.point + hits.normal * np.float32(0.05),
            np.repeat(np.array([[-0.85], [0.46], [0.24]], np.float32), len(x), axis=1),
            6.0,
            7,
            sun > 0.02,
        )
        sun = sun * smoothstep(1.0, 4.0, sunward)
        skylight = (
            0.16
            + 0.34 * facing(hits, (-0.8, 0.6, -0.1))
            + 0.2 * np.maximum(hits.normal[2] * -1, 0)
            + 0.12 * np.maximum(hits.normal[1], 0)
        ) * open_
        light = skylight[:, None] * rgb(0.82, 0.95, 1.12) + (sun * 2.6)[:, None] * (dawn * 1.2 + 0.1)
        mirror = mirrored(hits)
        start = hits.point + hits.normal * np.float32(0.03)
        far = onward(distance, start, mirror, 24.0, 10)
        place = start + mirror * far
        reflection = surroundings(*place)
        dark_thing = np.minimum(frame(place), gear(place)) < 0.12
        reflection = np.where(dark_thing[:, None], steel * 0.35, reflection)

        gx, gz = x / 0.62 + 0.5, z / 0.62
        dx, dz = (gx - np.floor(gx) - 0.5) * 0.62, (gz - np.floor(gz) - 0.5) * 0.62
        radius = np.sqrt(dx * dx + dz * dz)
        soft = 0.004 + 0.0016 * hits.depth
        hole = smoothstep(0.062 + soft, 0.062 - soft, radius)
        collar = smoothstep(0.094 + soft, 0.094 - soft, radius) - hole
        cloud = wave(x * 0.9 + 1.7 * wave(z * 0.7)) * wave(z * 1.1 + wave(x * 1.3))
        speck = wave(x * 41 + 4 * wave(z * 29)) * wave(z * 47 + 4 * wave(x * 31))
        scuffs = smoothstep(0.06, 0.0, np.abs(wave(x * 0.55 + 0.8 * wave(z * 0.31)) - 0.35)) * 0.1
        concrete = (0.36 + 0.05 * cloud + 0.022 * speck - scuffs)[:, None] * (pale * 0.7 + 0.25)
        joint = smoothstep(0.025, 0.008, np.abs(np.abs(x - 0.3) - 3.1)) + smoothstep(0.03, 0.01, np.abs(z + 5.0))
        concrete = concrete * (1 - 0.45 * np.minimum(joint, 1))[:, None]
        floor = concrete * light * 1.5
        shine = (0.05 + 0.75 * fresnel(hits, 0.03)) * (0.75 + 0.25 * cloud)
        floor = floor + reflection * shine[:, None]
        ringlit = 0.35 + 0.65 * smoothstep(-0.09, 0.09, dx * 0.8 - dz * 0.4)
        floor = mix(floor, (steel * 2.2 * light + reflection * 0.25) * ringlit[:, None], (collar * 0.9)[:, None])
        floor = mix(floor, steel * 0.05 + (0.03 * smoothstep(-0.05, 0.06, dx))[:, None], hole[:, None])

        paint = steel * 1.0 * light * 1.3 + reflection * (0.05 + 0.5 * fresnel(hits, 0.04))[:, None]
        fx = np.abs(x - 0.5)
        chrome = (fx < 0.15) & (np.abs(z + 9.5) < 0.15) & (y > 1.3) & (y < 1.78)
        paint = np.where(chrome[:, None], reflection * 0.7 + light * 0.1, paint)
        hazard = (np.abs(fx - 2.1) < 0.3) & (y < 1.35) & (y > 0.3)
        paint = np.where((hazard & (wave((y + x * 0.6 + z) * 14) > 0))[:, None], dawn * 1.1 * light * 1.3, paint)
        kit = np.where((y > 5)[:, None], dawn * 0.35, steel * 0.8) * light
        brick = 0.93 + 0.07 * wave(y * 24) * wave((x + z) * 9)
        wall = pale * 0.42 * light * brick[:, None] * 1.3
        glass = np.where(x < -6.55, panes(z, y), np.where(z < -18.9, panes(x + 0.3, y), 0))
        wall = mix(wall, sky(y), glass[:, None])
        dado = (y < 1.6) & (s < 0.05)
        wall = np.where(dado[:, None], wall * steel * 2.6, wall)
        below = (hits.normal[1] > 0.9) & (y < 0.02)
        nearest = np.minimum(np.minimum(f, g), s) + np.float32(0.004)
        colour = np.where(
            (f < nearest)[:, None],
            paint,
            np.where((g < nearest)[:, None], kit, np.where(below[:, None], floor, wall)),
        )
        mist = 1 - np.exp(-hits.depth * 0.02)
        return mix(colour, pale * 0.85 + dawn * 0.18, mist[:, None] * 0.4)

    camera = Camera((0.1, 1.5, 5.6), (0.2, 2.75, -9.0), 0.47)
    background = np.ones((*canvas.shape, 3), np.float32)
    picture, depth = render(canvas, camera, distance, shade, background, near=1.2, far=34, steps=44)
    # Dust in the sun: sample the air along each line of sight and count the places the sun reaches.
    air = canvas.coarser(3)
    rays = camera.rays(air)
    reach = resize(depth, air.shape)
    scattered: Array = np.zeros(air.shape, np.float32)
    eye = np.asarray(camera.eye, np.float32)
    for t in np.linspace(0.04, 0.98, 22):
        x, y, z = (eye[i] + rays[i] * reach * np.float32(t) for i in range(3))
        scattered += beams(x, y, z)
    scattered = blur(scattered, 1.2) / 22 * np.minimum(reach, 16) / 16
    picture = picture + resize(scattered, canvas.shape)[..., None] * (dawn * 0.3 + 0.03)
    return develop(sheet, picture, exposure=0.95, contrast=0.5, grain=2.4, glow=0.12, threshold=1.6, vignette=0.35)
