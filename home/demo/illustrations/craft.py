"""Old crafts in new workshops: a glassblower's torch, and a loom being threaded."""

from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from .canvas import (
    Array,
    Canvas,
    blur,
    bokeh,
    circle,
    coverage,
    develop,
    mix,
    normals,
    resize,
    rgb,
    sample,
    segment,
    smoothstep,
    splat,
    tint,
    union,
)
from .glove import Hand, crease
from .optics import glowing
from .registry import motif
from .solid import Camera, Hits, facing, render, wave

EYES = 32
LAMP = rgb(1.15, 0.88, 0.58)


@motif("flame")
def flame(canvas: Canvas) -> Image.Image:
    """A torch roaring on the join of a glass flask, everything else left to the dark."""
    sheet, canvas = canvas, canvas.coarser(1.5)
    black, orange, cream = canvas.palette
    join = (0.08, 0.1)
    half = canvas.coarser(2)
    picture = canvas.empty() + black * 0.5
    picture += resize(_glassblower(half, join, canvas.palette), canvas.shape)
    picture += _torch(canvas, join)

    x, y = canvas.x - join[0], canvas.y - join[1]
    wobble = resize(half.fbm("hand-made", 3, 3), canvas.shape) * 0.006
    # The flask lies on its side; a side arm meets its shoulder where the flame plays.
    tilt = np.radians(-14)
    a = (x * np.cos(tilt) + y * np.sin(tilt)).astype(np.float32)
    b = (y * np.cos(tilt) - x * np.sin(tilt)).astype(np.float32)
    bulb = circle(a - 0.52, b - 0.16, 0.5)
    neck = np.maximum(np.abs(b - 0.12) - 0.135, np.maximum(-a - 1.7, a - 0.5))
    arm = segment(a, b, (0.02, 0.02), (-0.18, -1.15)) - 0.085
    lip = segment(a, b, (-0.22, -1.18), (-0.15, -1.18)) - 0.095
    glass = union(union(union(bulb, neck, 0.2), arm, 0.16), lip, 0.03) + wobble
    height = np.sqrt(np.clip(-glass, 0, 0.2) * (0.4 - np.clip(-glass, 0, 0.2)))
    normal = normals(height, canvas.pixel)
    inside = coverage(glass, canvas.pixel * 1.4)
    # Thick where we look along the wall: bent light there is bright or black, the middle is almost clear.
    wall = np.exp(-(((glass + 0.016) / 0.007) ** 2)) + 0.5 * np.exp(-(((glass + 0.045) / 0.005) ** 2))
    shadow = np.exp(-(((glass + 0.03) / 0.012) ** 2))
    towards = np.exp(-((x * x + y * y) / 0.55))
    facing_flame = 0.35 + 0.65 * smoothstep(0.5, -0.6, normal[0] * x + normal[1] * (y - 0.4))
    bent_x = canvas.column(canvas.x - normal[0] * 0.16)
    bent_y = canvas.row(canvas.y - normal[1] * 0.16)
    seen = sample(blur(picture, canvas.width / 500), bent_x, bent_y)
    through = seen * (0.9 - 0.55 * shadow)[..., None]
    rim = tint(wall * facing_flame * (0.18 + 1.5 * towards), mix(cream, orange, 0.35))
    streak = (
        np.exp(-(((b - 0.055) / 0.012) ** 2)) * (a < 0.1) * 0.4
        + np.exp(-((np.hypot(a - 0.52, b - 0.16) - 0.36) ** 2) / 0.0004)
        * smoothstep(0.4, -0.6, np.cos(np.arctan2(b - 0.16, a - 0.52) - 0.8) * -1)
        * 0.35
    )
    rim += tint(streak * (0.2 + towards), cream * 0.8)
    cool = np.exp(-(((glass + 0.012) / 0.006) ** 2)) * smoothstep(0.2, 1.3, np.hypot(x, y))
    rim += tint(cool * 0.16, rgb(0.5, 0.75, 1.0))
    picture = mix(picture, through + rim, inside)
    heat = np.sqrt(((a - 0.0) / 0.2) ** 2 + ((b - 0.0) / 0.17) ** 2) + wobble * 22
    hot = smoothstep(1.25, 0.0, heat) * inside
    sagging = 0.75 + 0.4 * smoothstep(0.06, 0.0, np.abs(glass + 0.03)) + 0.25 * wall
    picture += glowing(950 + 1500 * hot) * (hot**1.6 * 6.5 * sagging)[..., None]
    _sparks(canvas, picture, join)
    return develop(sheet, picture, exposure=1.05, contrast=0.25, grain=3.2, glow=0.45, threshold=0.8, vignette=0.35)


