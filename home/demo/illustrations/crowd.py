"""People in a queue under umbrellas."""

from math import pi

import numpy as np

from .canvas import (
    Array,
    Canvas,
    coverage,
    linear,
    resize,
    smoothstep,
)
from .figure import Limb, around, cloth_normals, swell
from .solid import Camera


def queue(canvas: Canvas, camera: Camera, picture: Array, grey: Array) -> None:
    """People under umbrellas, painted far to near."""
    random = canvas.random("queue")
    coats = [
        "#2b3440",
        "#4a4038",
        "#37474f",
        "#c62828",
        "#26302a",
        "#5a5048",
        "#2c2f3a",
        "#394b5c",
        "#4b2f38",
    ]
    canopies = [
        "#1d2227",
        "#2f5d73",
        "#20242a",
        "#b9c2c6",
        "#7a2430",
        "#d8a12f",
        "#23282e",
        "#3d5a48",
        "#2a2a30",
    ]
    folk = [
        (0.20 + k * 0.60 + random.normal(0, 0.05) - 0.75 * (k == 0), 1.05 + random.normal(0, 0.14) + 0.05 * k, k)
        for k in range(9)
    ]
    for x, z, k in sorted(folk, key=lambda p: p[1]):
        tall = random.uniform(1.52, 1.80) * (0.72 if k == 5 else 1)
        base = camera.project(np.array([[x], [0.0], [z]], np.float32))
        px, py, depth = (float(v[0]) for v in base)
        scale = 1 / (depth * camera.lens)
        _person(canvas, picture, px, py, tall * scale, linear(coats[k]), linear(canopies[k]), k, random, grey)


def _person(
    canvas: Canvas,
    picture: Array,
    px: float,
    py: float,
    tall: float,
    coat: Array,
    canopy: Array,
    number: int,
    random: np.random.Generator,
    grey: Array,
) -> None:
    rows, columns = canvas.patch(px, py - tall * 0.55, tall * 0.48, tall * 0.78)
    if columns.stop - columns.start < 4:
        return
    x, y = (canvas.x[:, columns] - px) / tall, (canvas.y[rows] - py) / tall
    pixel = canvas.pixel / tall
    target = picture[rows, columns]
    noise = resize(canvas.coarser(3).fbm(f"coat{number % 3}", 14, 4), canvas.shape)[rows, columns]
    fx, fy = x + 0.006 * noise, y + 0.004 * noise
    sway, step = random.normal(0, 0.02), random.uniform(0.02, 0.06)
    folds = (np.sin(y * 30 + x * 10 + noise) * 0.3 + noise * 0.5) * 0.006

    def paint(limbs: list[Limb], colour: Array, soft: float, full: float, wet: float = 0.10) -> None:
        here = around(x, y, limbs)
        ground = target[here]
        shape, height = swell(fx[here], fy[here], limbs, soft, full)
        nx, ny, nz = cloth_normals(height, folds[here] * smoothstep(0, -0.02, shape), pixel, 0.006)
        sky = np.maximum(0.42 - 0.50 * ny + 0.16 * nz, 0)
        warm = np.maximum(-0.85 * nx + 0.15 * nz, 0) * np.exp(-(px + 0.35) / 0.55)
        lit = colour * grey * (sky * 1.35)[..., None] + colour * linear("#ffd9a0") * (warm * 0.9)[..., None]
        lit += grey * (wet * np.maximum(nz * 0.6 - ny * 0.7, 0) ** 8)[..., None]
        ground += (lit - ground) * coverage(shape, pixel * 1.8)[..., None]

    trousers = coat * 0.12 + linear("#23262c") * 0.8
    paint(
        [
            (-0.045, -0.42, 0.060, -0.055 - step * 0.3, -0.05, 0.036),
            (0.05, -0.42, 0.060, 0.06 + step * 0.3, -0.05, 0.036),
        ],
        trousers,
        0.02,
        0.05,
    )
    paint(
        [(-0.060, -0.03, 0.030, -0.095, -0.018, 0.022), (0.064, -0.03, 0.030, 0.03, -0.018, 0.022)],
        linear("#15130f"),
        0.01,
        0.03,
        0.3,
    )
    paint(
        [(0.0, -0.70, 0.105, 0.0, -0.40, 0.118), (-0.085, -0.77, 0.045, 0.085, -0.77, 0.045)],
        coat,
        0.06,
        0.09,
    )
    paint(
        [(0.12, -0.75, 0.046, 0.145, -0.55, 0.038), (0.145, -0.55, 0.036, 0.115, -0.44, 0.028)],
        coat * 0.9,
        0.02,
        0.04,
    )
    paint(
        [(sway, -0.925, 0.062, sway, -0.885, 0.055), (sway, -0.86, 0.04, 0, -0.80, 0.05)],
        linear("#3a2a20") if number % 2 else linear("#5c4636"),
        0.02,
        0.05,
        0.03,
    )
    paint(
        [(-0.12, -0.75, 0.045, -0.155, -0.63, 0.036), (-0.155, -0.63, 0.034, -0.075, -0.72, 0.028)],
        coat * 1.05,
        0.02,
        0.04,
    )
    # Umbrella: a shallow dome with scalloped hem and ribs, shading from crown to hem, wet along its ridges.
    cx, top = -0.03 + sway, -1.20
    u, v = (x - cx) / 0.40, (y - top) / 0.24
    rim = 0.80 + 0.10 * np.abs(np.cos(u * pi * 2.0)) - 0.05 * u * u
    dome = np.maximum(u * u + np.maximum(1 - v, 0) ** 2 * 0.98 - 1, v - rim)
    sector = np.arcsin(np.clip(u / np.sqrt(np.maximum(1 - np.maximum(1 - v, 0) ** 2, 0.05)), -1, 1)) / pi * 6
    panel = np.abs(sector % 1 - 0.5) * 2
    tone = (0.42 + 0.55 * np.maximum(1 - v, 0) - 0.18 * u) * (0.82 + 0.18 * (1 - panel**3))
    gleam = np.exp(-(((panel - 0.35) / 0.16) ** 2)) * np.maximum(0.85 - v, 0) ** 2 * 0.45
    lit = (
        canopy * grey * (tone * 2.4)[..., None]
        + grey * (gleam * 0.8)[..., None]
        + canopy * linear("#ffd9a0") * (0.35 * np.maximum(-u, 0) * np.exp(-(px + 0.35) / 0.5))[..., None]
    )
    lit *= (1 - 0.45 * smoothstep(0.90, 1.0, panel))[..., None]
    pole = np.maximum(np.abs(x - cx + 0.02 * (y + 0.9)) - 0.006, np.maximum(-1.20 - y, y + 0.68))
    target += (np.array([0.05, 0.05, 0.055], np.float32) - target) * coverage(pole, pixel * 1.4)[..., None]
    hollow = np.maximum(np.abs(u) - 0.93 + 0.25 * np.maximum(v - 0.7, 0), np.maximum(0.70 - v, v - 0.93))
    target += (canopy * grey * 0.35 - target) * coverage(hollow * 0.25, pixel * 2)[..., None]
    target += (lit - target) * coverage(dome * 0.20, pixel * 1.6)[..., None]
    spike = np.maximum(np.abs(x - cx) - 0.006, np.maximum(-1.245 - y, y + 1.19))
    target += (np.array([0.03, 0.03, 0.03], np.float32) - target) * coverage(spike, pixel * 1.4)[..., None]
