"""Small made things on a bench: a circuit board beside a coin."""

from math import cos, pi, sin

import numpy as np
from PIL import Image, ImageDraw

from .canvas import (
    Array,
    Canvas,
    blur,
    develop,
    linear,
    mix,
    normals,
    resize,
    smoothstep,
    splat,
)
from .registry import motif
from .room import Room, Surface, mirror
from .solid import Camera

BENCH, MASK, EDGE, CHIP, METAL, TIN, CERAMIC, RESISTOR, PLASTIC, GOLD, COIN, RIM = range(1, 13)
LONG, WIDE = 4.70, 2.10  # cm: twice the width of the coin
COIN_RADIUS = 1.17


def _artwork(canvas: Canvas, scale: int = 340) -> tuple[Array, Array, Array]:
    """Copper, silk screen and bare pads of the board, each (rows, columns) 0..1 at `scale` px to the cm."""
    random = canvas.random("traces")
    width, height = round(LONG * scale), round(WIDE * scale)
    copper, silk, pads = (Image.new("L", (width, height)) for _ in range(3))
    pen, ink, tin = ImageDraw.Draw(copper), ImageDraw.Draw(silk), ImageDraw.Draw(pads)

    def px(x: float, y: float) -> tuple[float, float]:
        return x * scale, y * scale

    for _ in range(15):
        x, y = random.uniform(0.5, LONG - 0.5), random.uniform(0.2, WIDE - 0.2)
        turn = int(random.integers(0, 8))
        lines = int(random.integers(1, 7))
        path = [(0.0, 0.0)]
        for _ in range(int(random.integers(2, 5))):
            step = random.uniform(0.2, 0.85)
            path.append((path[-1][0] + step * cos(turn * pi / 4), path[-1][1] + step * sin(turn * pi / 4)))
            turn += int(random.choice([-1, 1]))
        for k in range(lines):
            off = k * 0.052
            points = [px(x + a + off * 0.4, y + b + off) for a, b in path]
            pen.line(points, fill=255, width=round(0.024 * scale), joint="curve")
            for end in (points[0], points[-1]):
                r = 0.026 * scale
                pen.ellipse((end[0] - r, end[1] - r, end[0] + r, end[1] + r), fill=255)
                if random.random() < 0.6:
                    tin.ellipse(
                        (end[0] - r * 0.55, end[1] - r * 0.55, end[0] + r * 0.55, end[1] + r * 0.55), fill=150
                    )
    for _ in range(170):
        cx, cy = px(random.uniform(0.1, LONG - 0.1), random.uniform(0.1, WIDE - 0.1))
        r = 0.020 * scale
        pen.ellipse((cx - r, cy - r, cx + r, cy + r), fill=230)
        tin.ellipse((cx - r * 0.5, cy - r * 0.5, cx + r * 0.5, cy + r * 0.5), fill=90)
    for i in range(9):
        x = 0.55 + i * 0.254
        cx, cy = px(x, WIDE - 0.16)
        r = 0.075 * scale
        tin.ellipse((cx - r, cy - r, cx + r, cy + r), fill=255)
        tin.ellipse((cx - r * 0.52, cy - r * 0.52, cx + r * 0.52, cy + r * 0.52), fill=20)
    for cx, cy in (px(0.2, 0.2), px(LONG - 0.2, 0.2), px(0.2, WIDE - 0.2), px(LONG - 0.2, WIDE - 0.2)):
        for r, level in ((0.15, 255), (0.085, 10)):
            tin.ellipse((cx - r * scale, cy - r * scale, cx + r * scale, cy + r * scale), fill=level)
    thick = max(1, round(0.016 * scale))
    for x, y, w, h in PARTS_OUTLINES:
        ink.rectangle(
            (*px(x - w / 2 - 0.05, y - h / 2 - 0.05), *px(x + w / 2 + 0.05, y + h / 2 + 0.05)),
            outline=210,
            width=thick,
        )
    for _ in range(30):
        x, y = random.uniform(0.3, LONG - 0.4), random.uniform(0.15, WIDE - 0.2)
        for k in range(int(random.integers(2, 4))):
            a, b = px(x + k * 0.062, y)
            for _ in range(3):
                p = [(a + random.uniform(0, 0.042) * scale, b + random.uniform(0, 0.07) * scale) for _ in range(2)]
                ink.line(p, fill=215, width=max(1, round(0.010 * scale)))
    # A bat, for whoever turns the board over in their hands.
    bat = [
        (0, 0.02),
        (0.07, -0.05),
        (0.30, -0.13),
        (0.52, -0.02),
        (0.40, 0.0),
        (0.30, 0.10),
        (0.18, 0.05),
        (0.06, 0.15),
        (0, 0.10),
    ]
    outline = [px(1.10 + a * 0.55, 0.36 + b * 0.6) for a, b in bat] + [
        px(1.10 - a * 0.55, 0.36 + b * 0.6) for a, b in reversed(bat)
    ]
    ink.polygon(outline, fill=225)
    copper_, silk_, pads_ = (np.asarray(layer, np.float32) / 255 for layer in (copper, silk, pads))
    return blur(copper_, 0.8), blur(silk_, 0.6), blur(pads_, 0.7)


