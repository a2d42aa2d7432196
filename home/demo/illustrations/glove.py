"""A gloved hand and its sleeve as a solid, posed by where it points and how its fingers curl."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from .canvas import Array, mix, smoothstep, unit
from .solid import Hits, facing, fresnel, mirrored, wave

# Knuckle (along, across), bone lengths and thickness for index to little finger; 1 is the length of the palm.
FINGERS = (
    ((1.0, 0.35), (0.48, 0.29, 0.23), 0.108),
    ((1.05, 0.12), (0.54, 0.33, 0.24), 0.112),
    ((1.0, -0.11), (0.5, 0.3, 0.24), 0.106),
    ((0.9, -0.32), (0.39, 0.22, 0.22), 0.092),
)


@dataclass
class Hand:
    """`fingers` is where straight fingers point, `palm` where the palm faces; the thumb is on the side of
    fingers x palm, or on the other with `left`. `curl` (4,) goes from 0, straight, to about 1.6, a fist.
    """

    wrist: ArrayLike
    fingers: ArrayLike
    palm: ArrayLike
    size: float = 1.0
    left: bool = False
    curl: Sequence[float] = (0.3, 0.3, 0.35, 0.4)
    spread: float = 0.08
    thumb: tuple[float, float] = (0.75, 0.35)
    sleeve: ArrayLike | None = None
    bones: list[tuple[Array, Array, float, float, int]] = field(init=False)

    def __post_init__(self) -> None:
        ahead = unit(self.fingers)
        inward = unit(np.asarray(self.palm, np.float32) - ahead * float(ahead @ np.asarray(self.palm, np.float32)))
        side = np.cross(ahead, inward) * (-1 if self.left else 1)
        wrist, size = np.asarray(self.wrist, np.float32), self.size
        self.bones = []

        def place(along: float, across: float, deep: float = 0.0) -> Array:
            return wrist + size * (ahead * along + side * across + inward * deep)

        for i, ((along, across), lengths, thick) in enumerate(FINGERS):
            knuckle = place(along, across)
            self.bones.append((place(0.05, across * 0.45), knuckle, 0.2 * size, (thick + 0.035) * size, 0))
            lean = self.spread * (1.5 - i)
            out = ahead * np.cos(lean) + side * np.sin(lean)
            bend, start = 0.0, knuckle
            for k, length in enumerate(lengths):
                bend += self.curl[i] * (0.75, 1.0, 0.7)[k]
                end = start + size * length * (out * np.cos(bend) + inward * np.sin(bend))
                radii = thick * (1 - 0.1 * k) * size, thick * (0.92 - 0.12 * k) * size
                self.bones.append((start, end, *radii, i + 1))
                start = end
        start = place(0.22, 0.24, 0.08)
        out_angle, in_angle = self.thumb
        for k, (length, thick) in enumerate(((0.44, 0.15), (0.36, 0.122), (0.3, 0.108))):
            angle = out_angle - 0.22 * k
            flat = ahead * np.cos(angle) + side * np.sin(angle)
            tilt = in_angle * (0.6 + 0.5 * k)
            end = start + size * length * (flat * np.cos(tilt) + inward * np.sin(tilt))
            self.bones.append((start, end, thick * size, thick * 0.9 * size, 5))
            start = end
        back = -ahead if self.sleeve is None else unit(self.sleeve)
        elbow = wrist + back * 4.0 * size
        self.bones.append((place(0.1, 0.0), wrist + back * 0.55 * size, 0.235 * size, 0.25 * size, 0))
        self.cuff = (wrist + back * 0.32 * size, elbow, 0.3 * size, 0.5 * size)
        ends = np.stack([end for _, end, *_ in self.bones])
        self.middle = (ends.max(axis=0) + ends.min(axis=0)) / 2
        self.reach = float(np.linalg.norm(ends - self.middle, axis=1).max()) + 0.3 * size
        self._rough = [(wrist, place(0.95, 0.02), np.float32(0.27 * size))]
        tips = [
            i
            for i, bone in enumerate(self.bones)
            if bone[4] and (i + 1 == len(self.bones) - 1 or self.bones[i + 1][4] != bone[4])
        ]
        for tip in tips:
            self._rough.append((self.bones[tip - 2][0], self.bones[tip][1], np.float32(0.08 * size)))
        self._rough.append((wrist, wrist + back * 3.0 * size, np.float32(0.27 * size)))
        flat = [np.stack([b[i] for b in self.bones]).astype(np.float32) for i in (0, 1)]
        self._starts, self._axes = flat[0], flat[1] - flat[0]
        self._squares = (self._axes**2).sum(axis=1)

    def distance(self, point: Array) -> Array:
        """To the glove; beyond its neighbourhood, to a ball that holds it."""
        q = point - self.middle[:, None]
        result = np.sqrt((q * q).sum(axis=0)) - np.float32(self.reach)
        near = result < 0.3 * self.size
        if not near.any():
            return result + np.float32(0.1 * self.size)
        close = np.ascontiguousarray(point[:, near])
        fused: dict[int, Array] = {}
        for i, (_, _, first, last, part) in enumerate(self.bones):
            away = close - self._starts[i][:, None]
            t = np.clip((self._axes[i] @ away) / self._squares[i], 0, 1)
            away = away - self._axes[i][:, None] * t
            bone = np.sqrt((away * away).sum(axis=0)) - (np.float32(first) + t * np.float32(last - first))
            before = fused.get(part)
            fused[part] = (
                bone if before is None else _blend(before, bone, (0.16 if part == 0 else 0.035) * self.size)
            )
        total = fused.pop(0)
        for finger in fused.values():
            total = _blend(total, finger, 0.075 * self.size)
        result = result + np.float32(0.1 * self.size)
        result[near] = total
        return result

    def rough_distance(self, point: Array) -> Array:
        """A quarter of the work: good enough for shadows and reflections of hand and sleeve."""
        result = np.full(point.shape[1], 99, np.float32)
        for start, end, radius in self._rough:
            axis = end - start
            away = point - start[:, None]
            away = away - axis[:, None] * np.clip((axis @ away) / np.float32(axis @ axis), 0, 1)
            result = np.minimum(result, (away * away).sum(axis=0) ** np.float32(0.5) - radius)
        return result

    def sleeve_distance(self, point: Array) -> Array:
        start, end, first, last = self.cuff
        axis = end - start
        away = point - start[:, None]
        t = (axis @ away) / np.float32(axis @ axis)
        clipped = np.clip(t, 0, 1)
        away = away - axis[:, None] * clipped
        fold = 0.02 * self.size * wave(t * 38 + 2 * wave(t * 13) + (point[0] - point[1]) * (5 / self.size))
        radius = np.sqrt((away * away).sum(axis=0)) - (first + clipped * np.float32(last - first)) - fold
        return np.maximum(radius, -t * np.float32(np.sqrt(axis @ axis))) * np.float32(0.85)


def _blend(a: Array, b: Array, softness: float) -> Array:
    h = np.maximum(np.float32(softness) - np.abs(a - b), 0)
    return np.minimum(a, b) - h * h * np.float32(0.25 / softness)


def crease(hits: Hits, size: float, depth: float = 0.1) -> Hits:
    """The same hits with normals disturbed as thin rubber or cloth is, `size` being the hand's."""
    x, y, z = hits.point * np.float32(1 / size)
    bump = wave(x * 23 + 2.5 * wave(y * 9 + z * 7)) + 0.6 * wave(y * 31 + 3 * wave(x * 11 - z * 5))
    other = wave(z * 27 + 2.5 * wave(x * 8)) + 0.6 * wave((x + z) * 37 + 2 * wave(y * 17))
    normal = hits.normal + np.float32(depth) * np.stack([bump * 0.6, other * 0.5, bump * other * 0.5])
    normal = normal / np.sqrt((normal * normal).sum(axis=0))
    return Hits(hits.point, normal.astype(np.float32), hits.ray, hits.depth, hits.index)


