"""A boiler house before dawn."""

import numpy as np
from PIL import Image

from .canvas import (
    Array,
    Canvas,
    develop,
    linear,
    resize,
    smoothstep,
    tint,
)
from .night import FLOOR, METAL
from .registry import motif
from .room import Room, Surface, lamp
from .solid import Camera

SHELL, FRONT, RIM, WINDOW, PIPE, GLASS, BAR, BRICK, RAIL, DIAL = range(10, 20)


@motif("four-flames")
def four_flames(canvas: Canvas) -> Image.Image:
    """Four blue boilers fire one after another under a frosted roof, before sunrise."""
    camera = Camera(eye=(3.5, 2.15, 4.6), target=(-0.75, 1.85, -4.2), lens=0.50)
    room = Room(canvas, camera)
    room.quad((-9, 0, 8), (18, 0, 0), (0, 0, -28), FLOOR)
    room.quad((-5.5, 0, 8), (0, 0, -28), (0, 4.6, 0), BRICK)
    room.quad((-9, 0, -15), (18, 0, 0), (0, 9, 0), BRICK)
    room.quad((6.5, 0, 8), (0, 0, -28), (0, 4.6, 0), BRICK)
    room.quad((-5.5, 4.4, 8), (0, 0, -28), (6.0, 2.6, 0), GLASS)
    room.quad((6.5, 4.4, 8), (0, 0, -28), (-6.0, 2.6, 0), GLASS)
    for i in range(8):
        z = 4.5 - i * 2.6
        room.tube((-5.5, 4.28, z), (0.5, 6.86, z), 0.09, BAR)
        room.tube((6.5, 4.28, z), (0.5, 6.86, z), 0.09, BAR)
        room.tube((-5.5, 4.28, z), (6.5, 4.28, z), 0.06, BAR)
    fires: list[tuple[float, float, float]] = []
    for i in range(4):
        z = 0.6 - i * 3.05
        r, y = 1.18, 1.62
        room.tube((-5.4, y, z), (-0.6, y, z), r, SHELL)
        room.disc((-0.6, y, z), (0, 0, r), (0, r, 0), FRONT)
        for back in (-0.75, -1.9, -3.4):
            room.tube((back - 0.06, y, z), (back + 0.06, y, z), r * 1.025, RIM, RIM)
        room.tube((-0.6, y, z), (-0.52, y, z), r * 1.04, RIM)
        room.disc((-0.52, y, z), (0, 0, r * 1.04), (0, r * 1.04, 0), RIM, 0.86)
        room.tube((-0.6, y - 0.32, z), (-0.2, y - 0.32, z), 0.44, PIPE, FRONT)
        room.tube((-0.2, y - 0.32, z), (-0.14, y - 0.32, z), 0.29, RIM, RIM)
        room.disc((-0.135, y - 0.32, z), (0, 0, 0.225), (0, 0.225, 0), WINDOW)
        fires.append((0.0, y - 0.32, z))
        room.tube((-0.6, y + 0.62, z), (-0.5, y + 0.62, z), 0.15, RIM, DIAL)
        room.box((-0.57, y + 0.15, z - 0.62), (0.1, 0.5, 0.3), METAL)
        room.box((-0.35, 0.3, z), (0.6, 0.6, 1.1), METAL)
        for dz in (-0.8, 0.8):
            room.box((-1.2, 0.28, z + dz), (0.25, 0.56, 0.2), METAL)
            room.box((-4.2, 0.28, z + dz), (0.25, 0.56, 0.2), METAL)
        room.tube((-1.4, y + 1.0, z), (-1.4, 3.85, z), 0.21, PIPE)
        room.tube((-2.8, y + 1.0, z), (-2.8, 3.5, z), 0.14, PIPE)
        room.tube((-0.28, y - 0.4, z + 0.9), (-0.28, 3.4, z + 0.9), 0.065, PIPE)
        room.tube((-0.28, y - 0.32, z + 0.42), (-0.28, y - 0.32, z + 0.9), 0.065, PIPE)
    for x, y, r in (
        (-1.4, 3.85, 0.26),
        (-2.8, 3.5, 0.17),
        (-0.28, 3.4, 0.09),
        (2.6, 3.7, 0.12),
        (2.95, 3.7, 0.12),
    ):
        room.tube((x, y, 8), (x, y, -15), r, PIPE)
    room.tube((1.75, 1.0, 5), (1.75, 1.0, -15), 0.03, RAIL)
    for i in range(12):
        room.tube((1.75, 0, 3.2 - i * 1.6), (1.75, 1.0, 3.2 - i * 1.6), 0.025, RAIL)
    room.tube((1.75, 0.55, 5), (1.75, 0.55, -15), 0.02, RAIL)
    fern = resize(canvas.coarser(2).fbm("frost", 26, 6, 0.68, ridged=True), canvas.shape).ravel()
    dirt = resize(canvas.coarser(2).fbm("dirt", 40, 5, 0.6), canvas.shape).ravel()
    paint = room.tones("paint", 0.85, 1.1)
    dawn, flame = canvas.palette[2], canvas.palette[1]
    table = np.zeros((60, 3), np.float32)
    for kind, colour in (
        (FLOOR, "#5d6468"),
        (BRICK, "#5a5450"),
        (SHELL, "#2268b0"),
        (FRONT, "#1d5c9e"),
        (RIM, "#8b949b"),
        (PIPE, "#9aa3a8"),
        (BAR, "#30404e"),
        (RAIL, "#b8952e"),
        (METAL, "#3a3f45"),
        (DIAL, "#d8d6ca"),
        (WINDOW, "#201008"),
    ):
        table[kind] = linear(colour)

    def light(s: Surface) -> Array:
        noise = dirt[s.index]
        hollow = np.clip(0.35 + 0.65 * smoothstep(0.0, 3.6, s.y), 0, 1) * (0.7 + 0.3 * smoothstep(-5.5, -3.0, s.x))
        cold = (0.13 + 0.75 * np.maximum(s.ny, 0) + 0.20 * np.maximum(s.nx, 0)) * hollow
        colour = table[s.kind] * paint[s.part][:, None] * (1 + 0.10 * noise)[:, None]
        warm = np.zeros_like(s.x)
        for fire in fires:
            warm += lamp(s, (fire[0] + 0.5, fire[1], fire[2]), 0.75, 0.25)
        mx, my, mz = mirror_of(s, noise)
        gloss = 0.05 + 0.4 * (1 - np.abs(s.rx * s.nx + s.ry * s.ny + s.rz * s.nz)) ** 4
        shiny = np.where(s.kind == FLOOR, 0.5, np.where(s.kind == BRICK, 0.0, np.where(s.kind == BAR, 0.2, 1.0)))
        joint = np.minimum(np.abs((s.u / 1.2) % 1 - 0.5), np.abs((s.v / 1.2) % 1 - 0.5))
        shiny = shiny * np.where(s.kind == FLOOR, smoothstep(0.0, 0.012, joint) * (0.8 + 0.25 * noise), 1)
        panes = 0.4 + 0.6 * smoothstep(0.3, 0.5, np.abs(((s.z + mz * 3) / 1.3) % 1 - 0.5) * 2 + 0.2)
        sky = smoothstep(0.25, 0.75, my) * panes
        spark = np.zeros_like(s.x)
        for fire in fires:
            fx, fy, fz = fire[0] + 0.3 - s.x, fire[1] - s.y, fire[2] - s.z
            far = np.sqrt(fx * fx + fy * fy + fz * fz) + np.float32(1e-3)
            toward = (mx * fx + my * fy + mz * fz) / far
            spark += smoothstep(0.90, 1.0, toward) ** 3 / (0.35 + far)
        picture = colour * (dawn * (cold * 0.55)[:, None] + flame * (warm * 1.3)[:, None])
        picture += (
            dawn * (sky * gloss * shiny * 1.1)[:, None]
            + flame * (spark * shiny * np.where(s.kind == FLOOR, 0.9, 0.7))[:, None]
        )
        # Roof: ice ferns over wired glass, bright where the dawn is.
        ice = np.clip(0.62 + 0.17 * fern[s.index] + 0.06 * noise, 0.1, 1.6)
        bars = smoothstep(0.030, 0.020, np.abs((s.u / 0.65) % 1 - 0.5) * 0.65)
        laps = smoothstep(0.022, 0.012, np.abs((s.v / 1.6) % 1 - 0.5) * 1.6)
        east = 0.5 + 0.75 * smoothstep(6, -14, s.z)
        roof = ice * east * (1 - 0.92 * np.maximum(bars, laps)) * (1.0 - 0.35 * (s.x > 0.5))
        picture = np.where(
            (s.kind == GLASS)[:, None],
            dawn * np.array([0.92, 0.97, 1.05], np.float32) * (roof * 0.8)[:, None],
            picture,
        )
        if (s.kind == WINDOW).any():
            dx, dy = s.u - 0.225, s.v - 0.225
            lick = np.sin(dx * 30 + s.part) * 0.03 + np.sin(dx * 71 + s.part * 2) * 0.015
            core = np.exp(-((dx / 0.11) ** 2) - ((dy + 0.06 + lick) / 0.13) ** 2) * (1 + 0.25 * noise)
            fire_ = flame * (0.9 + 4.2 * core)[:, None] + linear("#fff1c9") * (5.5 * core**2.5)[:, None]
            ring = smoothstep(0.225, 0.19, np.sqrt(dx * dx + dy * dy))
            picture = np.where((s.kind == WINDOW)[:, None], fire_ * ring[:, None], picture)
        mist = (1 - np.exp(-np.maximum(s.depth - 3, 0) * 0.028))[:, None]
        return picture + (dawn * 0.10 * np.float32(0.8) - picture) * mist * 0.8

    def mirror_of(s: Surface, noise: Array) -> tuple[Array, Array, Array]:
        wave = np.where(s.kind == FLOOR, 0.010, 0.004) * noise
        nx, ny, nz = s.nx + wave, s.ny + wave, s.nz + wave
        along = 2 * (s.rx * nx + s.ry * ny + s.rz * nz)
        return s.rx - along * nx, s.ry - along * ny, s.rz - along * nz

    picture = room.shade(light, np.zeros((*canvas.shape, 3), np.float32) + dawn * 0.05)
    soft = canvas.coarser(4)
    halo = np.zeros(soft.shape, np.float32)
    for fire in fires:
        fx, fy, depth = (float(v[0]) for v in camera.project(np.array(fire, np.float32)[:, None]))
        halo += np.exp(-((soft.x - fx) ** 2 + (soft.y - fy) ** 2) * (depth / 2.2) ** 2 / 0.05) * 0.20
    picture += resize(tint(halo, flame), canvas.shape)
    return develop(canvas, picture, exposure=1.5, contrast=0.3, vignette=0.4, grain=3.0, glow=0.25, threshold=0.9)
