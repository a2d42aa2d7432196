"""A shelf of prints that failed, each in its own way."""

from math import pi

import numpy as np
from PIL import Image

from .canvas import (
    Array,
    Canvas,
    box,
    develop,
    resize,
    smoothstep,
)
from .figure import swell
from .prints import Shelf, slab, turned
from .registry import motif

UPPER, LOWER = -0.115, 0.765  # the tops of the two boards, in units down the sheet


@motif("shelf-shapes")
def shelf_shapes(canvas: Canvas) -> Image.Image:
    """Two crowded boards of misprints in flat light, the camera square to them."""
    x, y = canvas.x, canvas.y
    white = canvas.palette[0]
    plaster = canvas.fbm("plaster", 60, 4)
    wash = 0.66 + 0.05 * resize(canvas.coarser(8).fbm("wash", 2, 3), canvas.shape)
    picture = white * (wash * (1 + 0.012 * plaster))[..., None]
    for top in (UPPER, LOWER, -1.02):
        board = (y - top) / 0.075
        face = (board >= 0) & (board < 1) & (x == x)
        tone = 0.80 + 0.10 * np.exp(-np.maximum(board, 0) * 10) - 0.12 * smoothstep(0.86, 1.0, board)
        picture = np.where(face[..., None], white * (tone * (1 + 0.010 * plaster))[..., None], picture)
        below = np.exp(-np.maximum(y - top - 0.075, 0) / 0.10) * (board >= 1)
        above = np.exp(-np.maximum(top - y, 0) / 0.03) * (board < 0)
        picture *= (1 - 0.42 * below - 0.14 * above)[..., None]
    shelf = Shelf(canvas, picture)
    pink, blue = "#ef476f", "#118ab2"
    yellow, green, orange, grey, black, violet, cream = (
        "#f6c344",
        "#2ba884",
        "#f08030",
        "#8d979d",
        "#2b2e33",
        "#7a55b5",
        "#efe9dc",
    )
    # Upper board.
    shelf.stand(
        -1.22,
        UPPER,
        0.22,
        0.34,
        blue,
        turned(
            [(0, 0.075), (0.04, 0.10), (0.14, 0.12), (0.25, 0.06), (0.30, 0.075), (0.34, 0.085)], ribs=9, twist=26
        ),
    )
    shelf.stand(-0.97, UPPER, 0.24, 0.20, orange, slab(0.10, 0.19, 0.008, slips=((0.07, 0.028), (0.13, -0.05))))
    shelf.stand(
        -0.72,
        UPPER,
        0.30,
        0.50,
        green,
        turned(
            [
                (0, 0.11),
                (0.03, 0.10),
                (0.10, 0.055),
                (0.30, 0.045),
                (0.36, 0.075),
                (0.38, 0.045),
                (0.44, 0.06),
                (0.49, 0.008),
            ]
        ),
    )
    shelf.hairs(-0.70, UPPER - 0.33, 0.05, 26, green)
    shelf.stand(-0.44, UPPER, 0.24, 0.16, cream, _boat)
    shelf.stand(
        -0.18,
        UPPER,
        0.22,
        0.40,
        violet,
        turned(
            [(0, 0.09), (0.10, 0.085), (0.20, 0.075), (0.28, 0.055), (0.335, 0.05)],
            ribs=6,
            twist=10,
            slips=((0.16, 0.03), (0.235, -0.055)),
        ),
    )
    shelf.hairs(-0.17, UPPER - 0.35, 0.055, 34, violet, 0.02)
    shelf.stand(0.10, UPPER, 0.26, 0.24, yellow, _gear)
    _tower(shelf, 0.40, UPPER, pink)
    shelf.stand(0.98, UPPER, 0.24, 0.30, grey, _bracket)
    shelf.stand(
        1.21,
        UPPER,
        0.20,
        0.26,
        orange,
        turned([(0, 0.085), (0.05, 0.095), (0.13, 0.07), (0.16, 0.045), (0.20, 0.07), (0.25, 0.03)]),
    )
    shelf.hairs(1.21, UPPER - 0.26, 0.045, 22, orange)
    shelf.stand(-0.84, UPPER, 0.14, 0.13, black, slab(0.05, 0.12, 0.004, lean=-0.15, slips=((0.06, 0.02),)), 0.4)
    shelf.stand(
        -0.31,
        UPPER,
        0.14,
        0.24,
        grey,
        turned([(0, 0.05), (0.03, 0.03), (0.13, 0.026), (0.18, 0.05), (0.21, 0.03)], lean=0.5),
    )
    shelf.stand(
        0.27,
        UPPER,
        0.12,
        0.16,
        cream,
        turned([(0, 0.045), (0.06, 0.05), (0.12, 0.03), (0.15, 0.012)], ribs=7, twist=40),
    )
    shelf.stand(
        0.76,
        UPPER,
        0.16,
        0.14,
        blue,
        turned([(0, 0.06), (0.05, 0.075), (0.10, 0.072), (0.13, 0.05)], ribs=10, slips=((0.08, -0.02),)),
    )
    shelf.stand(
        0.86, UPPER, 0.10, 0.25, yellow, slab(0.035, 0.24, 0.004, lean=-0.10, slips=((0.12, 0.015), (0.18, 0.02)))
    )
    # Lower board.
    shelf.stand(
        -1.17,
        LOWER,
        0.30,
        0.52,
        yellow,
        turned(
            [(0, 0.12), (0.06, 0.075), (0.20, 0.055), (0.34, 0.11), (0.44, 0.125), (0.50, 0.118)],
            ribs=14,
            twist=-14,
        ),
    )
    shelf.stand(-0.88, LOWER, 0.26, 0.13, black, slab(0.115, 0.09, 0.02, curl=0.045))
    shelf.stand(-0.89, LOWER - 0.062, 0.18, 0.16, blue, slab(0.07, 0.14, 0.006, lean=0.28))
    shelf.stand(-0.60, LOWER, 0.26, 0.36, pink, _stand)
    _skull(shelf, -0.06, LOWER)
    shelf.stand(
        0.46,
        LOWER,
        0.24,
        0.42,
        blue,
        turned(
            [(0, 0.075), (0.10, 0.09), (0.22, 0.105), (0.30, 0.10), (0.36, 0.06)], slips=((0.20, 0.045),), ribs=11
        ),
    )
    shelf.hairs(0.50, LOWER - 0.40, 0.07, 60, blue, 0.03)
    shelf.stand(0.74, LOWER, 0.26, 0.22, green, _blob)
    shelf.stand(
        0.98,
        LOWER,
        0.22,
        0.46,
        cream,
        turned(
            [
                (0, 0.095),
                (0.025, 0.085),
                (0.09, 0.05),
                (0.22, 0.042),
                (0.27, 0.07),
                (0.285, 0.045),
                (0.34, 0.06),
                (0.40, 0.055),
                (0.44, 0.02),
            ],
            lean=-0.10,
        ),
    )
    shelf.stand(
        1.22, LOWER, 0.22, 0.30, violet, slab(0.085, 0.28, 0.008, slips=((0.10, 0.02), (0.17, 0.02), (0.22, 0.02)))
    )
    shelf.stand(
        -1.02,
        LOWER,
        0.12,
        0.30,
        grey,
        turned([(0, 0.045), (0.10, 0.032), (0.22, 0.028), (0.27, 0.05), (0.29, 0.012)], lean=0.35),
    )
    shelf.stand(
        -0.74,
        LOWER,
        0.10,
        0.18,
        orange,
        turned([(0, 0.04), (0.05, 0.045), (0.10, 0.02), (0.14, 0.035), (0.17, 0.01)]),
    )
    shelf.stand(-0.42, LOWER, 0.12, 0.20, green, slab(0.04, 0.19, 0.004, lean=0.18, slips=((0.08, -0.02),)))
    shelf.stand(
        0.60,
        LOWER,
        0.10,
        0.30,
        pink,
        turned([(0, 0.04), (0.04, 0.025), (0.20, 0.022), (0.25, 0.045), (0.28, 0.02)], lean=-0.3, ribs=5, twist=30),
    )
    shelf.stand(0.86, LOWER, 0.12, 0.15, black, slab(0.045, 0.13, 0.01, curl=0.03), 0.4)
    shelf.stand(
        1.09,
        LOWER,
        0.10,
        0.24,
        orange,
        turned([(0, 0.035), (0.08, 0.04), (0.16, 0.018), (0.22, 0.03)], slips=((0.10, 0.02),)),
    )
    for fx, base in ((-0.33, LOWER), (0.28, LOWER), (0.72, UPPER), (-0.30, UPPER)):
        for _ in range(5):
            shelf.stand(
                fx + shelf.random.normal(0, 0.035),
                base,
                0.06,
                0.03,
                str(shelf.random.choice([grey, cream, orange, pink])),
                turned([(0, 0.016), (0.012, 0.018), (0.022, 0.006)]),
            )
    light = 1.02 - 0.10 * (x * x * 0.4 + (y + 0.2) ** 2)
    return develop(canvas, shelf.picture * light[..., None], exposure=1.28, contrast=0.35, vignette=0.20, grain=2.2)


