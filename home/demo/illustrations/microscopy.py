"""Pictures taken through microscopes: stained cells and leaf hairs."""

import numpy as np
from PIL import Image

from .canvas import (
    Array,
    Canvas,
    blur,
    coverage,
    depth_of_field,
    develop,
    mix,
    resize,
    rgb,
    smoothstep,
    splat,
    tint,
)
from .registry import motif
from .solid import Camera, Hits, ambient, facing, render, shadow, wave


def _scatter(random: np.random.Generator, count: int, spacing: float, reach: tuple[float, float]) -> Array:
    """Points at least `spacing` apart, edge to edge and a little beyond."""
    points: list[Array] = []
    for candidate in random.uniform(-1, 1, (6000, 2)) * (reach[0] + 0.1, reach[1] + 0.1):
        if all(np.hypot(*(candidate - other)) > spacing for other in points):
            points.append(candidate)
            if len(points) == count:
                break
    return np.array(points, np.float32)


@motif("cells")
def cells(canvas: Canvas) -> Image.Image:
    """Kidney cells in two dyes: blue nuclei inside a web of green scaffolding."""
    sheet, canvas = canvas, canvas.coarser(1.5)
    random = canvas.random("cells")
    centres = _scatter(random, 62, 0.225, (canvas.half_width, canvas.half_height))
    stretch = random.uniform(0, np.pi, len(centres)).astype(np.float32)
    fibres, haze = _scaffold(canvas, centres, stretch)
    green = canvas.palette[2]
    picture = tint(fibres, green * rgb(0.75, 1.0, 0.9)) + tint(np.maximum(fibres - 0.9, 0) * 0.5, (0.7, 1, 0.4))
    picture += tint(haze, green * rgb(0.3, 0.9, 1.0))
    _nuclei(canvas, picture, centres, stretch, random)
    photons = canvas.random("photons").standard_normal(canvas.shape, np.float32)
    picture += (photons * 0.018 * np.sqrt(picture.max(axis=-1) + 0.01))[..., None] * (
        canvas.palette[1] * 0.4 + green
    )
    return develop(
        sheet,
        np.maximum(picture, 0) + canvas.palette[0] * 0.6,
        exposure=1.3,
        contrast=0.25,
        grain=1.3,
        glow=0.25,
        threshold=0.55,
        vignette=0.12,
    )


def _scaffold(canvas: Canvas, centres: Array, stretch: Array) -> tuple[Array, Array]:
    """Filaments that wander out from each nucleus, as sharp light and as the glow of those out of focus."""
    random = canvas.random("filaments")
    per_cell, steps = 170, 130
    n = len(centres) * per_cell
    home = np.repeat(np.arange(len(centres)), per_cell)
    along = random.uniform(0, 2 * np.pi, n)
    ring = random.gamma(9, 0.0085, n)
    axis = stretch[home]
    squash = np.abs(np.cos(along - axis)) * 0.5 + 0.75
    x = centres[home, 0] + np.cos(along) * ring * squash
    y = centres[home, 1] + np.sin(along) * ring * squash
    heading = along + random.choice([-1.0, 1.0], n) * random.uniform(0.3, 1.5, n)
    bend = random.normal(0, 1, n) * 0.9
    length = np.minimum(random.gamma(3.2, 0.05, n) * squash + 0.05, 0.33)
    brightness = random.gamma(1.3, 0.36, n)
    bundle = random.random(n) < 0.1
    brightness[bundle] *= 2.2
    step = length / steps
    xs, ys = np.empty((steps, n), np.float32), np.empty((steps, n), np.float32)
    flow = canvas.coarser(8)
    stream = flow.fbm("flow", 2.5, 3) * 1.6
    for i in range(steps):
        bend += random.normal(0, 0.5, n) - bend * 0.03
        if i % 8 == 0:
            # Neighbours share a grain, so that fibres gather into bundles.
            column = np.clip(flow.column(x), 0, flow.width - 1).astype(int)
            grain = axis + stream[np.clip(flow.row(y), 0, flow.height - 1).astype(int), column]
        pull = np.sin(2 * (grain - heading)) * 7
        heading += (bend * 2.4 + pull) * step
        x, y = x + np.cos(heading) * step, y + np.sin(heading) * step
        xs[i], ys[i] = x, y
    fade = np.sin(np.linspace(0.25, np.pi, steps))[:, None] ** 0.6
    ink = (brightness * length)[None, :] * fade / steps / canvas.pixel * 0.75
    sharp = random.random(n) < 0.75
    columns, rows = canvas.column(xs), canvas.row(ys)
    focus = splat(canvas.shape, columns[:, sharp], rows[:, sharp], ink[:, sharp])
    soft = canvas.coarser(3)
    rest = splat(soft.shape, soft.column(xs[:, ~sharp]), soft.row(ys[:, ~sharp]), ink[:, ~sharp] / 3)
    glow = blur(rest, 1.6) + blur(resize(focus, soft.shape), 7) * 0.35
    sharpness = 1.0 * canvas.width / 2400
    lines = blur(focus, max(0.5, sharpness)) * 1.25
    return lines.astype(np.float32), resize(glow, canvas.shape) * 0.55


