"""Skilled hands in gloves: a wax ribbon on water, a model heart, a bench of tubes, a sign in the noise."""

from typing import Any

import numpy as np
from PIL import Image

from .canvas import Array, Canvas, depth_of_field, develop, mix, rgb, smoothstep
from .glove import Hand, cloth, rubber
from .registry import motif
from .solid import (
    Camera,
    Hits,
    ambient,
    by_part,
    fresnel,
    mirrored,
    nearest,
    onward,
    render,
    shadow,
    towards,
    wave,
)


@motif("ribbon")
def ribbon(canvas: Canvas) -> Image.Image:
    """Wax sections shine on dark water above the slide that will lift them."""
    sheet, canvas = canvas, canvas.coarser(2.8)
    dark, pale, violet = canvas.palette
    glove = mix(violet, pale, 0.45) * 0.85
    random = canvas.random("sections")
    lamp = (-0.35, 0.8, -0.45)
    pose: dict[str, Any] = {"size": 0.8, "spread": 0.06, "thumb": (0.5, 0.55)}
    hands = [
        Hand(
            (2.3, 0.5, 1.62),
            (-0.86, -0.1, -0.46),
            (-0.25, -1, 0.1),
            left=True,
            curl=(0.4, 0.55, 0.7, 0.8),
            sleeve=(0.9, 0.12, 0.6),
            **pose,
        ),
        Hand(
            (-2.3, 0.5, 1.62),
            (0.86, -0.1, -0.46),
            (0.25, -1, 0.1),
            left=False,
            curl=(0.42, 0.6, 0.75, 0.85),
            sleeve=(-0.9, 0.15, 0.7),
            **pose,
        ),
    ]
    tissue = random.uniform(-1, 1, (64, 4)).astype(np.float32)

    def along(x: Array, z: Array) -> tuple[Array, Array]:
        """Distance along the ribbon and to its side: it lies in a lazy curve."""
        centre = 0.3 * np.sin(x * 0.85 + 0.4) - 0.04
        slope = 0.255 * np.cos(x * 0.85 + 0.4)
        return x * 1.04, (z - centre) / np.sqrt(1 + slope * slope)

    def ripple(x: Array, z: Array) -> Array:
        rings = wave(np.sqrt((x - 1.1) ** 2 + (z - 0.8) ** 2) * 16) * np.exp(
            -((x - 1.1) ** 2 + (z - 0.8) ** 2) * 0.7
        )
        return rings * 0.004 + 0.0025 * wave(x * 3.1 + wave(z * 2.3)) * wave(z * 4.3)

    def slide(point: Array) -> Array:
        a, b = point[0] + 0.06 * point[2], point[2] - 0.5
        rise = point[1] - 0.06 - 0.13 * b
        return np.maximum(np.maximum(np.abs(a) - 1.3, np.abs(b) - 0.4), np.abs(rise) - 0.016)

    def distance(point: Array) -> Array:
        water = point[1] - ripple(point[0], point[2])
        rest = np.minimum(slide(point), water)
        for hand in hands:
            rest = np.minimum(rest, np.minimum(hand.distance(point), hand.sleeve_distance(point)))
        return rest

    def rough(point: Array) -> Array:
        rest = np.minimum(slide(point), point[1])
        for hand in hands:
            rest = np.minimum(rest, hand.rough_distance(point))
        return rest

    def surface(x: Array, z: Array) -> Array:
        """Wax on black: faint body, shining edges, a stained ghost of tissue in each."""
        s, t = along(x, z)
        size = np.float32(0.46)
        number = np.floor(s / size)
        a, b = s - (number + 0.5) * size, t + 0.012 * wave(number * 2.3)
        inside = (number > -6.5) & (number < 4.5)
        edge = np.maximum(np.abs(a) - 0.221, np.abs(b) - 0.235 - 0.006 * wave(s * 9))
        body = smoothstep(0.006, -0.006, edge) * inside
        rim = (np.exp(-((edge / 0.009) ** 2)) + 0.35 * np.exp(-(((edge + 0.022) / 0.016) ** 2))) * inside
        folds = (
            np.abs(wave(s * 60 + 3 * wave(t * 9))) ** 6 * 0.05 + np.abs(wave(t * 34 + 2 * wave(s * 6))) ** 10 * 0.05
        )
        p = tissue[number.astype(np.int32) & 63]
        wander = 0.035 * wave(a * 31 + p[:, 3] * 3) + 0.03 * wave(b * 37 + number)
        lump = np.sqrt((a * 1.1 - 0.025 * p[:, 0]) ** 2 + (b - 0.03 * p[:, 1]) ** 2) + wander - 0.135
        mottled = 0.5 + 0.5 * wave(a * 90 + 3 * wave(b * 60)) * wave(b * 95 + 3 * wave(a * 70))
        ghost = smoothstep(0.014, -0.014, lump)
        hollow = smoothstep(0.02, 0.0, np.abs(lump + 0.06) - 0.014)
        light = body[:, None] * (pale * (0.16 + folds)[:, None])
        light = light + (ghost * body * (0.2 + 0.3 * mottled) * (1 - 0.6 * hollow))[:, None] * violet * 1.5
        return light + rim[:, None] * (pale * 1.15 + 0.12)

    def shade(hits: Hits) -> Array:
        x, y, z = hits.point
        parts = [
            *(h.distance(hits.point) for h in hands),
            *(h.sleeve_distance(hits.point) for h in hands),
            slide(hits.point),
            y - ripple(x, z),
        ]
        which = nearest(*parts)
        open_ = ambient(rough, hits, 0.35, 0.9)
        lit = 0.35 + 0.65 * shadow(rough, hits, lamp, 2.0, 0.5, 6)
        mirror = mirrored(hits)
        gloves = rubber(hits, glove, lamp, 0.78, open_ * lit, 0.16)
        upward = np.maximum(-hits.normal[1], 0)
        gloves += (upward * np.exp(-y * 1.3) * 0.16)[:, None] * pale
        sleeves = cloth(hits, rgb(0.75, 0.77, 0.82), lamp, 0.9, open_ * lit, 0.16)
        far = onward(rough, hits.point + hits.normal * np.float32(0.03), mirror, 5.0, 10, which >= 4)
        blocked = smoothstep(4.6, 1.0, far)
        sky = (
            0.05
            + 0.9 * smoothstep(0.9, 0.98, towards(mirror, lamp))
            + 0.1 * smoothstep(0.2, 0.9, mirror[1]) * smoothstep(0.3, -0.5, mirror[0])
        )
        reflection = mix(sky[:, None] * pale * 0.7, glove * 0.35 * lit[:, None], blocked[:, None])
        water = dark * (0.7 + 0.9 * open_)[:, None] + reflection * (fresnel(hits, 0.03) * 1.6 + 0.05)[:, None]
        wax = surface(x, z)
        water = water + wax * (0.45 + 0.55 * open_)[:, None]
        caustic = np.exp(-np.abs(wave(x * 4 + 1.5 * wave(z * 3)) + wave(z * 5 + 1.2 * wave(x * 4.4))) * 9) * 0.05
        water = water + caustic[:, None] * violet * smoothstep(2.6, 0.0, np.hypot(x, z))[:, None]
        rim = 1 - np.abs((hits.ray * hits.normal).sum(axis=0))
        thick = np.abs(hits.normal[1]) < 0.6
        through = wax * 0.8 + dark
        glass = (
            through * rgb(0.82, 0.95, 0.92)
            + reflection * (fresnel(hits, 0.06) * 1.1)[:, None]
            + (rim * 0.05)[:, None]
        )
        glass = np.where(thick[:, None], rgb(0.45, 0.85, 0.75) * (0.35 + 0.5 * rim)[:, None], glass)
        return by_part(which, gloves, gloves, sleeves, sleeves, glass, water)

    camera = Camera((0.0, 3.9, 3.3), (0.0, 0.05, 0.3), 0.33)
    background = np.broadcast_to(dark, (*canvas.shape, 3)).astype(np.float32)
    picture, depth = render(canvas, camera, distance, shade, background, near=2.0, far=12, steps=40)
    picture = depth_of_field(picture, np.clip(np.abs(depth - 5.2) * 1.9 - 0.9, 0, 5), 5)
    return develop(sheet, picture, exposure=1.25, contrast=0.3, grain=2.6, glow=0.3, threshold=0.7, vignette=0.5)