def _torch(canvas: Canvas, join: tuple[float, float]) -> Array:
    """The burner low on the right, its hard blue cones and the plume that licks past the glass."""
    x, y = canvas.x - join[0], canvas.y - join[1]
    aim = np.radians(-124)
    along = (x * np.cos(aim) + y * np.sin(aim) + 0.78).astype(np.float32)
    across = (y * np.cos(aim) - x * np.sin(aim)).astype(np.float32)
    texture = canvas.coarser(2)
    turbulence, licks = texture.fbm("plume", 5, 6, 0.6), texture.fbm("licks", 3, 5, 0.55)
    column = np.mod((across * 0.8 + 0.6) * texture.width * 0.5, texture.width - 2)
    row = np.mod((along * 0.22 + 0.3) * texture.height * 0.5, texture.height - 2)
    rough, swell = sample(turbulence, column, row), sample(licks, column * 0.5, row * 0.7)
    spread = 0.045 + 0.1 * np.maximum(along, 0) ** 1.1 + 0.22 * smoothstep(0.7, 1.7, along)
    sway = across + (0.05 * swell + 0.03 * rough) * smoothstep(0.35, 1.5, along)
    body = np.exp(-((sway / spread) ** 2) * 1.8)
    start = smoothstep(0.0, 0.05, along)
    fade = np.exp(-np.maximum(along - 0.65, 0) * 1.35)
    tongues = np.clip(
        0.62 + 0.4 * rough * smoothstep(0.3, 1.2, along) + 0.3 * swell * smoothstep(0.5, 1.4, along), 0, 2
    )
    plume = body * start * fade * tongues
    light = (
        glowing(1250 + 900 * np.clip(plume, 0, 1)) * (2.6 * plume**1.35 * smoothstep(0.2, 0.85, along))[..., None]
    )
    sheath = np.exp(-((across / (0.05 + 0.09 * np.maximum(along, 0))) ** 2)) * start * smoothstep(1.05, 0.35, along)
    light += tint(sheath * (0.9 + 0.15 * rough), (0.08, 0.2, 0.75))
    for offset in (-0.03, -0.01, 0.01, 0.03):
        cone = smoothstep(0.011, 0.0, np.abs(across - offset) + np.maximum(along, 0) * 0.024)
        light += tint(cone * start * smoothstep(0.5, 0.2, along), (0.9, 1.7, 3.4))
    nozzle = np.maximum(np.abs(across) - 0.075 - 0.02 * (along < -0.12), along)
    tip = coverage(nozzle, canvas.pixel * 2)[..., None]
    round_ = np.sqrt(np.clip(1 - (across / 0.095) ** 2, 0, 1))
    turned = 0.7 + 0.3 * np.sin(along * 160)
    metal = (0.02 + 0.13 * np.exp(-(((across - 0.03) / 0.02) ** 2)) + 0.3 * np.exp(along * 14)) * round_ * turned
    return light * (1 - tip) + tint(metal, (1.0, 0.62, 0.32)) * tip