def _boat(x: Array, h: Array) -> tuple[Array, Array]:
    hull = np.maximum(
        np.maximum(np.abs(x + 0.01) - 0.055 - 0.45 * h, h - 0.075 - 0.5 * np.maximum(x, 0) ** 1.5), -h
    )
    cabin = box(x + 0.02, h - 0.105, 0.045, 0.045, 0.006)
    cabin = np.maximum(cabin, -box(x + 0.02, h - 0.112, 0.024, 0.018, 0.004))
    funnel = box(x + 0.045, h - 0.150, 0.014, 0.025 - 0.010, 0.004)
    distance = np.minimum(np.minimum(hull, cabin), funnel)
    return distance, np.sqrt(np.clip(-distance / 0.03, 0, 1)) * np.float32(0.03)


def _gear(x: Array, h: Array) -> tuple[Array, Array]:
    y = h - 0.118
    r, a = np.sqrt(x * x + y * y), np.arctan2(y, x)
    # A quarter of the teeth never printed.
    tooth = 0.013 * np.clip(np.sin(a * 15) * 3, -1, 1) * smoothstep(-0.2, 0.1, np.cos(a - 2.3) + 0.6)
    distance = np.maximum(r - 0.100 - tooth, 0.028 - r)
    for k in range(5):
        cx, cy = 0.062 * np.cos(k * 2 * pi / 5), 0.062 * np.sin(k * 2 * pi / 5)
        distance = np.maximum(distance, 0.019 - np.sqrt((x - cx) ** 2 + (y - cy) ** 2))
    return distance, np.clip(-distance / 0.010, 0, 1) * np.float32(0.010)