PARTS_OUTLINES = (
    (2.15, 1.00, 0.72, 0.72),
    (3.15, 0.70, 0.55, 0.42),
    (1.15, 1.15, 0.50, 0.32),
    (3.40, 1.50, 0.95, 0.62),
)


def _coin_face(canvas: Canvas, side: int = 900) -> Array:
    """Relief of an invented reverse: a wreath of leaves round a rising sun, beads at the rim; height 0..1."""
    axis = np.linspace(-1, 1, side, dtype=np.float32)
    x, y = axis[None, :], axis[:, None]
    r, a = np.sqrt(x * x + y * y), np.arctan2(y, x)
    relief = 0.25 * smoothstep(0.635, 0.655, r) * smoothstep(0.69, 0.67, r)
    relief += 0.9 * smoothstep(0.925, 0.945, r)
    beads = np.sqrt(((a / (2 * pi) * 96) % 1 - 0.5) ** 2 * 0.0035 * 4 + (r - 0.885) ** 2 * 4)
    relief += 0.35 * smoothstep(0.032, 0.008, beads)
    word = canvas.random("letters").random((6, 40)) > 0.42
    column, row = ((a / (2 * pi) * 120) % 120).astype(np.int32), ((r - 0.71) / 0.11 * 6).astype(np.int32)
    gap = (column % 5 < 4) & (np.abs(a + pi / 2) > 0.3)
    letters = word[np.clip(row, 0, 5), column % 40] & gap & (r > 0.71) & (r < 0.82)
    relief += blur(letters.astype(np.float32), 2.0) * 0.30
    for k in range(10):
        lean = -pi / 2 + (k - 4.5) * 0.30
        for reach, size in ((0.30, 0.17), (0.47, 0.15)):
            cx, cy = cos(lean) * reach * 0.95, sin(lean) * reach + 0.10
            u, v = (x - cx) * cos(lean) + (y - cy) * sin(lean), (y - cy) * cos(lean) - (x - cx) * sin(lean)
            leaf = 1 - (u / size) ** 2 - (v / (size * 0.33)) ** 2
            relief += (
                0.55 * np.sqrt(np.maximum(leaf, 0)) * (1 - 0.5 * smoothstep(0.012, 0.0, np.abs(v))) * (r < 0.62)
            )
    relief += 0.7 * np.sqrt(np.maximum(1 - (x / 0.13) ** 2 - ((y - 0.33) / 0.15) ** 2, 0))
    relief += 0.4 * smoothstep(0.04, 0.01, np.abs(x - 0.04 * np.sin(y * 9))) * (y > 0.05) * (y < 0.56)
    return blur(relief, 1.6)


