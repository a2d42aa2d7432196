"""Large instruments: the inside of a dilution refrigerator and a row of magnets."""

import numpy as np
from PIL import Image

from .canvas import Array, Canvas, bokeh, depth_of_field, develop, mix, rgb, smoothstep
from .registry import motif
from .solid import (
    Camera,
    Hits,
    ambient,
    block,
    disc,
    facing,
    fresnel,
    mirrored,
    onward,
    render,
    wave,
)

PLATES = ((1.9, 1.0), (1.12, 0.9), (0.4, 0.76), (-0.28, 0.64), (-0.92, 0.54), (-1.5, 0.47))


def _spokes(radius: Array, angle: Array, count: int, offset: float = 0.0) -> tuple[Array, Array]:
    """Places round the y axis turned into the nearest of `count` equal slices: (along +x, across)."""
    slice_ = np.float32(2 * np.pi / count)
    turn = (angle + np.float32(offset)) / slice_
    turn = (turn - np.floor(turn + np.float32(0.5))) * slice_
    square = turn * turn
    # Series are good to a thousandth within a slice of a sixth.
    return radius * (1 - square * 0.5 + square * square * 0.0416), radius * turn * (1 - square * 0.1667)


@motif("tiers")
def tiers(canvas: Canvas) -> Image.Image:
    """A dilution refrigerator with its cans off: gilded plates, posts, and loops of fine silver pipe."""
    sheet, canvas = canvas, canvas.coarser(2.3)
    dark, gold, pale = canvas.palette
    random = canvas.random("loops")
    # A point is only ever near the plates above and below it, so each tier is looked up by height.
    heights, widths = (np.array(column, np.float32) for column in zip(*PLATES, strict=True))
    count = len(PLATES) - 1
    spin = random.uniform(0, 2 * np.pi, (2, count)).astype(np.float32)
    cos_spin, sin_spin = np.cos(spin), np.sin(spin)
    out = ((widths[1:] + widths[:-1]) / 2 * random.uniform(0.35, 0.72, (2, count))).astype(np.float32)
    skew = random.uniform(0.15, 0.36, (2, count)).astype(np.float32)
    middles, halves = (heights[1:] + heights[:-1]) / 2, (heights[:-1] - heights[1:]) / 2

    def tier(point: Array) -> Array:
        return np.clip(np.searchsorted(-heights, -point[1]) - 1, 0, count - 1)

    def gilded(point: Array) -> Array:
        x, y, z = point
        result = disc(point, (0, -1.95, 0), 0.3, 0.42, 0.05)
        radius = np.sqrt(x * x + z * z)
        angle = np.arctan2(z, x)
        six, many = _spokes(radius, angle, 6), _spokes(radius, angle, 16, 0.2)
        post_across, bolt_across = six[1] * six[1], many[1] * many[1]
        here = tier(point)
        for which in (here, here + 1):
            wide = widths[which]
            off = np.abs(y - heights[which])
            plate = np.maximum(np.maximum(radius - wide, off - 0.045), (radius - wide + off - 0.033) * 0.7071)
            plate = np.maximum(plate, 0.05 - np.sqrt((many[0] - wide * 0.62) ** 2 + bolt_across))
            bolt = np.maximum(np.sqrt((many[0] - wide * 0.93) ** 2 + bolt_across) - 0.024, off - 0.075)
            result = np.minimum(result, np.minimum(plate, bolt))
        along = np.abs(y - middles[here])
        post = np.sqrt((six[0] - wide * 0.86) ** 2 + post_across) - 0.028
        post = post - 0.02 * (np.abs(along - halves[here] + 0.08) < 0.035)
        result = np.minimum(result, np.maximum(post, along - halves[here]) * 0.9)
        result = np.minimum(result, disc(point, (0.12, -0.6, 0.05), 0.2, 0.22, 0.03))
        result = np.minimum(result, disc(point, (-0.14, 0.06, 0.1), 0.16, 0.28, 0.03))
        return np.minimum(result, np.maximum(np.abs(radius - 0.3) - 0.02, np.abs(np.abs(y + 1.95) - 0.3) - 0.018))

    def silver(point: Array) -> Array:
        x, y, z = point
        here = tier(point)
        result = np.full(point.shape[1], 9, np.float32)
        height = y - middles[here]
        for i in range(2):
            cos, sin = cos_spin[i, here], sin_spin[i, here]
            a, b = x * cos + z * sin - out[i, here], z * cos - x * sin
            ring = np.sqrt(a * a * 0.55 + height * height) - halves[here] * 0.62
            drift = b - skew[i, here] * a
            result = np.minimum(result, (np.sqrt(ring * ring + drift * drift) - 0.013) * 0.75)
        # A coil round the waist of two stages, and straight cables through every plate.
        radius = np.sqrt(x * x + z * z)
        for level, wide in ((-0.6, 0.36), (0.76, 0.5)):
            turn = (y - level) / 0.055
            turn = (turn - np.floor(turn + 0.5)) * 0.055
            coil = np.sqrt((radius - wide) ** 2 + turn * turn) - 0.014
            result = np.minimum(result, np.maximum(coil, np.abs(y - level) - 0.15))
        straight = np.abs(np.abs(x) - 0.17) - 0.055, np.abs(z) - 0.16
        cable = np.sqrt(straight[0] ** 2 + straight[1] ** 2) - 0.012
        return np.minimum(result, np.maximum(cable, np.abs(y - 0.4) - 2.3))

    def frame(point: Array) -> Array:
        beam = block(point, (0, 2.28, -0.1), (2.6, 0.12, 0.16), 0.02)
        legs = block(np.stack([np.abs(point[0]), point[1], point[2]]), (1.62, 0, -0.2), (0.1, 4, 0.12), 0.02)
        hang = block(np.stack([np.abs(point[0]), point[1], point[2]]), (0.6, 2.05, 0), (0.05, 0.2, 0.05), 0.01)
        return np.minimum(np.minimum(beam, legs), hang)

    def distance(point: Array) -> Array:
        return np.minimum(np.minimum(gilded(point), silver(point)), frame(point))

    def studio(direction: Array) -> Array:
        """Two tall reflectors either side of the camera in a dark laboratory."""
        dx, dy, dz = direction
        turn = np.arctan2(dx, dz)
        left = smoothstep(0.5, 0.32, np.abs(turn + 1.15)) * smoothstep(0.85, 0.6, np.abs(dy))
        right = smoothstep(0.42, 0.3, np.abs(turn - 0.95)) * smoothstep(0.8, 0.55, np.abs(dy - 0.05))
        rim = smoothstep(0.25, 0.12, np.abs(np.abs(turn) - 2.35)) * 0.8
        return 0.05 + 2.1 * left + 1.3 * right + rim + 0.25 * np.maximum(dy, 0) + 0.1 * np.maximum(-dy, 0)

    def shade(hits: Hits) -> Array:
        g, s, f = gilded(hits.point), silver(hits.point), frame(hits.point)
        mirror = mirrored(hits)
        open_ = ambient(distance, hits, 0.3, 1.0)
        far = onward(distance, hits.point + hits.normal * np.float32(0.015), mirror, 1.2, 6)
        clear = smoothstep(0.25, 1.15, far)
        light = studio(mirror)
        brushed = 0.9 + 0.1 * wave(np.sqrt(hits.point[0] ** 2 + hits.point[2] ** 2) * 320)
        among = mix(gold * gold * 0.55, gold * 0.1, smoothstep(0, 0.5, far)[:, None])
        gilt = mix(among, light[:, None] * (gold * 0.8 + rgb(0.3, 0.19, 0.11)), clear[:, None]) * brushed[:, None]
        gilt += gold * (0.05 + 0.25 * facing(hits, (-0.7, 0.3, 0.6)))[:, None] * open_[:, None]
        edge = fresnel(hits, 0.0)[:, None]
        gilt += edge * pale * 0.35 * light[:, None]
        pipe = mix(gold * 0.25, light[:, None] * rgb(0.9, 0.93, 0.97), (0.4 + 0.6 * clear)[:, None])
        steel = light[:, None] * 0.09 * pale + dark * (0.6 + facing(hits, (-0.5, 0.5, 0.6)))[:, None] * 2.5
        colour = np.where((g < np.minimum(s, f))[:, None], gilt, np.where((s < f)[:, None], pipe, steel))
        return colour * (0.15 + 0.85 * open_)[:, None]

    camera = Camera((1.6, -0.5, 6.4), (0.0, 0.03, 0.0), 0.255)
    background = np.empty((*canvas.shape, 3), np.float32)
    glow = np.exp(-((canvas.x - 0.2) ** 2 * 0.7 + (canvas.y + 0.1) ** 2 * 0.35))
    background[...] = glow[..., None] * (dark * 2.4 + gold * 0.025) + dark * 0.4
    lamps = 22
    places = np.stack([random.uniform(-1.1, 1.1, lamps), random.uniform(-1.5, 1.5, lamps)], axis=1)
    tones = np.stack([gold, pale, rgb(0.25, 0.4, 0.6)])[random.integers(0, 3, lamps)]
    bokeh(
        canvas,
        background,
        places,
        random.uniform(0.03, 0.1, lamps),
        tones * random.gamma(1.2, 0.035, (lamps, 1)),
    )
    picture, depth = render(canvas, camera, distance, shade, background, near=4.5, far=9.5, steps=36, edge_rays=2)
    picture = depth_of_field(picture, np.clip(np.abs(depth - 6.2) * 1.5 - 0.8, 0, 3) * (depth < 9.4), 3)
    return develop(sheet, picture, exposure=1.55, contrast=0.25, grain=2.4, glow=0.3, threshold=0.85, vignette=0.45)