def _bracket(x: Array, h: Array) -> tuple[Array, Array]:
    upright, foot = box(x + 0.075, h - 0.15, 0.022, 0.15, 0.004), box(x, h - 0.02, 0.10, 0.02, 0.004)
    brace = np.maximum(
        np.abs((x + 0.06) * 0.72 + (h - 0.04) * 0.69 - 0.11) - 0.013, np.maximum(-x - 0.075, 0.02 - h)
    )
    distance = np.minimum(np.minimum(upright, foot), np.maximum(brace, h - 0.24))
    return distance, np.clip(-distance / 0.008, 0, 1) * np.float32(0.012)


def _stand(x: Array, h: Array) -> tuple[Array, Array]:
    """A phone stand fused to a slab of the printer's door."""
    door = box(x - 0.01 + 0.03 * h, h - 0.17, 0.105, 0.17, 0.006)
    back = np.maximum(np.abs(x + 0.03 - 0.45 * h) - 0.022, np.maximum(-h, h - 0.33))
    lip = box(x - 0.02, h - 0.035, 0.085, 0.035, 0.01)
    hook = box(x + 0.070, h - 0.055, 0.016, 0.055, 0.006)
    near = np.minimum(np.minimum(back, lip), hook)
    depth = np.where(near < 0, 0.02 + np.clip(-near / 0.012, 0, 1) * 0.02, np.clip(-door / 0.006, 0, 1) * 0.006)
    return np.minimum(near, door), depth.astype(np.float32)


def _blob(x: Array, h: Array) -> tuple[Array, Array]:
    return swell(
        x,
        h,
        [
            (-0.05, 0.05, 0.055, 0.04, 0.04, 0.06),
            (0.0, 0.10, 0.06, 0.03, 0.12, 0.05),
            (-0.04, 0.14, 0.035, -0.05, 0.18, 0.022),
            (0.06, 0.13, 0.03, 0.085, 0.17, 0.016),
        ],
        0.04,
        0.06,
    )


def _tower(shelf: Shelf, x: float, base: float, colour: str) -> None:
    """A tower with windows that leans further right with every storey."""

    def shape(px: Array, h: Array) -> tuple[Array, Array]:
        lean = 0.36 * np.maximum(h, 0) ** 1.35
        u = px - lean
        radius = (
            0.118 - 0.045 * h + 0.012 * (np.abs((h / 0.105) % 1 - 0.08) < 0.07) + 0.020 * smoothstep(0.66, 0.68, h)
        )
        crown = (h > 0.715) & (np.sin(u / 0.016) < -0.1)
        across = u / radius
        bow = np.sqrt(np.maximum(1 - across * across, 0))
        angle = np.arcsin(np.clip(across, -1, 1))
        arch = np.maximum(
            np.abs(((angle / 0.52) % 1) - 0.5) * 0.52 * radius - 0.017,
            np.abs(((h / 0.105) % 1) - 0.56) * 0.105 - 0.030,
        )
        distance = np.maximum(np.maximum(np.abs(u) - radius, h - 0.76), np.where(crown, 0.01, -1))
        hollow = smoothstep(0.003, -0.003, arch) * (h < 0.70) * (np.abs(across) < 0.93)
        return distance.astype(np.float32), (radius * bow * 0.9 - 0.035 * hollow).astype(np.float32)

    shelf.stand(x, base, 0.95, 0.78, colour, shape)
    shelf.hairs(x + 0.24, base - 0.745, 0.05, 20, colour, 0.03)
    shelf.hairs(x + 0.12, base - 0.45, 0.05, 12, colour, 0.03)