def _glassblower(canvas: Canvas, join: tuple[float, float], palette: Array) -> Array:
    """Out of focus: a shoulder and a lowered face in firelight, and two pinkish lenses."""
    # A profile that faces left and looks down at the join; the chain runs from the crown round to the neck.
    outline = np.array(
        [
            (0.30, -0.62), (0.06, -0.64), (-0.14, -0.52), (-0.235, -0.3), (-0.25, -0.12), (-0.225, -0.06),
            (-0.29, 0.06), (-0.335, 0.15), (-0.26, 0.195), (-0.245, 0.25), (-0.275, 0.3), (-0.245, 0.335),
            (-0.265, 0.39), (-0.23, 0.44), (-0.245, 0.52), (-0.18, 0.6), (-0.05, 0.6), (0.07, 0.52),
            (0.11, 0.72), (-0.28, 1.02), (-0.62, 1.5), (-0.6, 2.2), (1.6, 2.2), (1.5, 1.15),
            (0.62, 0.78), (0.46, 0.5), (0.5, -0.2), (0.44, -0.5),
        ]
    )  # fmt: skip
    nod, size, middle = 0.36, 0.62, (0.56, -0.92)
    turned = outline @ np.array([[np.cos(nod), -np.sin(nod)], [np.sin(nod), np.cos(nod)]]) * size + middle
    turned[20:24] = [(0.12, 0.35), (0.2, 1.0), (1.2, 1.0), (1.2, -0.3)]
    plan = Image.new("L", (canvas.width, canvas.height))
    corners = zip(canvas.column(turned[:, 0]).tolist(), canvas.row(turned[:, 1]).tolist(), strict=True)
    ImageDraw.Draw(plan).polygon(list(corners), fill=255)
    mask = blur(np.asarray(plan, np.float32) / 255, canvas.width * 0.004)
    away = np.hypot(canvas.x - join[0], canvas.y - join[1])
    towards_x, towards_y = (join[0] - canvas.x) / away, (join[1] - canvas.y) / away
    light = np.zeros(canvas.shape, np.float32)
    for reach, weight in ((0.008, 0.7), (0.025, 0.9), (0.07, 0.9)):
        round_ = blur(mask, canvas.width * reach)
        dy, dx = np.gradient(round_)
        light += np.maximum(-(dx * towards_x + dy * towards_y), 0) * np.float32(weight * canvas.width * reach)
    light *= mask * 0.42 / (0.3 + away * away)
    cloth = smoothstep(-0.42, -0.3, canvas.y + 0.35 * (canvas.x - 0.5))
    tone = mix(rgb(1.5, 0.6, 0.24), rgb(0.35, 0.27, 0.3), cloth)
    picture = light[..., None] * tone
    x, y = (canvas.x - 0.345) * 1.25, canvas.y + 0.99
    lens = circle(x, y, 0.068)
    pink = rgb(1.0, 0.36, 0.46)
    glare = np.exp(-(((x + 0.02) / 0.022) ** 2 + ((y - 0.018) / 0.032) ** 2))
    rim = np.exp(-((lens / 0.008) ** 2)) * smoothstep(0.16, -0.1, x)
    arm = np.exp(-(((y + 0.25 * (x - 0.06)) / 0.007) ** 2)) * (x > 0.06) * (x < 0.4)
    picture += tint(coverage(lens, 0.012) * (0.1 + 1.3 * glare) + rim * 0.7 + arm * 0.06, pink)
    return blur(picture.astype(np.float32), canvas.width * 0.007) * (palette[2] * 0.4 + 0.6)


def _sparks(canvas: Canvas, picture: Array, join: tuple[float, float]) -> None:
    random = canvas.random("sparks")
    count, steps = 60, 220
    angle = random.normal(-2.1, 0.75, count)
    speed = random.gamma(3, 0.09, count)
    t = np.linspace(0.25, 1, steps)[:, None] * random.uniform(0.5, 1.8, count)
    x = join[0] + np.cos(angle) * speed * t + random.normal(0, 0.02, count)
    y = join[1] + np.sin(angle) * speed * t + 0.12 * t * t
    weight = random.gamma(1.4, 0.5, count)[None, :] * np.linspace(0.1, 1, steps)[:, None]
    trails = splat(canvas.shape, canvas.column(x), canvas.row(y), weight)
    picture += tint(blur(trails, 0.8) * 0.7, (1.0, 0.5, 0.16))