@motif("rings")
def rings(canvas: Canvas) -> Image.Image:
    """Five magnets in white flasks, each inside the red line that marks where its field grows weak."""
    sheet, canvas = canvas, canvas.coarser(2.3)
    white, red, blue = canvas.palette
    spacing = 3.6
    centres = [(-0.5 + 0.28 * i, -spacing * i) for i in range(5)]

    def flask(point: Array) -> Array:
        nearest = np.clip(np.floor(point[2] / np.float32(-spacing) + np.float32(0.5)), 0, 4)
        x, z, y = point[0] + 0.5 - 0.28 * nearest, point[2] + np.float32(spacing) * nearest, point[1]
        radius = np.sqrt(x * x + z * z)
        body = np.maximum(radius - 0.62, np.abs(y - 1.62) - 0.86)
        ox, oy = np.maximum(radius - 0.5, 0), np.maximum(np.abs(y - 1.62) - 0.8, 0)
        body = np.sqrt(ox * ox + oy * oy) - np.float32(0.13)
        seam = np.abs(np.abs(y - 1.62) - 0.62)
        body = body + np.float32(0.012) * smoothstep(0.02, 0.008, seam)
        neck = np.maximum(radius - 0.15, np.abs(y - 2.65) - 0.22)
        angle = np.abs(x) - 0.26
        towers = np.maximum(np.sqrt(angle * angle + z * z) - 0.085, np.abs(y - 2.72) - 0.28)
        caps = np.maximum(np.sqrt(angle * angle + z * z) - 0.11, np.abs(y - 2.98) - 0.03)
        bore = np.maximum(radius - 0.12, np.abs(y - 0.7) - 0.12)
        lx, lz = np.abs(x) - 0.42 - (0.8 - y) * 0.13, np.abs(z) - 0.3 - (0.8 - y) * 0.1
        legs = np.maximum(np.sqrt(lx * lx + lz * lz) - 0.05, np.abs(y - 0.45) - 0.46)
        feet = np.maximum(np.sqrt((np.abs(x) - 0.53) ** 2 + (np.abs(z) - 0.385) ** 2) - 0.1, np.abs(y) - 0.035)
        parts = np.minimum(np.minimum(body, neck), np.minimum(towers, caps))
        return np.minimum(np.minimum(parts, bore), np.minimum(legs, feet))

    def room(point: Array) -> Array:
        walls = np.minimum(point[0] + np.float32(3.1), np.float32(3.4) - point[0])
        return np.minimum(np.minimum(walls, point[2] + np.float32(21.0)), np.float32(4.1) - point[1])

    def distance(point: Array) -> Array:
        return np.minimum(np.minimum(flask(point) * np.float32(0.92), point[1]), room(point))

    def windows(y: Array, z: Array) -> Array:
        """Light of the left wall: tall panes between posts."""
        bay = (z + 100) / 2.6
        across = np.abs(bay - np.floor(bay) - 0.5) * 2.6
        pane = smoothstep(1.06, 1.03, across) * smoothstep(0.95, 1.0, y) * smoothstep(3.5, 3.45, y)
        bars = 1 - smoothstep(0.05, 0.03, np.abs(across - 0.35)) * 0.8
        return pane * bars * (1 - 0.8 * smoothstep(0.04, 0.025, np.abs(y - 2.3)))

    def wall_colour(x: Array, y: Array, z: Array) -> Array:
        left = x < -3.05
        glass = windows(y, z) * left
        paint = white * 0.62
        paint = np.where((y > 4.05)[:, None], white * 0.7, paint)
        ceiling_lamp = (y > 4.05) & (np.abs(np.abs(x - 0.2) - 1.2) < 0.16) & (np.abs(wave(z * 1.9)) < 0.93)
        paint = np.where(ceiling_lamp[:, None], 2.2, paint)
        benches = (x > 3.3) & (y < 1.0)
        paint = np.where(benches[:, None], blue * 0.45, paint)
        racks = (x > 3.3) & (y > 1.05) & (y < 2.0) & (wave(z * 2.3) > 0.1)
        paint = np.where(racks[:, None], blue * (0.3 + 0.2 * wave(z * 23) * wave(y * 31))[:, None], paint)
        door = (z < -20.9) & (np.abs(x - 0.6) < 0.9) & (y < 2.4)
        paint = np.where(door[:, None], blue * 0.9, paint)
        return mix(paint, rgb(2.6, 2.75, 2.9), glass[:, None])

    def shade(hits: Hits) -> Array:
        x, y, z = hits.point
        f = flask(hits.point)
        open_ = ambient(distance, hits, 0.55, 1.0)
        sun = facing(hits, (-0.9, 0.45, 0.25))
        light = 0.22 + 0.85 * sun + 0.22 * np.maximum(hits.normal[1], 0)
        mirror = mirrored(hits)
        start = hits.point + hits.normal * np.float32(0.02)
        far = onward(distance, start, mirror, 14.0, 11, (f < 0.03) | (y < 0.02))
        place = start + mirror * far
        seen = np.where((flask(place) < 0.08)[:, None], white * 0.75, wall_colour(*place))
        seen = np.where((place[1] < 0.05)[:, None], blue * 0.5, seen)
        on_floor = (y < 0.02) & (f > 0.02)
        floor = (
            np.broadcast_to(mix(blue * 0.55, white * 0.5, 0.35), (len(x), 3))
            * (0.94 + 0.06 * wave(x * 37) * wave(z * 41))[:, None]
        )
        ring = np.full(len(x), 9, np.float32)
        for cx, cz in centres:
            ring = np.minimum(ring, np.abs(np.sqrt((x - cx) ** 2 + (z - cz) ** 2) - 1.32) - 0.065)
        worn = 0.82 + 0.18 * wave(x * 11 + 2 * wave(z * 7)) * wave(z * 13)
        floor = mix(floor, red * 1.25 * worn[:, None], smoothstep(0.012, -0.012, ring)[:, None])
        floor = floor * (light * (0.45 + 0.55 * open_))[:, None]
        gloss = (0.1 + 0.55 * fresnel(hits, 0.05))[:, None]
        floor = floor * (1 - gloss * 0.6) + seen * gloss
        enamel = white * 0.86 * light[:, None] * (0.3 + 0.7 * open_)[:, None]
        bands = (np.abs(y - 1.05) < 0.035) | (np.abs(y - 2.28) < 0.02)
        enamel = np.where((bands & (f < 0.02))[:, None], enamel * blue * 1.2, enamel)
        metal = ((y < 0.74) | (y > 2.47)) & (f < 0.02)
        steel = seen * 0.6 * blue + enamel * 0.3
        enamel = enamel + seen * fresnel(hits, 0.04)[:, None] * 0.8
        enamel = np.where(metal[:, None], steel, enamel)
        walls = wall_colour(x, y, z) * (0.5 + 0.5 * open_)[:, None]
        colour = np.where((f < 0.03)[:, None], enamel, np.where(on_floor[:, None], floor, walls))
        haze = 1 - np.exp(-hits.depth * 0.005)
        return mix(colour, white * 1.05, haze[:, None])

    camera = Camera((2.75, 3.0, 6.3), (-0.35, 0.95, -3.4), 0.335)
    background = np.ones((*canvas.shape, 3), np.float32)
    picture, depth = render(canvas, camera, distance, shade, background, near=3, far=40, steps=40)
    picture = depth_of_field(picture, np.clip(np.abs(1 / depth - 1 / 9) * 26 - 1.2, 0, 2.5), 2.5)
    return develop(sheet, picture, exposure=0.74, contrast=0.35, grain=2.0, glow=0.12, threshold=1.1, vignette=0.22)