@motif("circuit")
def circuit(canvas: Canvas) -> Image.Image:
    """A green recorder for one bat beside a coin, under two low lamps."""
    camera = Camera(eye=(0.85, 6.4, 6.1), target=(0.52, 0.0, 0.18), lens=0.308)
    room = Room(canvas, camera)
    random = canvas.random("parts")
    room.quad((-14, 0, -14), (28, 0, 0), (0, 0, 28), BENCH)
    left, near, top = -3.02, -1.12, 0.16
    boxes: list[tuple[float, float, float, float, float]] = []  # for the shadows: x, z, half width, half depth, top

    def part(
        x: float,
        y: float,
        w: float,
        h: float,
        tall: float,
        kind: int,
        lid: int | None = None,
        base: float = 0.0,
    ) -> None:
        cx, cz = left + x, near + y
        room.box((cx, top + base + tall / 2, cz), (w, tall, h), kind, top=lid)
        boxes.append((cx, cz, w / 2, h / 2, top + base + tall))

    room.box((left + LONG / 2, top / 2, near + WIDE / 2), (LONG, top, WIDE), EDGE, top=MASK)
    boxes.append((left + LONG / 2, near + WIDE / 2, LONG / 2, WIDE / 2, top))
    (ux, uy, uw, uh), (ax, ay, aw, ah), (fx, fy, fw, fh), (sx, sy, sw, sh) = PARTS_OUTLINES
    part(ux, uy, uw, uh, 0.10, CHIP)
    for k in range(14):
        for side in (-1, 1):
            off = (k - 6.5) * 0.046
            part(ux + off, uy + side * (uh / 2 + 0.045), 0.022, 0.09, 0.022, TIN)
            part(ux + side * (uw / 2 + 0.045), uy + off, 0.09, 0.022, 0.022, TIN)
    part(ax, ay, aw, ah, 0.11, CHIP)
    part(fx, fy, fw, fh, 0.10, CHIP)
    for cx, cy, cw, ch in ((ax, ay, aw, ah), (fx, fy, fw, fh)):
        for k in range(6):
            for side in (-1, 1):
                part(cx + (k - 2.5) * cw / 6.4, cy + side * (ch / 2 + 0.045), 0.034, 0.09, 0.022, TIN)
    part(sx, sy, sw, sh, 0.14, METAL)
    part(sx + 0.42, sy, 0.18, 0.50, 0.05, PLASTIC)
    part(1.15, 1.62, 0.46, 0.18, 0.16, METAL)
    part(0.55, 0.95, 0.36, 0.55, 0.26, PLASTIC)
    for k in (-1, 1):
        part(0.55, 0.95 + k * 0.13, 0.10, 0.10, 0.28, GOLD)
    taken = [(x, y, w / 2 + 0.16, h / 2 + 0.14) for x, y, w, h in PARTS_OUTLINES] + [
        (1.15, 1.62, 0.36, 0.2),
        (0.55, 0.95, 0.3, 0.4),
        (4.25, 1.0, 0.45, 0.55),
    ]
    for _ in range(400):
        x, y = random.uniform(0.25, LONG - 0.3), random.uniform(0.2, WIDE - 0.36)
        if len(taken) > 60 or any(abs(x - a) < w + 0.10 and abs(y - b) < h + 0.08 for a, b, w, h in taken):
            continue
        turned = random.random() < 0.5
        long, wide = (0.085, 0.15) if turned else (0.15, 0.085)
        taken.append((x, y, long / 2 + 0.03, wide / 2 + 0.03))
        body = CERAMIC if random.random() < 0.6 else RESISTOR
        tall = 0.075 if body == CERAMIC else 0.045
        part(x, y, long, wide, tall, TIN)
        part(x, y, long * (1 if turned else 0.5), wide * (0.5 if turned else 1), tall + 0.004, body)
    # Microphone: a bright can on a ring of gold, one small hole in its lid.
    mx, mz = left + 4.25, near + 1.0
    room.tube((mx, top, mz), (mx, top + 0.03, mz), 0.40, GOLD, GOLD)
    room.tube((mx, top + 0.03, mz), (mx, top + 0.24, mz), 0.335, METAL)
    room.disc((mx, top + 0.24, mz), (0.335, 0, 0), (0, 0, 0.335), METAL)
    room.disc((mx, top + 0.243, mz), (0.28, 0, 0), (0, 0, 0.28), METAL, 0.93)
    room.disc((mx, top + 0.244, mz), (0.055, 0, 0), (0, 0, 0.055), CHIP)
    # Coin: twelve flat sides, a gold ring and a silver middle.
    kx, kz = 3.02, 0.10
    for k in range(12):
        a, b = (k / 12 * 2 * pi + 0.2, (k + 1) / 12 * 2 * pi + 0.2)
        p, q = (
            np.array([kx + COIN_RADIUS * cos(a), 0, kz + COIN_RADIUS * sin(a)]),
            np.array([kx + COIN_RADIUS * cos(b), 0, kz + COIN_RADIUS * sin(b)]),
        )
        room.quad(p, q - p, (0, 0.27, 0), RIM)

    def dodecagon(u: Array, v: Array) -> Array:
        x, z = u - COIN_RADIUS, v - COIN_RADIUS
        a = (np.arctan2(z, x) - 0.2) % (pi / 6) - pi / 12
        return np.sqrt(x * x + z * z) * np.cos(a) < COIN_RADIUS * cos(pi / 12)

    room.quad(
        (kx - COIN_RADIUS, 0.27, kz - COIN_RADIUS),
        (2 * COIN_RADIUS, 0, 0),
        (0, 0, 2 * COIN_RADIUS),
        COIN,
        dodecagon,
    )
    # Shadows are found on a map of heights seen from above, once for each lamp.
    cell = 0.02
    plan = np.zeros((560, 640), np.float32)
    for bx, bz, hw, hd, high in boxes:
        r0, r1 = round((bz - hd + 4) / cell), round((bz + hd + 4) / cell)
        c0, c1 = round((bx - hw + 5) / cell), round((bx + hw + 5) / cell)
        block = plan[max(r0, 0) : max(r1, r0 + 1), max(c0, 0) : max(c1, c0 + 1)]
        np.maximum(block, high, out=block)
    gz, gx = np.mgrid[0:560, 0:640].astype(np.float32) * cell
    plan = np.where((gx - 5 - mx) ** 2 + (gz - 4 - mz) ** 2 < 0.335**2, np.maximum(plan, top + 0.24), plan)
    plan = np.where((gx - 5 - kx) ** 2 + (gz - 4 - kz) ** 2 < COIN_RADIUS**2 * 0.95, np.maximum(plan, 0.27), plan)
    lamps = ((-0.86, 0.40, -0.32, 1.0), (0.78, 0.46, 0.42, 0.42))
    shades = []
    for dx, dy, dz, _ in lamps:
        shade = np.full_like(plan, -1.0)
        for step in range(1, 60):
            far = step * cell * 1.3
            c, r = round(dx * far / cell), round(dz * far / cell)
            shade = np.maximum(shade, np.roll(plan, (-r, -c), axis=(0, 1)) - far * dy / (dx * dx + dz * dz) ** 0.5)
        shades.append(blur(shade, 1.0))
    contact = blur(plan, 9.0)
    copper, silk, pads = _artwork(canvas)
    foil = normals(blur(copper * 1.0, 1.0) * 4.0, 1.0)
    face = _coin_face(canvas)
    stamp = normals(face * 14.0, 1.0)
    slate = resize(canvas.coarser(2).fbm("slate", 5, 6, 0.55), canvas.shape).ravel()
    fine = canvas.fbm("fine", 260, 2).ravel()
    tones = room.tones("tones", 0.9, 1.08)
    table = np.zeros((16, 3), np.float32)
    for kind, colour in (
        (BENCH, "#3a444a"),
        (MASK, "#0d4a35"),
        (EDGE, "#8a8452"),
        (CHIP, "#17191b"),
        (METAL, "#c9ced1"),
        (TIN, "#c4c8c8"),
        (CERAMIC, "#a98a5e"),
        (RESISTOR, "#202327"),
        (PLASTIC, "#e4ddc8"),
        (GOLD, "#e0b14a"),
        (COIN, "#cfd3d4"),
        (RIM, "#d3a94b"),
    ):
        table[kind] = linear(colour)

    def light(s: Surface) -> Array:
        noise = fine[s.index]
        k = s.kind
        u, v = (s.x - left) * 340, (s.z - near) * 340
        board = k == MASK
        ui, vi = (
            np.clip(u, 0, copper.shape[1] - 1).astype(np.int32),
            np.clip(v, 0, copper.shape[0] - 1).astype(np.int32),
        )
        trace, print_, pad = copper[vi, ui] * board, silk[vi, ui] * board, pads[vi, ui] * board
        coin = k == COIN
        cu, cv = (
            np.clip((s.x - kx) / COIN_RADIUS * 450 + 450, 0, 899).astype(np.int32),
            np.clip((s.z - kz) / COIN_RADIUS * 450 + 450, 0, 899).astype(np.int32),
        )
        radius = np.sqrt((s.x - kx) ** 2 + (s.z - kz) ** 2) / COIN_RADIUS
        nx = s.nx + foil[0][vi, ui] * 0.9 * board + stamp[0][cv, cu] * 1.1 * coin + 0.012 * noise
        nz = s.nz + foil[1][vi, ui] * 0.9 * board + stamp[1][cv, cu] * 1.1 * coin + 0.012 * noise
        ny = s.ny
        length = 1 / np.sqrt(nx * nx + ny * ny + nz * nz)
        nx, ny, nz = nx * length, ny * length, nz * length
        mx_, my_, mz_ = mirror(s, nx, ny, nz)
        colour = table[k] * tones[s.part][:, None]
        colour = mix(colour, linear("#1f7a52"), (0.75 * trace)[:, None])
        colour = mix(colour, linear("#dfe6df"), (0.85 * print_)[:, None])
        colour = mix(colour, linear("#d9b25a"), smoothstep(0.15, 0.5, pad)[:, None])
        colour = np.where((coin & (radius > 0.665))[:, None], linear("#d9b052"), colour)
        colour = np.where(
            (k == BENCH)[:, None], colour * (1 + 0.09 * slate[s.index] + 0.14 * noise)[:, None], colour
        )
        shiny = np.isin(k, (METAL, TIN, GOLD, COIN, RIM)) | (pad > 0.3)
        gloss = np.where(shiny, 1.0, np.where(board, 0.22, np.where(k == BENCH, 0.035, 0.08)))
        total = np.full((len(s.x), 3), 0.035, np.float32) * (0.4 + 0.6 * np.maximum(ny, 0))[:, None]
        shine = np.zeros((len(s.x), 3), np.float32)
        r = np.clip((s.z + 4) / cell, 0, 559).astype(np.int32)
        c = np.clip((s.x + 5) / cell, 0, 639).astype(np.int32)
        for (dx, dy, dz, power), shade, warm in zip(
            lamps, shades, ([1.0, 0.86, 0.66], [0.72, 0.86, 1.0]), strict=True
        ):
            clear = 1 - 0.93 * smoothstep(0.002, 0.030, shade[r, c] - s.y)
            matt = np.maximum(nx * dx + ny * dy + nz * dz, 0) * clear
            toward = mx_ * dx + my_ * dy + mz_ * dz
            pool = np.exp(-((s.x - 0.2 + dx * 1.5) ** 2 + (s.z - 0.1 + dz * 1.5) ** 2) / 26)
            tint_ = np.array(warm, np.float32) * power
            total += tint_ * (matt * pool * 1.15)[:, None]
            shine += (
                tint_
                * (
                    (smoothstep(0.45, 0.98, toward) ** 2 * 0.9 + smoothstep(0.90, 0.99, toward) * 2.2)
                    * pool
                    * (0.35 + 0.65 * clear)
                )[:, None]
            )
        room_ = (
            0.30 * smoothstep(-0.2, 0.9, my_) * (0.55 + 0.45 * np.sin(1.6 * s.x - 1.1 * s.z + 5 * mx_))
            + 0.10
            + 0.5 * smoothstep(0.75, 0.95, -mx_)
            + 0.25 * smoothstep(0.7, 0.9, mx_)
        )
        hollow = np.clip(
            1.25
            - 1.6 * np.maximum(contact[r, c] - s.y, 0)
            - 0.25 * (s.y < 0.03) * smoothstep(0.0, 0.08, contact[r, c]),
            0.25,
            1,
        )
        brushed = 0.55 + 0.45 * smoothstep(-1.2, 1.2, np.sin(2.2 * s.u - 3.1 * s.v + 0.35 * noise))
        base = colour * total * np.where(shiny, 0.22 * brushed + 0.08, 1.0)[:, None]
        film = np.where(shiny[:, None], colour * 1.1, 1.0)
        lit = base + film * (
            shine * gloss[:, None] + (room_ * gloss * np.where(shiny, 0.36 * brushed, 0.05))[:, None]
        )
        mark = (
            (k == CHIP)
            & (s.ny > 0.9)
            & (np.sin(s.u * 120 + 3 * np.sin(s.u * 31)) > 0.3)
            & (np.abs((s.v / 0.11) % 1 - 0.5) < 0.18)
            & (s.u > 0.08)
            & (s.u < 0.45)
        )
        lit = np.where(mark[:, None], lit + 0.05, lit)
        return lit * hollow[:, None]

    picture = room.shade(light, np.zeros((*canvas.shape, 3), np.float32))
    half = canvas.coarser(2)
    soft = resize(blur(resize(picture, half.shape), half.width * 0.0022), canvas.shape)
    out = np.clip(np.abs(room.depth - 8.9) / 2.2 - 0.62, 0, 1)
    picture = mix(picture, soft, out)
    dust = canvas.random("dust")
    specks = splat(
        canvas.shape,
        dust.uniform(0, canvas.width, 500),
        dust.uniform(0, canvas.height, 500),
        dust.random(500) ** 3 * 0.35,
    )
    picture += specks[..., None]
    return develop(canvas, picture, exposure=1.9, contrast=0.35, vignette=0.45, grain=2.0, glow=0.12, threshold=1.0)
