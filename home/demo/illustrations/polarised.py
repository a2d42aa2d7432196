"""Light through crossed polarisers: strained plastic and drying crystals."""

import numpy as np
from PIL import Image

from .canvas import Array, Canvas, circle, coverage, develop, mix, resize, segment, smoothstep, tint, union
from .optics import interference
from .registry import motif

HOOK_RADIUS = 0.47
HOOK_CENTRE = (0.16, 0.2)


def _hook(x: Array, y: Array) -> tuple[Array, Array]:
    """Distance to a J-shaped hook, and the retardation in nm that its load leaves in it.

    Stress is Winkler's for a curved beam: the moment grows from the load at the bottom of the bowl to the
    shank, and the inner edge carries the most. A Hertz contact adds the small discs where the string bites.
    """
    px, py = x - HOOK_CENTRE[0], y - HOOK_CENTRE[1]
    radius = np.hypot(px, py) + 1e-6
    in_bowl = py > 0
    turn = np.arctan2(px, np.maximum(py, 1e-4))
    half = 0.235 - 0.035 * smoothstep(-0.2, 1.4, turn)
    bowl = np.abs(radius - HOOK_RADIUS) - half
    shank = np.abs(px + HOOK_RADIUS) - half
    tip = segment(px, py, (HOOK_RADIUS, -0.02), (HOOK_RADIUS + 0.05, -0.3)) - half + 0.24 * np.clip(-py, 0, 0.3)
    straight = union(np.where(px < 0, shank, 9), np.where(px > 0, tip, 9), 0.0)
    distance = np.where(in_bowl, bowl, straight).astype(np.float32)

    across = np.where(in_bowl, radius - HOOK_RADIUS, -px - HOOK_RADIUS)
    lever = np.where(in_bowl, np.maximum(-px / radius, 0), np.where(px < 0, 1.0, 0.0))
    curved = smoothstep(-0.55, 0.1, py)
    curvature = np.maximum(HOOK_RADIUS + across, 0.14)
    winkler = (HOOK_RADIUS - 0.032 - curvature) / curvature * 0.235
    bend = -across * 0.62 * (1 - curved) + winkler * curved
    stress = lever * (bend * 13 + 0.42)
    contact_y = py - (HOOK_RADIUS - 0.235)
    reach = px * px + contact_y * contact_y + 4e-4
    hertz = 0.22 * np.maximum(contact_y, 0) / reach * smoothstep(0.42, 0.05, np.sqrt(reach))
    edge = 1.5 * np.exp(-np.maximum(-distance, 0) / 0.075)
    return distance, (np.abs(stress) * 1.05 + hertz + edge * 0.8) * 620


@motif("fringes")
def fringes(canvas: Canvas) -> Image.Image:
    """A hook of clear plastic under load; colour is stress."""
    sheet, canvas = canvas, canvas.coarser(1.4)
    half = canvas.coarser(1.5)
    strain = half.fbm("moulding", 1.6, 4)
    flow = half.fbm("flow", 6, 4)
    distance, retardation = _hook(half.x + 0.004 * flow, half.y + 0.004 * strain)
    retardation = np.abs(retardation + 34 * strain + 9 * flow)
    distance, retardation = resize(distance, canvas.shape), resize(retardation, canvas.shape)
    scratches = canvas.fbm("scratches", 60, 4, 0.7)
    plastic = interference(retardation + 5 * scratches) * 0.95
    depth = np.clip(-distance / 0.05, 0, 1)
    wall = (0.3 + 0.7 * smoothstep(0.0, 0.5, depth))[..., None]
    plastic *= wall * (0.22 + 0.78 * smoothstep(60, 460, retardation))[..., None]
    bevel = (
        np.exp(-(((distance + 0.028) / 0.0035) ** 2)) * 0.55 + np.exp(-(((distance + 0.008) / 0.003) ** 2)) * 0.3
    )
    plastic = plastic * (1 - 0.6 * np.exp(-(((distance + 0.02) / 0.006) ** 2)))[..., None]
    plastic += tint(bevel * (0.55 + 0.25 * np.tanh(scratches)), canvas.palette[2] * 0.6 + 0.4)

    haze = np.exp(-np.maximum(distance, 0) / 0.2) * 0.02
    ground = tint(haze + 0.004, canvas.palette[2] * 0.6 + canvas.palette[1] * 0.4)
    picture = mix(ground, plastic, coverage(distance, canvas.pixel * 1.6))
    _string(canvas, picture)
    _dust(canvas, picture, distance)
    return develop(
        sheet, picture, exposure=1.15, contrast=0.25, grain=2.0, glow=0.12, threshold=0.85, vignette=0.15
    )


def _string(canvas: Canvas, picture: Array) -> None:
    """The twisted string that carries the sugar, black against the light with a lit edge."""
    inner = HOOK_CENTRE[1] + HOOK_RADIUS - 0.235
    rows, columns = canvas.patch(HOOK_CENTRE[0], 0.75, 0.12, 0.8)
    x, y = canvas.x[:, columns] - HOOK_CENTRE[0], canvas.y[rows]
    spread = 0.022 + 0.05 * smoothstep(inner, 1.0, y)
    twist = np.sin(y * 170 + np.sign(x) * 1.0 + x * 60)
    away = np.abs(np.abs(x) - spread) - 0.02 - 0.002 * twist
    loop = np.abs(circle(x, (y - inner + 0.022) * 1.0, 0.026)) - 0.02
    away = np.where(y > inner - 0.01, away, loop)
    lit = 0.012 + 0.1 * smoothstep(-0.012, 0.0, away) * (0.6 + 0.4 * twist)
    part = picture[rows, columns]
    part[...] = mix(part, tint(lit, canvas.palette[2] * 0.3 + 0.5), coverage(away, canvas.pixel * 1.5))


