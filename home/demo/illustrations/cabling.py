"""A cabinet of network sockets and the cables combed down its side."""

import numpy as np
from PIL import Image

from .canvas import Array, Canvas, blur, box, circle, coverage, develop, mix, rgb, smoothstep, tint
from .registry import motif
from .solid import wave

ROWS = 8
PORTS = 18


@motif("cables")
def cables(canvas: Canvas) -> Image.Image:
    """Rows of sockets, each with its cable swept left and down with its neighbours."""
    sheet, canvas = canvas, canvas.coarser(1.5)
    _, blue, yellow = canvas.palette
    green = rgb(0.03, 0.38, 0.1)
    random = canvas.random("cabling")
    tall = canvas.half_height
    levels = np.linspace(-tall + 0.2, tall - 0.26, ROWS)
    columns = np.linspace(-0.3, 0.93, PORTS)
    picture = _cabinet(canvas, levels, columns)
    service = np.stack([blue * 1.05, green, yellow * 0.95])
    # Cables of low rows lie over those of high ones where they hang together at the side.
    for row, level in enumerate(levels):
        used = random.random(PORTS) < 0.95
        choice = np.repeat(random.choice(3, 6, p=[0.5, 0.22, 0.28]), 3)
        shade = canvas.empty()
        cover = np.zeros(canvas.shape, np.float32)
        for port in range(PORTS):
            if not used[port]:
                continue
            lane = -0.98 + 0.034 * port + 0.007 * row + random.normal(0, 0.003)
            curve = _run(columns[port], level, lane, tall, port, random)
            tone = service[choice[port]] * random.uniform(0.85, 1.12)
            _paint(canvas, shade, cover, curve, 0.0155, tone)
        soft = blur(cover, canvas.width * 0.009)
        cast = np.roll(soft, (int(0.022 / canvas.pixel), int(0.012 / canvas.pixel)), axis=(0, 1))
        picture = mix(picture * (1 - 0.62 * cast)[..., None], shade, np.clip(cover, 0, 1))
        _plugs(canvas, picture, columns[used], level, service[choice[used]])
    x, y = canvas.x, canvas.y
    strip = 0.36 + 0.9 * np.exp(-((y + tall * 0.75) ** 2) / 1.6 - ((x - 0.1) ** 2) / 2.2)
    picture = picture * strip[..., None]
    _lamps(canvas, picture, levels, columns)
    away = np.clip(np.hypot(x - 0.05, (y + 0.1) * 0.8) - 0.62, 0, 1)[..., None]
    picture = mix(picture, blur(picture, canvas.width / 330), away)
    return develop(sheet, picture, exposure=1.25, contrast=0.35, grain=3.0, glow=0.18, threshold=0.85, vignette=0.4)


