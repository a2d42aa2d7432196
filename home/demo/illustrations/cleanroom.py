"""A clean room that is yellow from end to end."""

from math import pi

import numpy as np
from PIL import Image

from .canvas import (
    Array,
    Canvas,
    blur,
    box,
    coverage,
    develop,
    mix,
    resize,
    smoothstep,
    tint,
)
from .figure import Limb, around, cloth_normals, swell
from .registry import motif
from .room import Room, Surface
from .solid import Camera

PANEL, TILE, BENCH, RACK, PERFORATED, SHEET = range(1, 7)


@motif("yellow-disc")
def yellow_disc(canvas: Canvas) -> Image.Image:
    """A clean room where only yellow light is allowed, and one bare wafer held up to it."""
    camera = Camera(eye=(-0.25, 1.5, 4.2), target=(0.05, 1.38, -4.0), lens=0.50)
    room = Room(canvas, camera)
    room.quad((-2.4, 0, 5), (4.8, 0, 0), (0, 0, -19), PERFORATED)
    room.quad((-2.4, 2.75, 5), (4.8, 0, 0), (0, 0, -19), PANEL)
    room.quad((-2.4, 0, 5), (0, 0, -19), (0, 2.75, 0), TILE)
    room.quad((2.4, 0, 5), (0, 0, -19), (0, 2.75, 0), TILE)
    room.quad((-2.4, 0, -13), (4.8, 0, 0), (0, 2.75, 0), SHEET)
    for k in range(6):
        z = 1.9 - k * 2.35
        room.box((-1.85, 0.45, z), (1.1, 0.9, 1.9), BENCH)
        room.box((-2.0, 1.5, z - 0.1), (0.8, 0.85, 1.2), RACK)
        room.box((1.95, 1.05, z - 0.7), (0.9, 2.1, 1.6), RACK)
        room.tube((-1.6, 0.9, z + 0.55), (-1.6, 1.25, z + 0.55), 0.11, BENCH, BENCH)
        room.tube((1.7, 2.1, z - 0.7), (1.7, 2.75, z - 0.7), 0.12, BENCH)
    haze_noise = resize(canvas.coarser(3).fbm("haze", 5, 4), canvas.shape).ravel()
    tones = room.tones("tones", 0.8, 1.1)
    yellow, cream, dark = canvas.palette[1], canvas.palette[2], canvas.palette[0]

    def light(s: Surface) -> Array:
        along = 0.55 + 0.45 * np.cos(s.z / 2.35 * 2 * pi)
        down = (
            np.maximum(s.ny, 0) * 0.8
            + 0.25
            + 0.25 * np.abs(s.nx) * smoothstep(0.3, 2.7, s.y)
            + 0.12 * np.maximum(s.nz, 0)
        )
        low = 0.35 + 0.65 * smoothstep(0.0, 2.2, s.y)
        tone = down * low * tones[s.part] * (0.8 + 0.3 * along)
        # Ceiling: filters in a grid, every other one a lamp.
        gx, gz = (s.u / 1.2) % 1, (s.v / 1.175) % 1
        seam = smoothstep(0.04, 0.015, np.minimum(0.5 - np.abs(gx - 0.5), 0.5 - np.abs(gz - 0.5)) * 1.2)
        lit = (
            ((np.floor(s.u / 1.2) + np.floor(s.v / 1.175)) % 2)
            * smoothstep(0.5, 0.40, np.abs(gx - 0.5))
            * smoothstep(0.5, 0.42, np.abs(gz - 0.5))
        )
        ceiling = (0.35 + 3.4 * lit) * (1 - 0.7 * seam)
        hole = smoothstep(
            0.34, 0.22, np.sqrt(((s.u / 0.05) % 1 - 0.5) ** 2 + ((s.v / 0.05) % 1 - 0.5) ** 2)
        ) * smoothstep(7, 3, s.depth)
        plate = smoothstep(
            0.012, 0.004, np.minimum(0.3 - np.abs((s.u % 0.6) - 0.3), 0.3 - np.abs((s.v % 0.6) - 0.3))
        )
        gloss = 0.9 * (1 - np.abs(s.ry)) ** 3
        mx = s.x + s.rx * (2.75 + 0.0 * s.x) / np.maximum(-s.ry, 0.05)
        mz = s.z + s.rz * 2.75 / np.maximum(-s.ry, 0.05)
        twin = ((np.floor((mx + 2.4) / 1.2) + np.floor((5 - mz) / 1.175)) % 2) * (np.abs(mx) < 2.3)
        soft_twin = 0.3 + 0.7 * twin * smoothstep(0.5, 0.3, np.abs(((mx + 2.4) / 1.2) % 1 - 0.5)) * smoothstep(
            0.5, 0.3, np.abs(((5 - mz) / 1.175) % 1 - 0.5)
        )
        floor = 0.30 * (1 - 0.75 * hole) * (1 - 0.5 * plate) * (0.75 + 0.4 * along) + gloss * soft_twin * 1.5 * (
            1 - 0.6 * hole
        )
        panels = smoothstep(0.010, 0.004, np.abs(((s.u if True else s.v) % 1.2) - 0.6) * -1 + 0.6)
        window = (s.v > 0.95) & (s.v < 1.9) & (np.abs((s.u % 2.4) - 1.2) < 0.85)
        tile = tone * 0.55 * (1 - 0.5 * panels)
        tile = np.where(window & (s.kind == TILE), 0.10 + 0.5 * tone * (np.abs((s.u % 2.4) - 1.2) > 0.82), tile)
        face = smoothstep(0.01, 0.006, np.abs(s.v - 0.6)) + smoothstep(0.01, 0.006, np.abs(s.u - 0.55))
        rack = tone * (0.42 - 0.22 * np.minimum(face, 1)) * (1 + 0.25 * (np.sin(s.v * 70) > 0.6) * (s.v < 0.4))
        lampdot = (np.abs(s.u - 0.2) < 0.018) & (np.abs(s.v - 1.45) < 0.018) & (s.kind == RACK)
        k = s.kind
        total = np.where(
            k == PANEL,
            ceiling,
            np.where(
                k == PERFORATED,
                floor,
                np.where(k == TILE, tile, np.where(k == RACK, rack, np.where(k == SHEET, 0.9, tone * 0.9))),
            ),
        )
        total = total + 3.0 * lampdot + 0.02 * haze_noise[s.index]
        fog = (1 - np.exp(-s.depth * 0.055))[:, None]
        colour = mix(
            yellow[None] * [1.0, 0.82, 0.0],
            cream[None] * [1.1, 0.98, 0.30],
            smoothstep(0.7, 3.2, total)[:, None],
        )
        colour = mix(dark[None] * 2.0, colour, smoothstep(0.0, 0.45, total)[:, None])
        return colour * total[:, None] * (1 - 0.75 * fog) + yellow * [1.0, 0.85, 0.02] * fog * 0.85

    picture = room.shade(light, np.zeros((*canvas.shape, 3), np.float32))
    half = canvas.coarser(2)
    back = resize(picture, half.shape)
    picture = resize(blur(back, half.width * 0.0026), canvas.shape)
    picture *= 0.66
    glow = np.exp(-((half.x - 0.05) ** 2 + (half.y + 0.02) ** 2) / 0.16) * 0.55
    picture += resize(tint(glow, yellow * [1.0, 0.86, 0.05]), canvas.shape)
    _technician(canvas, picture)
    soft = canvas.coarser(4)
    shaft = np.exp(-(((soft.x + 0.40 - 0.18 * (soft.y + 1)) / 0.30) ** 2)) * smoothstep(0.9, -1.0, soft.y) * 0.20
    picture += resize(tint(shaft * (1 + 0.2 * soft.fbm("air", 3, 4)), yellow * [1, 0.88, 0.1]), canvas.shape)
    return develop(canvas, picture, exposure=1.15, contrast=0.4, vignette=0.4, grain=2.6, glow=0.25, threshold=0.9)