@motif("threads")
def threads(canvas: Canvas) -> Image.Image:
    """Through a curtain of warp threads, a hand draws one strand through a row of wire eyes."""
    sheet, canvas = canvas, canvas.coarser(1.5)
    cream, red, dark = canvas.palette
    small = canvas.coarser(3)
    picture = resize(_weaver(small, canvas.palette), canvas.shape)
    hand, over = _hand(small)
    rear = _curtain(canvas, "rear", 96, 0.3, 0.32)
    soft = canvas.width / 210
    colour, cover = blur(rear[0], soft), blur(rear[1], soft)
    picture = picture * (1 - 0.8 * cover)[..., None] + colour * cream * LAMP * 0.42
    picture = mix(picture, resize(hand, canvas.shape), resize(over, canvas.shape))
    picture = _strand(canvas, picture, red)
    middle = _curtain(canvas, "focus", EYES, 0.42, 0.25, eyes=True)
    picture = picture * (1 - middle[1])[..., None] + middle[0]
    picture = _wires(canvas, picture, EYES)
    front = _curtain(canvas, "front", 7, 0.3, 0.5)
    soft = canvas.width / 42
    picture = picture * (1 - 0.75 * blur(front[1], soft))[..., None] + blur(front[0], soft) * cream * LAMP * 0.7
    motes = canvas.empty()
    random = canvas.random("lint")
    places = np.stack([random.uniform(-1, 1, 60), random.uniform(-1.5, 1.5, 60)], axis=1)
    bokeh(canvas, motes, places, random.gamma(2, 0.004, 60) + 0.003, cream * random.uniform(0.03, 0.2, (60, 1)))
    return develop(
        sheet,
        picture + motes + dark * 0.06,
        exposure=1.3,
        contrast=0.35,
        grain=3.0,
        glow=0.16,
        threshold=0.8,
        vignette=0.5,
    )


def _across(canvas: Canvas, count: int, name: str, jitter: float) -> tuple[Array, Array, Array]:
    """For every pixel the nearest of `count` upright threads, how far aside in spacings, and x in spacings."""
    table = canvas.random(name).uniform(-1, 1, 512).astype(np.float32) * np.float32(jitter)
    lean = canvas.x * (1 - 0.035 * canvas.y)
    place = (lean + 1.2) * np.float32(count / 2.4)
    number = np.floor(place).astype(np.int32) & 511
    return number, place - np.floor(place) - 0.5 - table[number], place


def _curtain(
    canvas: Canvas, name: str, count: int, width: float, jitter: float, eyes: bool = False
) -> tuple[Array, Array]:
    """Threads lit from the left: light already multiplied by coverage, and coverage."""
    number, side, _ = _across(canvas, count, name, jitter if not eyes else 0.12)
    table = canvas.random(name + " tones").uniform(0, 1, (512, 3)).astype(np.float32)
    tone, phase, thick = (table[:, i][number] for i in range(3))
    y = canvas.y
    reach = width * 0.5 * (0.75 + 0.5 * thick)
    fuzz = 1 + 0.1 * wave(y * 190 + phase * 60) * wave(y * 57 + phase * 90)
    v = side / (reach * fuzz)
    pixel = canvas.pixel * count / 2.4
    cover = np.clip((1 - np.abs(v)) * reach / pixel + 0.5, 0, 1)
    round_ = np.sqrt(np.clip(1 - v * v, 0, 1))
    lit = np.clip(-0.85 * v + 0.38 * round_, 0.0, 1) ** 1.2
    ply = wave(y * (count * 3.2) + v * 2.6 + phase * 40)
    lit = lit * (0.72 + 0.4 * ply * round_) + 0.03
    lamp = 0.35 + 0.85 * np.exp(-((canvas.x + 0.75) ** 2) / 0.9 - ((y + 0.25) ** 2) / 1.7)
    light = lit * lamp * (0.65 + 0.6 * tone) * cover * 1.5
    if not eyes:
        return light[..., None] * np.float32(1), cover
    colour = mix(canvas.palette[0], canvas.palette[0] * rgb(1.0, 0.86, 0.66), tone)
    return light[..., None] * colour * LAMP * np.float32(1.5), cover