def _run(x: float, level: float, lane: float, tall: float, port: int, random: np.random.Generator) -> Array:
    """From a socket out, left along its row, and round into a lane that falls out of the picture."""
    sag = 0.05 + 0.006 * (PORTS - port) + random.normal(0, 0.002)
    turn = 0.16 + 0.012 * port
    t = np.linspace(0, 1, 60)[:, None]

    def bezier(*points: tuple[float, float]) -> Array:
        a, b, c, d = (np.array(p) for p in points)
        return (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t * t * (1 - t) * c + t**3 * d

    low = level + sag + 0.035
    out = bezier((x, level + 0.03), (x, low + 0.03), (x - 0.03, low + 0.012), (x - 0.11, low))
    along = bezier(
        (x - 0.11, low),
        (x - 0.3 - 0.1 * (x + 0.3), low - 0.01),
        (lane + turn + 0.12, low - 0.01),
        (lane + turn, low + 0.01),
    )
    corner = bezier(
        (lane + turn, low + 0.01), (lane + 0.03, low + 0.03), (lane, low + 0.08), (lane, low + turn + 0.12)
    )
    wander = random.normal(0, 0.006)
    fall = bezier(
        (lane, low + turn + 0.12),
        (lane, low + turn + 0.4),
        (lane + wander, tall * 0.6),
        (lane + wander, tall + 0.1),
    )
    return np.concatenate([out, along[1:], corner[1:], fall[1:]]).astype(np.float32)


def _paint(canvas: Canvas, shade: Array, cover: Array, curve: Array, radius: float, colour: Array) -> None:
    """Lay one round cable over what is there, lit from above, with a soft shine and printed marks."""
    steps = np.hypot(*np.diff(curve, axis=0).T)
    distance = np.concatenate([[0], np.cumsum(steps)])
    length = np.arange(0, distance[-1], canvas.pixel * 0.72)
    x, y = np.interp(length, distance, curve[:, 0]), np.interp(length, distance, curve[:, 1])
    tx, ty = np.gradient(x), np.gradient(y)
    norm = np.hypot(tx, ty) + 1e-9
    nx, ny = (-ty / norm).astype(np.float32), (tx / norm).astype(np.float32)
    v = np.arange(-1, 1.001, canvas.pixel * 0.7 / radius).astype(np.float32)
    column = canvas.column(x[:, None] + nx[:, None] * v * radius).astype(np.int32)
    row = canvas.row(y[:, None] + ny[:, None] * v * radius).astype(np.int32)
    depth = np.sqrt(np.maximum(1 - v * v, 0))
    # The normal across the cable is (nx v, ny v, depth); the lamp is up, a little left and in front.
    facing = nx[:, None] * v * np.float32(-0.25) + ny[:, None] * v * np.float32(-0.75) + depth * np.float32(0.55)
    lit = 0.08 + 0.8 * np.maximum(facing, 0)
    shine = np.maximum(facing - 0.8, 0) * 5
    edge = 0.25 + 0.75 * smoothstep(0.0, 0.55, depth)
    marks = 1 - 0.45 * ((np.mod(length, 0.5) < 0.12) & (np.mod(length * 61, 1) < 0.55))[:, None] * (
        np.abs(v - 0.25) < 0.2
    )
    strength = (lit * edge * marks).astype(np.float32)
    inside = (column >= 0) & (column < canvas.width) & (row >= 0) & (row < canvas.height)
    index = (row * canvas.width + column)[inside]
    light = strength[inside][:, None] * colour + (shine * shine * 0.16 * edge)[inside][:, None]
    shade.reshape(-1, 3)[index] = light
    cover.reshape(-1)[index] = 1


def _cabinet(canvas: Canvas, levels: Array, columns: Array) -> Array:
    """Brushed panels between rails, black gaps, sockets with gold contacts, and a label over each."""
    x, y = canvas.x, canvas.y
    dark = canvas.palette[0]
    brushed = canvas.fbm("brushed", 90, 3)
    picture = canvas.empty() + dark * 0.5
    step = columns[1] - columns[0]
    for level in levels:
        rows, _ = canvas.patch(0, float(level), 1, 0.16)
        band = picture[rows]
        by, bn = y[rows] - level, brushed[rows]
        plate = box(x - 0.32, by + 0.01, 0.74, 0.118, 0.012)
        metal = (
            0.055 + 0.012 * bn + 0.04 * smoothstep(0.1, -0.1, by) + 0.25 * np.exp(-(((by + 0.124) / 0.004) ** 2))
        )
        band[...] = mix(band, tint(metal, dark * 3 + 0.55), coverage(plate, canvas.pixel * 1.5))
        px = x - columns[0] + step / 2
        local = px - np.floor(px / step) * step - step / 2
        within = (x > columns[0] - step / 2) & (x < columns[-1] + step / 2)
        socket = np.where(within, box(local, by - 0.012, 0.024, 0.027, 0.004), 9)
        pins = np.abs(wave(local * 900)) * (by < 0.0) * 0.25 + 0.01
        band[...] = mix(band, tint(pins, (0.9, 0.62, 0.2)), coverage(socket, canvas.pixel))
        label = np.where(within, box(local, by + 0.066, 0.025, 0.017, 0.003), 9)
        scribble = smoothstep(0.3, 0.7, wave(local * 700 + 3 * wave(np.floor(px / step) * 3.1 + local * 260))) * (
            np.abs(by + 0.066) < 0.007
        )
        band[...] = mix(band, tint(0.62 - 0.5 * scribble, (1.0, 1.0, 0.96)), coverage(label, canvas.pixel))
    for rail in (-0.47, 1.06):
        column = np.abs(x - rail) - 0.04
        holes = box(np.broadcast_to(x - rail, canvas.shape), np.mod(y, 0.086) - 0.043, 0.014, 0.014, 0.003)
        steel = tint(0.13 + 0.02 * brushed + 0.1 * np.exp(-(((x - rail + 0.035) / 0.004) ** 2)), (0.85, 0.9, 1.0))
        steel = mix(steel, 0.004, coverage(holes, canvas.pixel))
        picture = mix(picture, steel, np.broadcast_to(coverage(column, canvas.pixel * 1.5), canvas.shape))
    return picture


def _plugs(canvas: Canvas, picture: Array, columns: Array, level: float, colours: Array) -> None:
    """Clear plugs with coloured boots, pushed home."""
    for cx, colour in zip(columns, colours, strict=True):
        rows, cols = canvas.patch(cx, level + 0.035, 0.034, 0.066)
        x, y = canvas.x[:, cols] - cx, canvas.y[rows] - level
        part = picture[rows, cols]
        plug = box(x, y - 0.006, 0.019, 0.024, 0.004)
        clear = 0.16 + 0.3 * np.exp(-(((x + 0.011) / 0.004) ** 2)) + 0.12 * np.abs(wave(x * 900))
        part[...] = mix(
            part,
            tint(np.broadcast_to(clear, plug.shape), (0.9, 0.97, 1.0)),
            coverage(plug, canvas.pixel) * 0.85,
        )
        taper = 0.0195 - 0.08 * np.clip(y - 0.03, 0, 0.06)
        boot = np.maximum(np.abs(x) - taper, np.abs(y - 0.058) - 0.034)
        round_ = np.sqrt(np.clip(1 - (x / 0.02) ** 2, 0, 1))
        ribs = 0.8 + 0.2 * wave(y * 640)
        light = (0.1 + 0.75 * np.clip(round_ * 0.8 - x * 14, 0, 1)) * ribs
        part[...] = mix(
            part,
            tint(light, colour) + (np.exp(-(((x + 0.008) / 0.003) ** 2)) * 0.1)[..., None],
            coverage(boot, canvas.pixel),
        )


def _lamps(canvas: Canvas, picture: Array, levels: Array, columns: Array) -> None:
    random = canvas.random("lamps")
    for level in levels:
        for cx in columns:
            if random.random() < 0.35:
                continue
            rows, cols = canvas.patch(cx + 0.017, level - 0.036, 0.045)
            if rows.start >= rows.stop or cols.start >= cols.stop:
                continue
            away = circle(canvas.x[:, cols] - cx - 0.017, canvas.y[rows] - level + 0.036, 0.0)
            tone = np.array([0.25, 1.0, 0.4] if random.random() < 0.8 else [1.0, 0.6, 0.12], np.float32)
            picture[rows, cols] += tint(np.exp(-((away / 0.005) ** 2)) * 2.4 + np.exp(-away / 0.009) * 0.25, tone)
