"""Moths on egg boxes by torchlight."""

from math import cos, pi, sin

import numpy as np
from PIL import Image

from .canvas import (
    Array,
    Canvas,
    blur,
    coverage,
    develop,
    linear,
    mix,
    normals,
    resize,
    sample,
    smoothstep,
    splat,
    tint,
)
from .registry import motif


@motif("moths")
def moths(canvas: Canvas) -> Image.Image:
    """Moths at rest on egg boxes, a torch low behind them, and night all round."""
    sheet = canvas
    # Grey pulp in the shape of an egg tray, seen at a slant: cups fall away between soft pillars.
    slant = 0.72
    turn = 0.16
    u = (sheet.x * cos(turn) + sheet.y / slant * sin(turn)) * 3.7
    v = (sheet.y / slant * cos(turn) - sheet.x * sin(turn)) * 3.7 + 0.35
    bend = resize(sheet.coarser(8).fbm("bend", 2, 3), sheet.shape)
    u, v = u + 0.05 * bend, v + 0.05 * bend
    a, b = np.cos(u * pi), np.cos(v * pi)
    pillar = np.clip((a + b) * 0.5, -1, 1)
    shape = np.sign(pillar) * np.abs(pillar) ** 0.72
    dent = np.exp(-((a - 1) ** 2 + (b - 1) ** 2) / 0.012) * 0.25
    pulp = sheet.fbm("pulp", 70, 4, 0.62)
    fibres = sheet.fbm("fibres", 220, 2, 0.7, ridged=True)
    height = 0.105 * (shape - dent) + 0.0016 * pulp + 0.0007 * fibres
    low = sheet.coarser(3)
    field = resize(height, low.shape)
    # The torch lies beyond the top right corner of the tray: raking light and long shadows.
    tx, ty, tz = 0.50, -1.15, 0.72
    lx, ly = tx - low.x, ty - low.y
    reach = np.sqrt(lx * lx + ly * ly)
    shade = np.zeros(low.shape, np.float32)
    rows = np.arange(low.height, dtype=np.float32)[:, None]
    columns = np.arange(low.width, dtype=np.float32)[None, :]
    slope = (tz - field) / (reach + 0.05)
    for step in range(1, 13):
        ahead = 0.028 * step
        c = np.clip(columns + lx / reach * (ahead / low.pixel), 0, low.width - 1).astype(np.int32)
        r = np.clip(rows + ly / reach * (ahead / low.pixel), 0, low.height - 1).astype(np.int32)
        shade = np.maximum(shade, field[r, c] - field - slope * ahead)
    lit = resize(1 - smoothstep(0.0, 0.022, shade), sheet.shape)
    nx, ny, nz = normals(height, sheet.pixel)
    gx, gy = tx - sheet.x, ty - sheet.y
    far = np.sqrt(gx * gx + gy * gy + tz * tz)
    facing = np.maximum((nx * gx + ny * gy + nz * tz) / far, 0)
    pool = np.exp(-((((sheet.x - 0.06) / 1.0) ** 2 + ((sheet.y + 0.04) / 0.80) ** 2) ** 1.25)) / (
        0.55 + far * far * 0.42
    )
    open_ = 0.35 + 0.65 * smoothstep(-1.0, 0.6, shape)
    light = pool * (facing * (0.22 + 0.78 * lit) * 1.35 + 0.20 * open_)
    warm = mix(sheet.palette[1], linear("#ffe6c4"), 0.8)
    card = linear("#a3a5a6") * 0.9
    stain = 1 + 0.10 * bend + 0.06 * pulp
    picture = tint(light * stain, card * warm)
    random = sheet.random("moths")
    places: list[tuple[float, float]] = []
    tries = 0
    while len(places) < 27 and tries < 4000:
        tries += 1
        x, y = float(random.normal(0.05, 0.50)), float(random.normal(-0.02, 0.36))
        if abs(x) < 1.35 and abs(y) < 0.88 and all((x - p) ** 2 + (y - q) ** 2 > 0.185**2 for p, q in places):
            places.append((x, y))
    for x, y in places:
        _moth(sheet, picture, random, x, y, light, height, (tx, ty, tz), warm)
    half = sheet.coarser(2)
    small = resize(picture, half.shape)
    soft = resize(blur(small, half.width * 0.0032), sheet.shape)
    away = np.clip(np.abs(sheet.y + 0.05) * 1.55 - 0.55, 0, 1) + 0 * sheet.x
    picture = mix(picture, soft, away)
    dust = sheet.random("scales")
    specks = splat(
        sheet.shape,
        dust.uniform(0, sheet.width, 900),
        dust.uniform(0, sheet.height, 900),
        dust.random(900) ** 3 * 1.2,
    )
    picture += tint(specks * pool, warm)
    return develop(canvas, picture, exposure=1.75, contrast=0.3, vignette=0.55, grain=3.4, glow=0.10, threshold=0.9)


