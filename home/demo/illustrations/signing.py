"""Two hands speak on a floor too loud for voices."""

from typing import Any

import numpy as np
from PIL import Image

from .canvas import Array, Canvas, blur, bokeh, develop, mix, resize, rgb, smoothstep
from .glove import Hand, cloth, crease
from .registry import motif
from .solid import (
    Camera,
    Hits,
    ball,
    block,
    by_part,
    capsule,
    disc,
    facing,
    mirrored,
    nearest,
    render,
    towards,
    wave,
)


@motif("hands-wave")
def hands_wave(canvas: Canvas) -> Image.Image:
    """A sign in mid-air under yellow light; behind it, soft, the signer and two colleagues at a steel frame."""
    sheet, canvas = canvas, canvas.coarser(2.2)
    navy, yellow, pale = canvas.palette
    lamp = (0.6, 0.7, 0.4)
    behind = canvas.coarser(2.4)
    back = _floor(behind, navy, yellow, pale)
    back = blur(back, behind.width / 150)
    signer, mask = _signer(behind, navy, yellow, pale)
    soft = behind.width / 95
    cover = blur(mask, soft)[..., None]
    back = back * (1 - cover) + blur(signer * mask[..., None], soft)
    back = resize(back, canvas.shape)

    pose: dict[str, Any] = {"size": 0.62, "spread": 0.17}
    hands = (
        Hand(
            (-0.98, -0.98, 0.1),
            (0.2, 0.97, 0.12),
            (0.35, -0.1, 1.0),
            left=False,
            curl=(0.12, 0.1, 0.14, 0.2),
            thumb=(1.0, 0.25),
            sleeve=(-0.45, -0.9, -0.35),
            **pose,
        ),
        Hand(
            (1.0, -0.8, 0.0),
            (-0.42, 0.9, 0.2),
            (-0.35, -0.2, 1.0),
            left=True,
            curl=(0.16, 0.22, 0.9, 1.0),
            thumb=(0.9, 0.35),
            sleeve=(0.5, -0.85, -0.4),
            **pose,
        ),
    )

    def distance(point: Array) -> Array:
        rest = np.minimum(hands[0].distance(point), hands[1].distance(point))
        return np.minimum(rest, np.minimum(hands[0].sleeve_distance(point), hands[1].sleeve_distance(point)))

    def shade(hits: Hits) -> Array:
        ruffled = crease(hits, 0.5, 0.06)
        warm = 1 - np.clip(-(hits.ray * hits.normal).sum(axis=0), 0, 1)
        x, y, _ = hits.point * np.float32(9)
        lines = 1 - 0.1 * np.abs(wave(x * 3 + 1.6 * wave(y * 2))) ** 6 - 0.05 * wave(y * 17 + 2 * wave(x * 9))
        tone = mix(rgb(0.58, 0.37, 0.28), rgb(0.62, 0.28, 0.17), warm[:, None] ** 1.5)
        key = facing(ruffled, lamp)
        rim = facing(hits, (-0.85, 0.35, -0.35))
        over = facing(hits, (0.75, 0.5, -0.5))
        shine = np.maximum(towards(mirrored(ruffled), lamp), 0) ** 10 * 0.1
        skin = tone * ((0.07 + 0.62 * key) * lines)[:, None] * (pale * 0.8 + yellow * 0.3)
        skin += (0.55 * rim * warm)[:, None] * rgb(0.45, 0.62, 0.9) * tone * 3
        skin += (1.5 * over * warm)[:, None] * (yellow * 0.6 + 0.3) * tone * 2 + shine[:, None] * yellow
        sleeve = cloth(hits, navy * 1.8, lamp, 0.5, np.ones_like(key), 0.1)
        band = np.minimum(
            *(np.abs(np.sqrt(((hits.point - h.cuff[0][:, None]) ** 2).sum(axis=0)) - 0.3) for h in hands)
        )
        sleeve = np.where((band < 0.07)[:, None], pale * (0.12 + 0.9 * key)[:, None], sleeve)
        sleeve += (0.5 * over * warm)[:, None] * yellow * 0.5 + (0.4 * rim * warm)[:, None] * np.array(
            [0.2, 0.3, 0.45]
        )
        on_hand = np.minimum(hands[0].distance(hits.point), hands[1].distance(hits.point))
        on_sleeve = np.minimum(hands[0].sleeve_distance(hits.point), hands[1].sleeve_distance(hits.point))
        return np.where((on_hand < on_sleeve)[:, None], skin, sleeve)

    camera = Camera((0.0, 0.1, 5.0), (0.0, 0.05, 0.0), 0.275)
    nothing = canvas.empty()
    front, depth = render(canvas, camera, distance, shade, nothing, near=3, far=8, steps=36)
    shape = (depth < 8).astype(np.float32)
    # The shutter catches the hands still for most of its time, then as they open outwards and up.
    small = canvas.coarser(3)
    trail, ghost = small.empty(), np.zeros(small.shape, np.float32)
    thin, outline = resize(front, small.shape), resize(shape, small.shape)
    steps = np.linspace(0, 1, 26)
    for t in steps:
        for side in (-1, 1):
            half = (small.x * side >= 0).astype(np.float32) * outline
            shift = -round(0.06 * t * t / small.pixel), round(side * 0.15 * t * t / small.pixel)
            trail += np.roll(thin * half[..., None], shift, axis=(0, 1))
            ghost += np.roll(half, shift, axis=(0, 1))
    share = np.float32(0.4 / len(steps))
    light = front * (0.6 * shape)[..., None] + resize(trail * share, canvas.shape)
    cover_ = 0.6 * shape + resize(ghost * share, canvas.shape)
    picture = back * (1 - cover_[..., None]) + light
    return develop(sheet, picture, exposure=1.4, contrast=0.3, grain=3.0, glow=0.25, threshold=0.9, vignette=0.45)