def _nuclei(canvas: Canvas, picture: Array, centres: Array, stretch: Array, random: np.random.Generator) -> None:
    chromatin = canvas.fbm("chromatin", 46, 5, 0.65)
    dent = canvas.coarser(4)
    dent_map = resize(dent.fbm("outline", 7, 3), canvas.shape)
    blue = canvas.palette[1]
    for i, (cx, cy) in enumerate(centres):
        size, squash = random.uniform(0.062, 0.1), random.uniform(0.68, 0.95)
        depth = abs(random.normal(0, 0.012)) + 0.004
        rows, columns = canvas.patch(cx, cy, size * 2)
        if rows.start >= rows.stop or columns.start >= columns.stop:
            continue
        dx, dy = canvas.x[:, columns] - cx, canvas.y[rows] - cy
        cos, sin = np.cos(stretch[i]), np.sin(stretch[i])
        a, b = dx * cos + dy * sin, (dy * cos - dx * sin) / squash
        radius = np.hypot(a, b) - 0.006 * dent_map[rows, columns]
        inside = coverage(radius - size, max(depth, canvas.pixel * 2))
        texture = chromatin[rows, columns]
        dome = np.sqrt(np.clip(1 - (radius / size) ** 2, 0, 1))
        light = 0.24 + 0.5 * dome + 0.3 * np.tanh(texture) + 0.5 * np.maximum(texture - 0.9, 0)
        for _ in range(random.integers(2, 5)):
            angle, out = random.uniform(0, 2 * np.pi), random.uniform(0, 0.6) * size
            spot = np.hypot(a - np.cos(angle) * out, b - np.sin(angle) * out)
            light = light * (1 - 0.62 * smoothstep(0.2 * size, 0.09 * size, spot))
        rim = np.exp(-(((radius - size * 0.93) / 0.006) ** 2)) * 0.22
        strength = random.uniform(0.45, 1.2)
        part = picture[rows, columns]
        glow = np.exp(-np.maximum(radius - size, 0) / 0.02) * 0.06 * (1 - inside)
        part *= (1 - 0.72 * inside)[..., None]
        part += tint((light + rim) * inside * strength + glow, blue * 1.25 + rgb(0.0, 0.06, 0.1))


