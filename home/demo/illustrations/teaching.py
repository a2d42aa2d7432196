"""Twenty racks of tubes laid out for a practical class, seen from above."""

from typing import Any

import numpy as np
from PIL import Image

from .canvas import Array, Canvas, develop, mix, resize, rgb, smoothstep
from .glove import Hand, cloth, rubber
from .registry import motif
from .solid import (
    Camera,
    Hits,
    ambient,
    by_part,
    capsule,
    facing,
    fresnel,
    mirrored,
    nearest,
    render,
    shadow,
    towards,
    wave,
)

ACROSS, DOWN = 5, 4
PITCH_X, PITCH_Z = 1.36, 1.36
FIRST_X, FIRST_Z = -2.95, -2.3


@motif("grid-tubes")
def grid_tubes(canvas: Canvas) -> Image.Image:
    """Racks of twelve capped tubes in straight rows, and the gloved hands that label one more."""
    sheet, canvas = canvas, canvas.coarser(2.5)
    white, teal, navy = canvas.palette
    lamp = (-0.6, 0.75, -0.32)
    glove = mix(teal, white, 0.12)
    pose: dict[str, Any] = {"size": 0.8, "spread": 0.05, "thumb": (0.6, 0.6)}
    hands = (
        Hand(
            (4.55, 0.72, 3.45),
            (-0.42, -0.12, -0.9),
            (-0.35, -1, 0.2),
            left=True,
            curl=(0.75, 0.9, 1.0, 1.1),
            sleeve=(0.35, 0.1, 1.0),
            **pose,
        ),
        Hand(
            (2.5, 0.72, 3.6),
            (0.6, -0.12, -0.8),
            (0.35, -1, 0.2),
            left=False,
            curl=(0.7, 0.85, 0.95, 1.0),
            sleeve=(-0.3, 0.1, 1.0),
            **pose,
        ),
    )
    held = (3.2, 0.62, 2.42), (3.95, 0.62, 2.3)
    faults = canvas.random("faults").uniform(-1, 1, (ACROSS * DOWN * 12, 3)).astype(np.float32)

    def rack_at(point: Array) -> tuple[Array, Array, Array, Array]:
        """Place within the nearest rack, and the rack's number across and down."""
        i = np.clip(np.floor((point[0] - FIRST_X) / PITCH_X + 0.5), 0, ACROSS - 1)
        j = np.clip(np.floor((point[2] - FIRST_Z) / PITCH_Z + 0.5), 0, DOWN - 1)
        return point[0] - (FIRST_X + PITCH_X * i), point[2] - (FIRST_Z + PITCH_Z * j), i, j

    def tube_at(x: Array, z: Array) -> tuple[Array, Array, Array, Array]:
        a = np.clip(np.floor(x / 0.29 + 2.0), 0, 3)
        b = np.clip(np.floor(z / 0.29 + 1.5), 0, 2)
        return x - (a - 1.5) * 0.29, z - (b - 1.0) * 0.29, a, b

    def racks(point: Array) -> Array:
        x, z, _, _ = rack_at(point)
        y = point[1]
        qx, qz, qy = np.abs(x) - 0.56, np.abs(z) - 0.42, np.abs(y - 0.17) - 0.13
        outside = np.sqrt(np.maximum(qx, 0) ** 2 + np.maximum(qz, 0) ** 2 + np.maximum(qy, 0) ** 2)
        frame = outside + np.minimum(np.maximum(np.maximum(qx, qz), qy), 0) - 0.04
        u, v, _, _ = tube_at(x, z)
        radius = np.sqrt(u * u + v * v)
        return np.maximum(frame, np.where(y > 0.12, 0.118 - radius, -9))

    def tubes(point: Array) -> Array:
        x, z, i, j = rack_at(point)
        u, v, a, b = tube_at(x, z)
        number = ((j * ACROSS + i) * 12 + b * 4 + a).astype(np.int32)
        fault = faults[number]
        y = point[1] - 0.02 * fault[:, 0]
        u, v = u - 0.03 * fault[:, 1] * y, v - 0.03 * fault[:, 2] * y
        radius = np.sqrt(u * u + v * v)
        glass = np.maximum(radius - 0.1, np.abs(y - 0.35) - 0.3)
        grip = 0.004 * wave(u * 90) * wave(v * 90)
        over = np.maximum(radius - 0.108 - grip, 0), np.maximum(np.abs(y - 0.68) - 0.055, 0)
        cap = np.sqrt(over[0] ** 2 + over[1] ** 2) - 0.016
        dish = np.maximum(0.075 - radius, 0) * 0.25 * (y > 0.7)
        return np.minimum(glass, cap + np.minimum(dish, 0.012))

    def tube(point: Array) -> Array:
        body = capsule(point, *held, 0.1)
        end = np.array(held[1], np.float32)
        return np.minimum(body, capsule(point, end, end + rgb(0.12, 0, -0.022), 0.118))

    def distance(point: Array) -> Array:
        rest = np.minimum(np.minimum(racks(point), tubes(point)), np.minimum(tube(point), point[1]))
        for hand in hands:
            rest = np.minimum(rest, np.minimum(hand.distance(point), hand.sleeve_distance(point)))
        return rest

    def rough(point: Array) -> Array:
        x, z, _, _ = rack_at(point)
        frame = np.maximum(np.maximum(np.abs(x) - 0.6, np.abs(z) - 0.46), point[1] - 0.34)
        u, v, _, _ = tube_at(x, z)
        stems = np.maximum(np.sqrt(u * u + v * v) - 0.11, point[1] - 0.74)
        rest = np.minimum(np.minimum(frame, stems), point[1])
        reach = point[0] * 0.6 + point[2] - 2.2
        near = reach > 0
        if near.any():
            close = np.ascontiguousarray(point[:, near])
            rest[near] = np.minimum(rest[near], np.minimum(*(hand.rough_distance(close) for hand in hands)))
        return rest

    def shade(hits: Hits) -> Array:
        x, y, z = hits.point
        skin = np.minimum(*(hand.distance(hits.point) for hand in hands))
        sleeve = np.minimum(*(hand.sleeve_distance(hits.point) for hand in hands))
        which = nearest(racks(hits.point), tubes(hits.point), tube(hits.point), skin, sleeve, y)
        open_ = 0.35 + 0.65 * ambient(rough, hits, 0.4, 1.0)
        lit = 0.28 + 0.72 * shadow(rough, hits, lamp, 1.6, 0.22, 6)
        soft = (0.3 + 0.75 * facing(hits, lamp) * lit) * open_
        mirror = mirrored(hits)
        window = (
            smoothstep(0.55, 0.8, towards(mirror, lamp)) * 0.9
            + smoothstep(0.85, 0.95, towards(mirror, (0.6, 0.7, 0.3))) * 0.5
        )
        gloss = (fresnel(hits, 0.04) * (0.4 + window * 6) * open_)[:, None]
        rx, rz, i, j = rack_at(hits.point)
        u, v, a, b = tube_at(rx, rz)
        number = ((j * ACROSS + i) * 12 + b * 4 + a).astype(np.int32)
        frame = (white * 0.5 + teal * 0.12) * soft[:, None] + gloss
        ink = (np.abs(rz - 0.44) < 0.06) & (np.abs(rx) < 0.3) & (hits.normal[2] > 0.5)
        frame = np.where(ink[:, None], white * soft[:, None] * 1.2, frame)
        kind = (a.astype(np.int32) + 2 * (b.astype(np.int32) % 2)) % 4
        tones = np.stack([teal, navy * 1.1, teal * 0.55 + 0.12, white * 0.82])[kind]
        radius = np.sqrt(u * u + v * v)
        ring = 0.8 + 0.2 * smoothstep(0.004, 0.01, np.abs(radius - 0.078))
        cap = tones * (soft * ring)[:, None] + gloss
        sticker = smoothstep(0.058, 0.053, radius) * (y > 0.66)
        mark = smoothstep(
            0.45, 0.75, wave(u * 110 + faults[number, 0] * 9) * wave(v * 170 + faults[number, 1] * 3)
        ) * (np.abs(v) < 0.025)
        paper = white * (0.95 - 0.75 * mark)[:, None] * soft[:, None] * 1.1
        cap = mix(cap, paper, sticker[:, None])
        liquid = mix(white * 0.6, teal * 0.8, 0.5) * soft[:, None] + gloss * 1.4
        glassy = np.where((y < 0.625)[:, None], liquid, cap)
        along = (hits.point - np.array(held[0], np.float32)[:, None]).T @ rgb(0.98, 0, -0.186)
        label = (along > 0.16) & (along < 0.56)
        lines = smoothstep(0.3, 0.6, wave(along * 70)) * (np.abs(wave(z * 40)) > 0.75)
        single = np.where(label[:, None], white * (1.05 - 0.5 * lines)[:, None] * soft[:, None] * 1.15, liquid)
        single = np.where((along > 0.7)[:, None], teal * soft[:, None] + gloss, single)
        own = 0.55 + 0.45 * open_
        gloves = rubber(hits, glove, lamp, 0.8, own, 0.3)
        coats = cloth(hits, white * 0.9, lamp, 0.9, own, 0.4)
        fleck = 0.985 + 0.015 * wave(x * 97 + 3 * wave(z * 41)) * wave(z * 89 + 3 * wave(x * 53))
        bench = white * (0.84 * fleck)[:, None] * (0.24 + 0.78 * lit * 0.75)[:, None] * open_[:, None]
        bench = bench + (smoothstep(0.3, 0.9, towards(mirror, lamp)) * 0.1 * lit)[:, None]
        return by_part(which, frame, glassy, single, gloves, coats, bench)

    camera = Camera((0.1, 8.6, 0.5), (0.1, 0.0, 0.12), 0.385)
    background = np.broadcast_to(white, (*canvas.shape, 3)).astype(np.float32)
    picture, _ = render(canvas, camera, distance, shade, background, near=5, far=12, steps=30, edge_rays=1)
    window = 1.06 - 0.2 * smoothstep(-0.6, 1.4, canvas.x * 0.8 + canvas.y * 0.5)
    bars = 1 - 0.1 * smoothstep(0.05, 0.01, np.abs(np.mod(canvas.x * 0.86 - canvas.y * 0.5, 0.9) - 0.45))
    picture = picture * (window * resize(bars, canvas.shape))[..., None]
    return develop(sheet, picture, exposure=1.12, contrast=0.3, grain=2.0, glow=0.08, threshold=1.0, vignette=0.25)