def _person(point: Array, x: float, y: float, z: float, turn: float = 0.0) -> tuple[Array, Array, Array]:
    """A standing figure from the waist up: distances to clothes, to skin and to hard hat with ear defenders."""
    p = point - np.array([x, y, z], np.float32)[:, None]
    cos, sin = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    p = np.stack([p[0] * cos + p[2] * sin, p[1], p[2] * cos - p[0] * sin])
    mirrored_ = np.stack([np.abs(p[0]), p[1], p[2]])
    chest = capsule(p, (0, -0.55, 0), (0, -1.3, 0.02), 0.36, 0.34)
    shoulders = capsule(mirrored_, (0.12, -0.5, 0), (0.44, -0.62, 0), 0.19, 0.16)
    arms = capsule(mirrored_, (0.5, -0.65, 0), (0.62, -1.3, 0.1), 0.15, 0.12)
    h = np.maximum(0.2 - np.abs(chest - shoulders), 0)
    clothes = np.minimum(np.minimum(chest, shoulders) - h * h * np.float32(1.25), arms)
    skin = np.minimum(
        capsule(p, (0, 0.05, 0.02), (0, -0.14, 0.07), 0.2, 0.15), capsule(p, (0, -0.2, 0), (0, -0.4, 0), 0.11)
    )
    dome = np.maximum(ball(p, (0, 0.12, 0.0), 0.265), 0.08 - p[1])
    brim = np.maximum(disc(p, (0, 0.09, 0.07), 0.32, 0.016), -0.12 - p[2])
    cups = capsule(mirrored_, (0.2, -0.02, 0.0), (0.25, -0.02, 0.0), 0.1, 0.095)
    return clothes, skin, np.minimum(np.minimum(dome, brim), cups)