def _wires(canvas: Canvas, picture: Array, count: int) -> Array:
    """Heddles: an eye for each thread, with twisted wire above and below."""
    number, side, _ = _across(canvas, count, "focus", 0.12)
    level = 0.12 + 0.025 * wave(number * 1.9) + 0.05 * (number % 2)
    unit_ = 2.4 / count
    x, y = side * unit_, canvas.y - level
    stretched = np.hypot(x, y * 0.3) - 0.0175
    ring = np.abs(stretched) - 0.0038
    twist = np.abs(np.abs(x + 0.0026 * wave(y * 95 + number)) - 0.0024) - 0.0026
    stem = np.where(np.abs(y) > 0.06, twist, 9)
    wire = np.minimum(ring, stem)
    cover = coverage(wire, canvas.pixel * 1.3)
    glint = 0.1 + 0.55 * np.clip(wave(y * 95 + number + 0.8), 0, 1) * (np.abs(y) > 0.05)
    glint = glint + np.exp(-(((x + 0.012) / 0.005) ** 2)) * 1.5 * (np.abs(y) < 0.05)
    lamp = 0.3 + 0.9 * np.exp(-((canvas.x + 0.75) ** 2) / 0.9)
    steel = tint(glint * lamp, (1.1, 0.98, 0.85))
    shadow = 1 - 0.5 * coverage(wire - 0.006, 0.014) * (np.abs(y) < 0.9)
    within = (np.abs(y) < 0.95).astype(np.float32)
    bars = np.abs(np.abs(canvas.y - 0.12) - 0.98) - 0.035
    bar_light = (
        0.05
        + 0.4 * np.exp(-(((canvas.y - 0.12 + 0.99) / 0.014) ** 2))
        + 0.3 * np.exp(-(((canvas.y - 0.12 - 0.965) / 0.014) ** 2))
    )
    result = mix(picture * shadow[..., None], steel, cover * within)
    bar = tint(np.broadcast_to(bar_light, canvas.shape) * lamp, (0.8, 0.72, 0.6))
    return mix(result, bar, np.broadcast_to(coverage(bars, canvas.pixel * 2), canvas.shape))