def rubber(hits: Hits, colour: ArrayLike, light: ArrayLike, size: float, shade: Array, fill: float = 0.3) -> Array:
    """Colour (n, 3) of a nitrile glove: matt, with a broad shine from the lamp and a pale edge."""
    ruffled = crease(hits, size)
    soft = facing(ruffled, light)
    mirror = mirrored(ruffled)
    shine = np.maximum(unit(light) @ mirror, 0)
    body = np.asarray(colour, np.float32) * ((fill + 0.85 * soft) * shade)[:, None]
    gloss = 0.2 * shine**8 + 0.4 * shine**50 + 0.45 * fresnel(ruffled, 0.03) * smoothstep(-0.3, 0.6, mirror[1])
    return mix(body, 1.0, (gloss * 0.6 * shade)[:, None])


def cloth(hits: Hits, colour: ArrayLike, light: ArrayLike, size: float, shade: Array, fill: float = 0.3) -> Array:
    """Colour (n, 3) of a cotton sleeve with its folds and weave."""
    ruffled = crease(hits, size * 1.6, 0.3)
    x, y, z = hits.point * np.float32(1 / size)
    weave = 1 + 0.08 * wave((x + y) * 170) * wave((y - z) * 170)
    soft = fill + 0.8 * facing(ruffled, light)
    return np.asarray(colour, np.float32) * (soft * shade * weave)[:, None]