def _dust(canvas: Canvas, picture: Array, distance: Array) -> None:
    random = canvas.random("dust")
    for x, y, size in zip(
        random.uniform(-canvas.half_width, canvas.half_width, 70),
        random.uniform(-1, 1, 70),
        random.gamma(2.0, 0.0009, 70),
        strict=True,
    ):
        rows, columns = canvas.patch(x, y, size * 4)
        if rows.start >= rows.stop or columns.start >= columns.stop:
            continue
        away = np.hypot(canvas.x[:, columns] - x, canvas.y[rows] - y)
        picture[rows, columns] += (np.exp(-((away / size) ** 2)) * random.uniform(0.02, 0.2))[..., None]


@motif("frost-fans")
def frost_fans(canvas: Canvas) -> Image.Image:
    """Vitamin C between crossed polarisers: fans of needles, each dark where it lies straight."""
    sheet, canvas = canvas, canvas.coarser(1.5)
    random = canvas.random("seeds")
    count = 11
    centres = np.stack(
        [random.uniform(-canvas.half_width, canvas.half_width, count), random.uniform(-1, 1, count)], axis=1
    )
    centres[0] = (-0.42, 0.18)
    speed = random.uniform(0.85, 1.25, count)
    half = canvas.coarser(2)
    warp_x, warp_y = half.fbm("warp x", 3, 5) * 0.02, half.fbm("warp y", 3, 5) * 0.02
    u, v = half.x + warp_x, half.y + warp_y
    first = np.full(half.shape, 9, np.float32)
    second = np.full(half.shape, 9, np.float32)
    owner = np.zeros(half.shape, np.int8)
    for i, (cx, cy) in enumerate(centres.astype(np.float32)):
        arrival = np.hypot(u - cx, v - cy) / np.float32(speed[i])
        closer = arrival < first
        second = np.minimum(second, np.maximum(first, arrival))
        owner[closer] = i
        first = np.minimum(first, arrival)
    owner = (
        owner
        if half.shape == canvas.shape
        else np.asarray(
            Image.fromarray(owner.astype(np.uint8)).resize((canvas.width, canvas.height), Image.Resampling.NEAREST)
        )
    )
    first, second = resize(first, canvas.shape), resize(second, canvas.shape)
    place = centres.astype(np.float32)[owner]
    x = canvas.x + resize(warp_x, canvas.shape) - place[..., 0]
    y = canvas.y + resize(warp_y, canvas.shape) - place[..., 1]
    radius = np.sqrt(x * x + y * y)
    angle = np.arctan2(y, x)
    spin = random.uniform(-0.25, 0.25, count).astype(np.float32)[owner]
    angle += spin * np.log(radius + 0.05)

    fibres = np.zeros(canvas.shape, np.float32)
    coarse_fibres = np.zeros(canvas.shape, np.float32)
    table_random = canvas.random("fibres")
    for octave in range(8):
        spokes = 10 * 2**octave
        table = np.repeat(table_random.uniform(-1, 1, spokes), max(1, 16384 // spokes))
        width = max(1, 8192 // spokes)
        table = np.convolve(np.concatenate([table, table]), np.ones(width) / width, "same").astype(np.float32)
        table = np.ascontiguousarray(table[len(table) // 4 : len(table) // 4 * 3])
        step = (angle * (len(table) / (2 * np.pi)) + owner * 977.0 + octave * 311).astype(np.int32) % len(table)
        wave = table[step]
        # A needle splits once it has grown wide enough: finer spokes fade in with distance from the seed.
        grown = smoothstep(0.0015, 0.012, radius * (2 * np.pi / spokes))
        fibres += wave * grown * (0.8 if octave < 3 else 0.55)
        if octave < 3:
            coarse_fibres += wave * 0.6
    crystal = canvas.fbm("crystal", 5, 8, 0.55)
    base = random.uniform(200, 900, count).astype(np.float32)[owner]
    rhythm = np.sin(radius * (38 + 14 * np.sin(owner * 1.7)) + fibres * 2.2 + crystal * 1.3)
    retardation = base + 190 * fibres + 130 * coarse_fibres + 75 * crystal + 22 * rhythm + 160 * radius
    colour = interference(np.abs(retardation))
    axis = np.sin(2 * (angle + 0.16 * fibres + 0.35)) ** 2
    shine = 0.06 + 0.94 * axis
    mood = mix(
        canvas.palette[1], canvas.palette[2], smoothstep(-0.9, 0.9, np.sin(owner * 2.4 + coarse_fibres * 1.6))
    )
    mood = mix(mood, canvas.palette[0] * 6 + 0.08, 0.45 * smoothstep(0.2, 1.2, -crystal))
    picture = mix(colour, (colour.mean(axis=-1) * 1.7)[..., None] * mood, 0.55) * shine[..., None]
    gap = (second - first) / 0.006
    picture *= (0.18 + 0.82 * smoothstep(0.0, 1.0, gap))[..., None]
    edge = np.exp(-((gap - 1.3) ** 2)) * np.clip(fibres, 0, 1) * 0.5
    sparkle = np.maximum(fibres - 1.0, 0) * axis * 0.8
    picture += tint(edge + sparkle, canvas.palette[1] * 0.4 + 0.7)
    return develop(sheet, picture, exposure=1.5, contrast=0.3, grain=1.6, glow=0.12, threshold=0.9, vignette=0.3)