@motif("trident-forest")
def trident_forest(canvas: Canvas) -> Image.Image:
    """Leaf hairs under an electron microscope, each a stalk that splits in three; green laid on by hand."""
    sheet, canvas = canvas, canvas.coarser(2.7)
    random = canvas.random("hairs")
    # One hair to a square of the hillside: where it stands, how tall it is, how it is turned and how it leans.
    side = 30
    square = np.float32(1.2)
    corner = (
        np.stack(np.meshgrid(np.arange(side), np.arange(side), indexing="ij"), axis=-1).reshape(-1, 2) - side / 2
    )
    foot = ((corner + 0.5 + random.uniform(-0.08, 0.08, corner.shape)) * square).astype(np.float32)
    foot_x, foot_z = np.ascontiguousarray(foot[:, 0]), np.ascontiguousarray(foot[:, 1])
    tall, turn, lean_x, lean_z = random.uniform(-1, 1, (4, len(foot))).astype(np.float32)
    tall, lean_x, lean_z = 1.02 + 0.3 * tall, lean_x * 0.05, lean_z * 0.05
    cos_turn, sin_turn = np.cos(turn * 3.1416), np.sin(turn * 3.1416)

    def hill(x: Array, z: Array) -> Array:
        return -0.24 * z + 0.2 * wave(x * 0.7 + 0.6) * wave(z * 0.5) + 0.09 * wave(x * 1.9 - z * 1.1)

    foot_y = hill(foot_x, foot_z)

    def ground(point: Array) -> Array:
        x, z = point[0], point[2]
        u, v = x * 0.8 + z * 0.6, z * 0.8 - x * 0.6
        lumps = wave(x * 12 + 2.4 * wave(v * 4)) * wave(z * 11 + 2.4 * wave(u * 3.1)) + 0.6 * wave(u * 19) * wave(
            v * 17
        )
        return hill(x, z) + 0.035 * np.sqrt(np.abs(lumps) + np.float32(0.01))

    def hair(point: Array) -> Array:
        ix = np.floor(point[0] / square).astype(np.int32) + side // 2
        iz = np.floor(point[2] / square).astype(np.int32) + side // 2
        pick = np.clip(ix, 0, side - 1) * side + np.clip(iz, 0, side - 1)
        x, y, z = point[0] - foot_x[pick], point[1] - foot_y[pick], point[2] - foot_z[pick]
        height = tall[pick]
        up = np.clip(y / height, 0, 1)
        x, z = x - lean_x[pick] * up * up, z - lean_z[pick] * up * up
        over = np.maximum(y - height, 0)
        stalk = np.sqrt(x * x + z * z + over * over) - (0.066 - 0.03 * up + 0.075 * np.exp(-up * 9))
        cos, sin = cos_turn[pick], sin_turn[pick]
        a, c, b = x * cos + z * sin, z * cos - x * sin, y - height
        result = stalk
        for ax, az, rise, long in (
            (1.0, 0.0, 0.75, 0.56),
            (-0.5, 0.866, 1.05, 0.58),
            (-0.5, -0.866, 0.65, 0.54),
        ):
            norm = 1 / (1 + rise * rise) ** 0.5
            along = np.clip(a * (ax * norm) + c * (az * norm) + b * (rise * norm), 0, long)
            lift = along * along * (0.12 / long**2)
            qx, qz, qy = a - along * (ax * norm), c - along * (az * norm), b - along * (rise * norm) - lift
            arm = np.sqrt(qx * qx + qy * qy + qz * qz) - (0.046 - along * (0.043 / long))
            h = np.maximum(0.06 - np.abs(result - arm), 0)
            result = np.minimum(result, arm) - h * h * np.float32(0.25 / 0.06)
        return result

    def distance(point: Array) -> Array:
        floor, hairs = (point[1] - ground(point)) * np.float32(0.8), hair(point)
        h = np.maximum(0.07 - np.abs(floor - hairs), 0)
        return np.minimum(floor, hairs) - h * h * np.float32(0.25 / 0.07)

    dark, mid, pale = canvas.palette

    def shade(hits: Hits) -> Array:
        x, y, z = hits.point
        on_hair = smoothstep(0.03, 0.09, y - ground(hits.point))
        pimples = wave(x * 95 + 2 * wave(y * 60)) * wave(y * 88 + 2 * wave(z * 70))
        edge = 1 - np.clip(-(hits.ray * hits.normal).sum(axis=0), 0, 1)
        # Electrons escape most readily from edges, so an edge glows however it is turned.
        light = 0.2 + 0.8 * facing(hits, (-0.8, 0.7, 0.25)) * (
            0.35 + 0.65 * shadow(distance, hits, (-0.8, 0.7, 0.25), 1.2, 0.5, 6)
        )
        light += 0.75 * edge**2 + 0.3 * facing(hits, (0.9, 0.3, -0.2)) + 0.07 * np.maximum(pimples, 0) * on_hair
        light *= ambient(distance, hits, 0.45, 1.1) * (1 - 0.5 * (1 - on_hair))
        fog = np.exp(-np.maximum(hits.depth - 2.4, 0) * 0.14)
        light = light * fog
        low = mix(dark * 1.3, mid * 0.85, np.clip(light * 2.2, 0, 1)[:, None])
        colour = mix(low, pale * 1.5, np.clip(light * 1.35 - 0.35, 0, 1)[:, None])
        return colour * (0.25 + light)[:, None]

    camera = Camera((0.25, 1.75, 3.3), (0.0, 1.02, -0.8), 0.52)
    background = np.broadcast_to(dark * 0.35, (*canvas.shape, 3)).astype(np.float32)
    picture, depth = render(
        canvas, camera, distance, shade, background, near=0.8, far=15, steps=42, step_scale=0.9, edge_rays=2
    )
    picture = _without_specks(picture)
    blurred = depth_of_field(picture, np.clip(np.abs(1 / depth - 1 / 3.6) * 14 - 0.7, 0, 5), 5)
    full = resize(blurred, sheet.shape)
    scan = sheet.fbm("coating", 150, 3, 0.8)
    full *= (1 + 0.06 * scan)[..., None]
    return develop(
        sheet,
        np.maximum(full, 0),
        exposure=1.45,
        contrast=0.3,
        grain=4.5,
        glow=0.1,
        threshold=0.7,
        vignette=0.4,
    )


def _without_specks(picture: Array) -> Array:
    """Lone bright pixels, where a ray slipped past the border of a square, take the tone around them."""
    light = picture.sum(axis=-1)
    around = np.stack([np.roll(light, (i, j), axis=(0, 1)) for i in (-2, 0, 2) for j in (-2, 0, 2)])
    typical = np.partition(around, 5, axis=0)[5]
    stray = (light > typical * 1.7 + 0.12)[..., None]
    return np.where(stray, picture * (typical / np.maximum(light, 1e-6))[..., None], picture)