def _strand(canvas: Canvas, picture: Array, red: Array) -> Array:
    """The one strand on the move: red, drawn in a curve from the hook to its eye and away behind."""
    t = np.linspace(0, 1, 240)[:, None]
    points = [np.array(p) for p in ((0.62, 0.42), (0.38, 0.18), (0.2, 0.16), (0.02, 0.17))]
    curve = (
        (1 - t) ** 3 * points[0]
        + 3 * t * (1 - t) ** 2 * points[1]
        + 3 * t * t * (1 - t) * points[2]
        + t**3 * points[3]
    )
    fall = np.stack([0.02 - 0.12 * t[:, 0] ** 2, 0.17 - 1.9 * t[:, 0]], axis=1)
    tail = np.stack([0.62 + 0.5 * t[:, 0], 0.42 + 0.25 * np.sin(t[:, 0] * 2.2)], axis=1)
    path = np.concatenate([tail[::-1], curve, fall]).astype(np.float32)
    thick = canvas.strokes([path], 0.02)
    core = canvas.strokes([path + np.array([-0.003, -0.003], np.float32)], 0.008)
    ply = 0.75 + 0.25 * wave((canvas.x * 0.8 + canvas.y) * 330)
    shade = tint((0.35 + 0.9 * core) * ply, red * 1.9 + rgb(0.05, 0.02, 0.015))
    under = np.roll(blur(thick, canvas.width / 130), canvas.width // 90, axis=1)
    picture = mix(picture * (1 - 0.6 * under)[..., None], shade, thick)
    hook = np.concatenate(
        [
            np.stack([np.linspace(1.05, 0.1, 60), np.linspace(0.62, 0.215, 60)], axis=1),
            np.stack(
                [
                    0.085 + 0.022 * np.cos(np.linspace(1.2, 4.6, 30)),
                    0.19 + 0.024 * np.sin(np.linspace(1.2, 4.6, 30)),
                ],
                axis=1,
            ),
        ]
    ).astype(np.float32)
    steel = canvas.strokes([hook], 0.016)
    shine = canvas.strokes([hook + np.array([-0.001, -0.004], np.float32)], 0.005)
    return mix(picture, tint(0.07 + 0.95 * shine, (1.0, 0.96, 0.88)), steel)


def _weaver(canvas: Canvas, palette: Array) -> Array:
    """What is behind the curtain, out of focus: a dark room, a lit shoulder, and the hand with the hook."""
    _, red, dark = palette
    x, y = canvas.x, canvas.y
    ground = tint(0.35 + 0.9 * np.exp(-((x + 0.6) ** 2 + (y + 0.5) ** 2)), dark * 1.2 + red * 0.05)
    shoulder = union(
        segment(x, y, (0.75, 1.25), (0.3, 0.35 + 0.9)) - 0.42,
        segment(x, y, (0.55, -0.95), (0.5, -0.75)) - 0.26,
        0.2,
    )
    face = union(circle((x - 0.5) * 1.15, y + 0.92, 0.27), segment(x, y, (0.5, -0.7), (0.55, -0.2)) - 0.13, 0.12)
    torso = union(segment(x, y, (0.25, 0.25), (0.95, 0.15)) - 0.36, shoulder, 0.1)
    hair = np.minimum(circle(x - 0.58, y + 1.04, 0.32), segment(x, y, (0.78, -0.9), (0.82, -0.45)) - 0.15)

    def lit(shape: Array) -> Array:
        nx, _, nz = normals(np.sqrt(np.clip(-shape, 0, 0.3) * 0.8), canvas.pixel)
        return np.clip(-nx * 0.9 + 0.18 * nz, 0, 1)

    picture = mix(ground, tint(lit(torso) * 0.5 + 0.02, red * 0.6 + dark * 0.6), coverage(torso, 0.03))
    picture = mix(picture, tint(lit(hair) * 0.25 + 0.015, red * 0.5 + dark), coverage(hair, 0.03))
    picture = mix(
        picture,
        tint(lit(face) * 0.75 + 0.05, (1.0, 0.66, 0.47)),
        coverage(np.maximum(face, -(hair + 0.12)), 0.03),
    )
    return blur(picture.astype(np.float32), canvas.width * 0.022)


def _hand(canvas: Canvas) -> tuple[Array, Array]:
    """The hand that holds the hook, just behind the threads, and its coverage."""
    pose: dict[str, Any] = {
        "curl": (0.75, 0.95, 1.05, 1.1),
        "spread": 0.05,
        "thumb": (0.45, 0.75),
        "sleeve": (0.8, -0.55, 0.0),
    }
    hand = Hand((1.1, -1.0, 0.0), (-0.84, 0.54, 0.1), (0.3, 0.55, -0.75), size=0.5, **pose)

    def shade(hits: Hits) -> Array:
        ruffled = crease(hits, 0.3, 0.07)
        light = 0.05 + 0.95 * facing(ruffled, (-0.9, 0.35, 0.35)) + 0.1 * facing(ruffled, (0, 0, 1))
        warm = 1 - np.clip(-(hits.ray * hits.normal).sum(axis=0), 0, 1)
        skin = mix(rgb(0.85, 0.5, 0.34), rgb(0.95, 0.36, 0.2), warm[:, None] ** 2)
        return skin * light[:, None]

    camera = Camera((0, 0, 8), (0, 0, 0), 0.125)
    result, depth = render(canvas, camera, hand.distance, shade, canvas.empty(), near=5, far=11, steps=32)
    cover = blur((depth < 11).astype(np.float32), canvas.width / 300)
    return blur(result, canvas.width / 300) / np.maximum(cover, 0.05)[..., None], cover