def _skull(shelf: Shelf, x: float, base: float) -> None:
    """The left half printed; then the nozzle lost the part, and the rest is spaghetti in the shape of a skull."""
    bone = "#f3efe4"

    def head(px: Array, h: Array) -> tuple[Array, Array]:
        distance, depth = swell(
            px,
            h,
            [
                (-0.02, 0.33, 0.205, 0.03, 0.33, 0.205),
                (-0.005, 0.20, 0.140, 0.005, 0.14, 0.120),
                (0.0, 0.10, 0.10, 0.0, 0.075, 0.085),
            ],
            0.07,
            0.15,
        )
        for ex in (-0.088, 0.092):
            socket = np.sqrt(((px - ex) / 1.12) ** 2 + (h - 0.265) ** 2) - 0.058
            depth = depth - 0.11 * smoothstep(0.012, -0.030, socket)
        nose = np.maximum(np.abs(px) - 0.030 + 0.30 * (h - 0.165), np.abs(h - 0.190) - 0.034)
        depth = depth - 0.08 * smoothstep(0.006, -0.012, nose)
        teeth = 0.010 * np.abs(np.sin(px / 0.0115)) * smoothstep(0.030, 0.018, np.abs(h - 0.092))
        gap = 0.03 * smoothstep(0.004, 0.0, np.abs(h - 0.090 - 0.6 * px * px))
        return distance, depth + teeth - gap

    def half(px: Array, h: Array) -> tuple[Array, Array]:
        distance, depth = head(px, h)
        torn = px - 0.012 - 0.030 * np.sin(h * 37) - 0.022 * np.sin(h * 83 + 1) - 0.05 * (h - 0.2)
        return np.maximum(distance, torn), depth

    shelf.stand(x, base, 0.56, 0.56, "#57524a", head, 0.0)
    shelf.stand(x, base, 0.56, 0.56, bone, half, 0.18)
    random = shelf.random
    curves: list[Array] = []
    while len(curves) < 430:
        cx, ch = random.uniform(-0.04, 0.26), random.uniform(0.0, 0.54)
        inside = float(head(np.array([[cx]], np.float32), np.array([[ch]], np.float32))[0][0, 0])
        if inside > -0.012 or (cx < 0.0 and random.random() < 0.75):
            continue
        # Sockets stay open: fewer strands cross them.
        if ((cx - 0.092) ** 2 + (ch - 0.265) ** 2) ** 0.5 < 0.052 and random.random() < 0.97:
            continue
        t = np.linspace(0, 1, 22)
        heading = random.uniform(0, 2 * pi) + np.cumsum(random.normal(0, 0.35, 22)) + random.normal(0, 3.0) * t
        step = random.uniform(0.08, 0.24) / 22
        px, ph = cx + np.cumsum(np.cos(heading)) * step, ch + np.cumsum(np.sin(heading)) * step
        keep = head(px[None].astype(np.float32), ph[None].astype(np.float32))[0][0] < random.choice(
            [0.004, 0.004, 0.03]
        )
        if keep.sum() > 6:
            curves.append(np.stack([x + px[keep], base - np.maximum(ph[keep], 0.004)], axis=1).astype(np.float32))
    for _ in range(60):
        t = np.linspace(0, 1, 26)
        a, b = random.uniform(0.05, 0.30), random.uniform(0.10, 0.42)
        loop = np.stack(
            [
                a + (b - a) * t + 0.035 * np.sin(t * random.uniform(5, 16)),
                0.008 + np.abs(0.05 * random.random() * np.sin(t * random.uniform(3, 11))),
            ],
            axis=1,
        )
        curves.append((loop * [1, -1] + [x, base]).astype(np.float32))
    order = random.permutation(len(curves))
    shelf.threads([curves[i] for i in order], bone, 2.3)