def _moth(
    canvas: Canvas,
    picture: Array,
    random: np.random.Generator,
    x: float,
    y: float,
    light: Array,
    height: Array,
    torch: tuple[float, float, float],
    warm: Array,
) -> None:
    """One moth at rest, wings folded like a roof, painted with its shadow into `picture`."""
    size = random.uniform(0.095, 0.165)
    turn = random.uniform(-pi, pi)
    green = random.random() < 0.36
    family = int(random.integers(0, 3))
    tile = canvas.coarser(max(1.0, canvas.width / 320)).fbm(f"wing-{int(random.integers(0, 8))}", 9, 5, 0.6)
    rows, columns = canvas.patch(x, y, size * 1.7)
    if rows.stop - rows.start < 8 or columns.stop - columns.start < 8:
        return
    dx, dy = canvas.x[:, columns] - x, canvas.y[rows] - y
    px, py = (dx * cos(turn) + dy * sin(turn)) / size, (dy * cos(turn) - dx * sin(turn)) / size
    side = np.abs(px)
    grain = sample(tile, (side * 0.42 + 0.06) * tile.shape[1], (py * 0.3 + 0.45) * tile.shape[0])
    spread = (0.62, 0.86, 1.15)[family]
    # Head at -y. Forewing: a blunt triangle from the shoulder to the wing tip; its hind edge is scalloped.
    t = np.clip((py + 0.62) / 1.42, 0, 1)
    lead = spread * (0.22 + 0.78 * t**0.75) * (1 - 0.10 * smoothstep(0.8, 1.0, t))
    hind = 0.80 - 0.30 * (1 - side / spread) ** 2 * (family == 2) + 0.12 * side - 0.025 * np.cos(side / spread * 26)
    wing = np.maximum(np.maximum(side - lead, py - hind), -0.66 - py + 0.9 * side)
    cover = coverage(wing * size, canvas.pixel * 1.6)
    # Markings: cross lines that follow the wing's edge, a kidney mark, a pale fringe.
    along = t + 0.16 * side / spread + 0.018 * grain
    lines = np.zeros_like(along)
    for place, strength in ((0.30, 0.5), (0.62, 0.6), (0.80, 0.42)):
        wave = along - place - 0.016 * np.sin(side * 30)
        lines += strength * (np.exp(-((wave / 0.014) ** 2)) - 0.55 * np.exp(-(((wave - 0.032) / 0.016) ** 2)))
    kidney = np.exp(-(((side - 0.40 * spread) / 0.075) ** 2 + ((t - 0.52) / 0.05) ** 2))
    band = smoothstep(0.34, 0.40, along) * smoothstep(0.62, 0.56, along)
    veins = np.exp(-((np.sin(np.arctan2(side, py + 0.75) * 17) / 0.20) ** 2)) * 0.16
    fringe = np.exp(-((np.minimum(0, wing) / 0.035) ** 2)) * (np.sin(side * 60) > -0.2)
    tone = (
        0.60
        + 0.13 * grain
        - 0.24 * band * random.uniform(-0.6, 1.2)
        - 0.75 * lines
        + 0.40 * kidney
        - veins
        - 0.12 * fringe
    )
    scales = random.standard_normal(px.shape, np.float32)
    tone = np.clip(tone + 0.05 * scales, 0.05, 1.2)
    if green:
        dark, pale = linear("#2c3524"), linear("#a3ac8c")
    else:
        dark = linear(("#241c15", "#332a22", "#3d2c1e")[family])
        pale = linear(("#8f8272", "#bdb5a6", "#ab977c")[family])
    colour = mix(dark, pale, tone)
    # Form: a low roof of two wings, a furred body between them.
    roof = 0.26 - 0.24 * (side / spread) ** 1.2 - 0.07 * t
    body = np.sqrt(np.maximum(1 - (px / 0.135) ** 2, 0)) * smoothstep(-0.86, -0.62, py) * smoothstep(0.62, 0.1, py)
    thorax = np.sqrt(np.maximum(1 - (px / 0.23) ** 2 - ((py + 0.46) / 0.30) ** 2, 0))
    form = np.maximum(np.where(wing < 0, roof, 0), np.maximum(0.30 * body, 0.40 * thorax)) * size
    furry = np.maximum(thorax > 0.05, body > 0.4)
    fur = np.sin(px * 90 + scales * 1.5) * np.sin(py * 40 + scales)
    colour = np.where(
        furry[..., None], mix(dark * 1.3, pale, np.clip(0.45 + 0.25 * fur + 0.10 * scales, 0, 1)), colour
    )
    cover = np.maximum(
        cover, coverage((np.minimum(0.26 - thorax, 0.5 - body) - 0.24) * size * 0.5, canvas.pixel * 2)
    )
    nx, ny, nz = normals(height[rows, columns] * 0.35 + form + 0.0006 * scales * size, canvas.pixel)
    gx, gy = torch[0] - canvas.x[:, columns], torch[1] - canvas.y[rows]
    far = np.sqrt(gx * gx + gy * gy + torch[2] ** 2)
    facing = np.maximum((nx * gx + ny * gy + nz * torch[2]) / far, 0)
    base = blur(light[rows, columns], max(1.0, size * 0.5 / canvas.pixel))
    level = base * (0.35 + 1.25 * facing)
    # Thin wings let the torch through at their far edge.
    through = (
        np.exp(np.minimum(wing, 0) / np.float32(0.10)) * np.clip(-(nx * gx + ny * gy) / far + 0.25, 0, 1) * base
    )
    away_x, away_y = -gx / far, -gy / far
    shift = size * 0.30
    sx, sy = dx - away_x * shift, dy - away_y * shift
    qx, qy = (sx * cos(turn) + sy * sin(turn)) / size, (sy * cos(turn) - sx * sin(turn)) / size
    qt = np.clip((qy + 0.62) / 1.42, 0, 1)
    cast = np.maximum(
        np.maximum(np.abs(qx) - spread * (0.22 + 0.78 * qt**0.75), qy - 0.82), -0.66 - qy + 0.9 * np.abs(qx)
    )
    shadow = smoothstep(0.10, -0.12, cast)
    legs = np.zeros_like(px)
    for sign in (-1, 1):
        feeler = np.abs(sign * px - 0.05 - 0.5 * np.maximum(-0.68 - py, 0) ** 0.85)
        legs = np.maximum(
            legs,
            smoothstep(0.022, 0.006, feeler) * smoothstep(-1.28, -1.22, py) * smoothstep(-0.66, -0.70, py),
        )
    target = picture[rows, columns]
    target *= 1 - 0.72 * shadow[..., None]
    target += (dark * warm * base[..., None] * 0.7 - target) * (legs * 0.85)[..., None]
    lit = colour * warm * level[..., None] * 1.15 + pale * warm * (through * 0.35)[..., None]
    target += (lit - target) * cover[..., None]