def _signer(canvas: Canvas, navy: Array, yellow: Array, pale: Array) -> tuple[Array, Array]:
    """The woman who signs, soft because the lens is focused on her hands."""
    lamp = (0.6, 0.7, 0.35)

    def parts(point: Array) -> tuple[Array, Array, Array]:
        return _person(point, 0.0, 0.66, -0.8)

    def distance(point: Array) -> Array:
        return np.minimum(np.minimum(*parts(point)[:2]), parts(point)[2])

    def shade(hits: Hits) -> Array:
        x, y, _ = hits.point
        which = nearest(*parts(hits.point))
        light = (0.06 + 0.75 * facing(hits, lamp))[:, None] * (pale * 0.45 + yellow * 0.6)
        light = light + (0.35 * facing(hits, (-0.9, 0.2, -0.2)))[:, None] * rgb(0.3, 0.45, 0.7)
        vest = np.where(
            (np.abs(np.abs(x) - 0.2) < 0.05)[:, None] | (np.abs(y + 0.28) < 0.05)[:, None],
            pale * 0.9,
            yellow * rgb(0.8, 1.0, 0.25) * 0.75,
        )
        vest = np.where((np.abs(x) < 0.06)[:, None], navy * 1.4, vest)
        face = rgb(0.56, 0.31, 0.21)
        eyes = (np.abs(np.abs(x) - 0.075) < 0.032) & (np.abs(y - 0.66) < 0.018)
        mouth = (np.abs(x) < 0.06) & (np.abs(y - 0.51) < 0.014)
        skin = np.where((eyes | mouth)[:, None], face * 0.35, face)
        cups = (np.abs(x) > 0.19) & (y < 0.76)
        hat = np.where(cups[:, None], rgb(0.35, 0.03, 0.02), pale * 0.95)
        return by_part(which, vest * light, skin * light * 1.5, hat * light * 1.2)

    camera = Camera((0.0, 0.1, 5.0), (0.0, 0.05, 0.0), 0.275)
    picture, depth = render(canvas, camera, distance, shade, canvas.empty(), near=3, far=9, steps=32)
    return picture, (depth < 9).astype(np.float32)


def _floor(canvas: Canvas, navy: Array, yellow: Array, pale: Array) -> Array:
    """The test floor: a steel frame, two watching colleagues, tall windows and warm lamps."""

    def people(point: Array) -> tuple[Array, Array, Array]:
        first, second = _person(point, -1.35, 0.35, -4.3, 0.5), _person(point, 1.5, 0.25, -4.7, -0.5)
        return tuple(np.minimum(a, b) for a, b in zip(first, second, strict=True))  # type: ignore[return-value]

    def frame(point: Array) -> Array:
        x, y, z = np.abs(point[0]), point[1], point[2] + np.float32(5.6)
        posts = np.maximum(np.abs(x - 2.15) - 0.2, np.abs(z) - 0.2)
        beam = np.maximum(np.abs(y - 1.35) - 0.24, np.maximum(np.abs(z) - 0.22, x - 2.4))
        ram = np.maximum(np.sqrt(x * x + z * z) - 0.2, np.abs(y - 0.75) - 0.5)
        low = block(point, (0, -1.1, -5.6), (2.3, 0.2, 0.4), 0.02)
        return np.minimum(np.minimum(posts, beam), np.minimum(ram, low))

    def distance(point: Array) -> Array:
        first, second, third = people(point)
        return np.minimum(np.minimum(first, second), np.minimum(third, frame(point)))

    def shade(hits: Hits) -> Array:
        first, second, third = people(hits.point)
        which = nearest(first, second, third, frame(hits.point))
        light = (0.1 + 0.8 * facing(hits, (0.5, 0.75, 0.35)))[:, None] * (pale * 0.35 + yellow * 0.55)
        light = light + (0.3 * facing(hits, (-0.9, 0.2, 0.1)))[:, None] * rgb(0.3, 0.45, 0.7)
        skin = rgb(0.5, 0.28, 0.19)
        return by_part(which, navy * 2.2 * light, skin * light * 1.4, yellow * light * 1.1, pale * 0.32 * light)

    wall = canvas.empty() + navy * 0.5
    panes = smoothstep(0.36, 0.33, np.abs(np.mod(canvas.x + 0.2, 0.9) - 0.45)) * smoothstep(-0.12, -0.16, canvas.y)
    wall += panes[..., None] * rgb(0.2, 0.3, 0.42) * (0.75 - 0.4 * canvas.y)[..., None]
    random = canvas.random("lamps")
    places = np.stack([random.uniform(-1.5, 1.5, 20), random.uniform(-1.0, -0.2, 20)], axis=1)
    bokeh(canvas, wall, places, random.uniform(0.04, 0.1, 20), yellow * random.gamma(1.5, 0.28, (20, 1)))
    camera = Camera((0.0, 0.1, 5.0), (0.0, 0.05, 0.0), 0.275)
    picture, depth = render(canvas, camera, distance, shade, wall, near=6, far=14, steps=32)
    haze = ((depth > 6) & (depth < 14))[..., None] * np.float32(0.25)
    return mix(picture, navy * 0.6 + yellow * 0.08, haze)
