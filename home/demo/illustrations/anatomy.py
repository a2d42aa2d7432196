"""A model heart, and the hands that lift it."""

from typing import Any

import numpy as np
from PIL import Image

from .canvas import Array, Canvas, depth_of_field, develop, mix, rgb, smoothstep
from .glove import Hand, cloth, crease, rubber
from .registry import motif
from .solid import (
    Camera,
    Hits,
    ambient,
    ball,
    block,
    by_part,
    capsule,
    facing,
    fresnel,
    mirrored,
    nearest,
    onward,
    render,
    shadow,
    towards,
    wave,
)


@motif("heart-arc")
def heart_arc(canvas: Canvas) -> Image.Image:
    """A silicone heart held in two gloved hands over a steel tray, in soft white light."""
    sheet, canvas = canvas, canvas.coarser(2.8)
    white, red, blue = canvas.palette
    glove = rgb(0.34, 0.5, 0.72)
    lamp = (-0.5, 0.85, 0.45)
    pose: dict[str, Any] = {"size": 0.84, "curl": (0.42, 0.46, 0.5, 0.55), "spread": 0.1, "thumb": (0.5, 0.3)}
    hands = [
        Hand(
            (-1.12, -1.0, 1.3),
            (0.2, 0.42, -0.82),
            (0.9, 0.3, 0.2),
            left=True,
            sleeve=(-0.42, -0.55, 0.8),
            **pose,
        ),
        Hand(
            (1.12, -1.0, 1.3),
            (-0.2, 0.42, -0.82),
            (-0.9, 0.3, 0.2),
            left=False,
            sleeve=(0.42, -0.55, 0.8),
            **pose,
        ),
    ]

    def blend(a: Array, b: Array, k: float) -> Array:
        h = np.maximum(np.float32(k) - np.abs(a - b), 0)
        return np.minimum(a, b) - h * h * np.float32(0.25 / k)

    def muscle(point: Array) -> Array:
        body = capsule(point, (0.1, 0.22, 0), (-0.18, -0.62, 0.12), 0.58, 0.24)
        body = blend(body, capsule(point, (0.3, 0.1, 0.05), (-0.02, -0.5, 0.16), 0.4, 0.2), 0.3)
        left = ball(point, (-0.38, 0.52, 0.0), 0.3)
        right = ball(point, (0.5, 0.5, 0.02), 0.28)
        return blend(body, np.minimum(left, right), 0.16)

    def arch(point: Array) -> Array:
        """The aorta: up out of the middle, over, and down behind, with three branches."""
        x, y, z = point
        ring = np.sqrt((x - 0.2) ** 2 + (y - 0.92) ** 2) - np.float32(0.3)
        bow = np.sqrt(ring * ring + (z + 0.12) ** 2) - np.float32(0.145)
        bow = np.where(y > 0.92, bow, 9)
        bow = np.minimum(bow, capsule(point, (-0.1, 0.3, 0.02), (-0.1, 0.94, -0.12), 0.16, 0.145))
        bow = np.minimum(bow, capsule(point, (0.5, 0.94, -0.12), (0.55, 0.35, -0.25), 0.145, 0.14))
        for bx, top in ((0.02, 1.6), (0.2, 1.66), (0.38, 1.55)):
            branch = capsule(point, (bx, 1.15, -0.12), (bx * 1.4 - 0.05, top, -0.16), 0.062)
            hollow = capsule(point, (bx, 1.15, -0.12), (bx * 1.4 - 0.05, top + 0.2, -0.16), 0.04)
            bow = blend(bow, np.maximum(np.maximum(branch, point[1] - (top - 0.03)), -hollow), 0.06)
        return bow

    def veins(point: Array) -> Array:
        trunk = capsule(point, (0.16, 0.35, 0.3), (0.05, 0.8, 0.16), 0.16, 0.15)
        trunk = blend(trunk, capsule(point, (0.05, 0.8, 0.16), (0.62, 0.98, 0.05), 0.14, 0.1), 0.08)
        trunk = np.minimum(trunk, capsule(point, (-0.42, 0.5, 0.02), (-0.44, 1.3, -0.05), 0.135, 0.13))
        return np.minimum(trunk, capsule(point, (-0.4, 0.2, -0.1), (-0.5, -0.35, -0.2), 0.13))

    def vessels(point: Array) -> Array:
        """Where the coronary vessels run over the front, as a distance in the plane of the picture."""
        x, y = point[0], point[1]
        first = np.abs(x - 0.2 + 0.36 * (0.3 - y) + 0.05 * wave(y * 7))
        second = np.abs(y - 0.18 - 0.25 * x + 0.04 * wave(x * 9))
        third = np.abs(x + 0.18 - 0.22 * (0.1 - y) + 0.05 * wave(y * 9 + 1)) + 2 * np.maximum(y - 0.12, 0)
        fourth = np.abs(y + 0.22 + 0.55 * (x - 0.3) + 0.03 * wave(x * 12)) + 2 * np.maximum(0.12 - x, 0)
        return np.minimum(np.minimum(first, second), np.minimum(third, fourth))

    def heart(point: Array) -> Array:
        flesh = muscle(point)
        relief = 0.022 * np.exp(-((vessels(point) / 0.022) ** 2)) * (point[2] > 0)
        return blend(blend(flesh - relief, arch(point), 0.07), veins(point), 0.06)

    def tray(point: Array) -> Array:
        outer = block(point, (0, -1.72, -0.2), (2.3, 0.2, 1.35), 0.12)
        inner = block(point, (0, -1.56, -0.2), (2.2, 0.24, 1.25), 0.12)
        return np.maximum(outer, -inner)

    def table(point: Array) -> Array:
        return np.minimum(point[1] + np.float32(1.93), point[2] + np.float32(4.5))

    def bounded(point: Array) -> Array:
        away = ball(point, (0.05, 0.4, 0), 1.35)
        near = away < 0.3
        result = away + np.float32(0.05)
        if near.any():
            result[near] = heart(np.ascontiguousarray(point[:, near]))
        return result

    def distance(point: Array) -> Array:
        rest = np.minimum(np.minimum(bounded(point), tray(point)), table(point))
        for hand in hands:
            rest = np.minimum(rest, np.minimum(hand.distance(point), hand.sleeve_distance(point)))
        return rest

    def rough(point: Array) -> Array:
        rest = np.minimum(np.minimum(muscle(point), tray(point)), table(point))
        for hand in hands:
            rest = np.minimum(rest, hand.rough_distance(point))
        return rest

    def shade(hits: Hits) -> Array:
        x, y, z = hits.point
        parts = [
            bounded(hits.point),
            hands[0].distance(hits.point),
            hands[1].distance(hits.point),
            np.minimum(hands[0].sleeve_distance(hits.point), hands[1].sleeve_distance(hits.point)),
            tray(hits.point),
            table(hits.point),
        ]
        which = nearest(*parts)
        open_ = ambient(rough, hits, 0.5, 1.0)
        lit = 0.4 + 0.6 * shadow(rough, hits, lamp, 2.6, 0.7, 7)
        soft = (0.36 + 0.62 * facing(hits, lamp) + 0.18 * facing(hits, (0.9, 0.3, 0.4))) * lit * (0.3 + 0.7 * open_)
        flesh, aorta, vein = muscle(hits.point), arch(hits.point), veins(hits.point)
        mottle = wave(x * 9 + 2 * wave(y * 7)) * wave(y * 11 + 2 * wave(z * 8))
        skin = mix(red * 0.62 + 0.01, red * 0.4 + rgb(0.12, 0.035, 0.025), (0.3 + 0.22 * mottle)[:, None])
        fat = smoothstep(0.1, 0.04, np.abs(y - 0.24 - 0.2 * x)) * 0.55
        skin = mix(skin, rgb(0.62, 0.33, 0.16), (fat * (0.45 + 0.55 * mottle))[:, None])
        run = vessels(hits.point)
        artery = smoothstep(0.028, 0.016, run) * (z > 0) * (flesh < 0.06)
        skin = mix(skin, np.where((y > 0.0)[:, None] & (x > 0.1)[:, None], red * 0.45, blue * 0.8), artery[:, None])
        first = np.minimum(aorta, vein)
        tubes = np.where((aorta < vein)[:, None], red * 0.95, blue * 1.1)
        colour = mix(skin, tubes, smoothstep(0.03, -0.015, first - flesh)[:, None])
        wrap = np.maximum(
            0.36
            + 0.64
            * (hits.normal * (np.array(lamp) / np.linalg.norm(lamp)).astype(np.float32)[:, None]).sum(axis=0),
            0,
        )
        model = colour * ((0.2 + 0.75 * wrap) * lit * (0.35 + 0.65 * open_))[:, None]
        mirror = mirrored(hits)
        dull = mirrored(crease(hits, 0.45, 0.09))
        window = smoothstep(0.45, 0.98, towards(dull, lamp)) + 0.4 * smoothstep(
            0.6, 0.98, towards(dull, (0.8, 0.5, 0.5))
        )
        model += (window * 0.13 * lit + fresnel(hits, 0.03) * 0.3)[:, None]
        gloves = rubber(hits, glove, lamp, 0.86, lit * (0.35 + 0.65 * open_), 0.36)
        gloves += red * (0.25 * smoothstep(0.5, 0.0, parts[0]))[:, None]
        sleeves = cloth(hits, white * 0.92, lamp, 0.95, lit * (0.4 + 0.6 * open_), 0.42)
        far = onward(rough, hits.point + hits.normal * np.float32(0.03), mirror, 4.0, 10, which == 4)
        place = hits.point + mirror * far
        of_heart = smoothstep(0.15, 0.03, bounded(place)) * (far < 3.9)
        brushed = 0.92 + 0.08 * wave(z * 160 + wave(x * 3)) * wave(z * 61)
        seen = mix((0.34 + 0.55 * smoothstep(-0.2, 0.9, mirror[1]))[:, None] * white, red * 0.7, of_heart[:, None])
        seen = mix(seen, glove * 0.6, ((far < 3.9) * (1 - of_heart) * (place[1] > -1.5))[:, None] * 0.8)
        steel = seen * 0.72 * brushed[:, None] * (0.25 + 0.75 * open_)[:, None]
        wall = (z < -4.3)[:, None]
        ground = np.where(
            wall,
            white * 0.78 * (0.75 + 0.16 * wave(x * 0.4 + 0.5))[:, None],
            white * 0.66 * soft[:, None] * 1.25,
        )
        return by_part(which, model, gloves, gloves, sleeves, steel, ground)

    camera = Camera((0.0, 1.5, 5.6), (0.0, 0.0, 0.0), 0.35)
    background = np.broadcast_to(white * 0.7, (*canvas.shape, 3)).astype(np.float32)
    picture, depth = render(canvas, camera, distance, shade, background, near=2.0, far=14, steps=40)
    picture = depth_of_field(picture, np.clip(np.abs(depth - 5.2) * 2.2 - 1.5, 0, 6), 6)
    return develop(sheet, picture, exposure=1.0, contrast=0.25, grain=2.0, glow=0.1, threshold=0.9, vignette=0.28)