def _technician(canvas: Canvas, picture: Array) -> None:
    """A hooded white suit against the lamps, mask up, one arm lifting a wafer; painted over `picture` in place."""
    yellow, cream = canvas.palette[1], canvas.palette[2]
    rows, columns = canvas.patch(0.02, 0.16, 0.62, 0.92)
    x, y = canvas.x[:, columns], canvas.y[rows]
    warp = resize(canvas.coarser(4).fbm("cloth", 5, 4), canvas.shape)[rows, columns]
    lean = y * 26 + x * 9 + 1.5 * warp
    folds = (np.sin(lean) * 0.6 + np.sin(lean * 2.1 + 2 * warp) * 0.35 + 0.8 * warp) * 0.0042
    fx, fy = x + 0.005 * warp, y + 0.004 * warp
    target = picture[rows, columns]
    # Contact with the floor, and the figure's long twin in its polish.
    ground = np.exp(-(((x - 0.13) / 0.20) ** 2) - ((y - 0.93) / 0.035) ** 2)
    target *= 1 - 0.7 * ground[..., None]

    def cloth(limbs: list[Limb], soft: float, full: float, gain: float = 1.0) -> None:
        here = around(x, y, limbs)
        ground = target[here]
        distance, height = swell(fx[here], fy[here], limbs, soft, full)
        crease = folds[here] * smoothstep(0.0, -0.03, distance)
        nx, ny, nz = cloth_normals(height, crease, canvas.pixel, 0.006)
        top = np.maximum(-0.85 * ny - 0.35 * nx + 0.05, 0)
        tone = (
            (0.60 * top + 0.15 + 0.07 * nz + 0.08 * np.maximum(nx, 0))
            * gain
            * (1 - 0.35 * smoothstep(0.0, 0.9, y[here[0]]))
        )
        rim = np.exp(np.minimum(distance, 0) / np.float32(0.0075)) * (
            0.35 + 0.65 * smoothstep(0.5, -0.6, ny + 0.2 * nx)
        )
        tone = tone + 0.75 * rim
        colour = mix(yellow * [0.85, 0.55, 0.0], cream * [1.15, 0.98, 0.3], smoothstep(0.1, 1.0, tone))
        cover = coverage(distance, canvas.pixel * 1.8)[..., None]
        ground += (colour * tone[..., None] - ground) * cover

    cloth(
        [
            (0.135, 0.10, 0.125, 0.135, 0.36, 0.128),
            (0.085, 0.34, 0.080, 0.060, 0.85, 0.058),
            (0.188, 0.34, 0.080, 0.215, 0.86, 0.058),
            (0.05, 0.885, 0.036, 0.0, 0.905, 0.026),
            (0.215, 0.89, 0.038, 0.180, 0.912, 0.027),
            (0.055, -0.045, 0.066, 0.225, -0.04, 0.068),
            (0.14, 0.0, 0.122, 0.135, 0.12, 0.122),
            (0.135, -0.16, 0.055, 0.14, -0.03, 0.11),
            (0.252, -0.02, 0.052, 0.292, 0.20, 0.046),
            (0.292, 0.20, 0.045, 0.270, 0.38, 0.035),
            (0.268, 0.41, 0.026, 0.262, 0.46, 0.024),
            (0.122, -0.235, 0.078, 0.128, -0.195, 0.072),
            (0.035, -0.055, 0.056, -0.105, -0.175, 0.046),
            (-0.105, -0.175, 0.045, -0.172, -0.325, 0.031),
        ],
        0.035,
        0.06,
    )
    # Goggles and mask at the edge of the hood, lifted towards the light.
    ox, oy = fx - 0.062, fy + 0.226
    opening = box(ox - 0.12 * oy, oy, 0.026, 0.050, 0.026)
    inside = coverage(opening, canvas.pixel * 2.5)[..., None]
    mask = smoothstep(-0.004, 0.008, oy - 0.002 + 0.3 * ox)
    tone = mix(np.full_like(warp, 0.05), 0.26 - 3 * ox, mask) + 0.5 * smoothstep(
        0.006, 0.0, np.abs(oy + 0.026 + 0.6 * ox)
    ) * (1 - mask)
    target += (tint(np.maximum(tone, 0.02), yellow * [0.9, 0.68, 0.03]) - target) * inside
    wx, wy, radius = -0.205, -0.545, 0.165
    u, v = (x - wx) / radius, (y - wy) / radius
    u, v = (u * 0.90 + v * 0.43) / 0.74, v * 0.90 - u * 0.43
    r = np.sqrt(u * u + v * v)
    disc = np.maximum((r - 1) * radius * 0.85, (v - 0.95) * radius)
    cover = coverage(disc, canvas.pixel * 1.3)[..., None]
    film = 0.5 + 0.5 * np.cos(2 * pi * (0.9 * r * r + 0.8 * u + 0.5 * v))
    fine = 0.5 + 0.5 * np.cos(2 * pi * (8 * r**6))
    spokes = np.maximum(np.cos(np.arctan2(v + 0.02, u + 0.01) * 2 - 1.1), 0) ** 14
    sweep = np.exp(-(((u * 0.80 + v * 0.60 + 0.25) / 0.26) ** 2))
    tone = (
        0.16
        + 0.22 * (0.5 - 0.5 * v)
        + 0.16 * film
        + 1.5 * spokes * (0.5 + 0.5 * film) * smoothstep(0.0, 0.4, r)
        + 0.9 * sweep
    )
    tone += 0.18 * smoothstep(0.84, 1.0, r) * fine
    colour = mix(
        yellow * [1.05, 0.58, 0.0],
        cream * [1.0, 1.03, 0.42],
        np.clip(0.05 + 0.45 * film * spokes + 0.7 * sweep, 0, 1),
    )
    rim = smoothstep(0.005, 0.0015, np.abs(disc + 0.0025))
    target += (colour * (tone * 1.15 + 1.2 * rim)[..., None] - target) * cover
    cloth(
        [
            (-0.175, -0.33, 0.026, -0.182, -0.365, 0.027),
            (-0.190, -0.365, 0.012, -0.212, -0.408, 0.0095),
            (-0.165, -0.365, 0.012, -0.158, -0.412, 0.0095),
            (-0.178, -0.37, 0.012, -0.185, -0.418, 0.0095),
        ],
        0.012,
        0.022,
        0.8,
    )
    # One point of the edge throws the lamps straight back.
    sx, sy = x - (wx - 0.040), y - (wy - 0.118)
    star = np.exp(-(sx * sx + sy * sy) / 0.0004) * 2.4
    target += tint(star, cream * [1.05, 1.0, 0.6])
