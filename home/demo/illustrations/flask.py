"""Blown glass in dark field."""

from math import cos, pi, sin

import numpy as np
from PIL import Image

from .canvas import (
    Array,
    Canvas,
    blur,
    develop,
    mix,
    resize,
    smoothstep,
    splat,
    tint,
)
from .registry import motif


@motif("outline-flask")
def outline_flask(canvas: Canvas) -> Image.Image:
    """A four-necked flask that shows only its edges: glass bends light towards the lens where it turns away."""
    x, y = canvas.x, canvas.y
    wobble = resize(canvas.coarser(4).fbm("thickness", 3.2, 4), canvas.shape)
    fine = resize(canvas.coarser(2).fbm("streaks", 26, 3), canvas.shape)
    light = np.zeros(canvas.shape, np.float32)
    frost = np.zeros(canvas.shape, np.float32)
    radius, cy = 0.60, 0.36
    bx, by = x, y - cy
    body = np.sqrt(bx * bx + by * by) - radius

    def line(distance: Array, width: float, strength: float | Array = 1.0) -> Array:
        return np.exp(-((distance / np.float32(width)) ** 2)) * strength

    necks = (  # lean from upright, root, length, half width, flare at the mouth, lean towards the lens
        (-0.02, 0.50, 0.74, 0.135, 0.032, 0.0),
        (-0.66, 0.47, 0.56, 0.098, 0.022, -0.12),
        (0.60, 0.48, 0.60, 0.098, 0.022, -0.10),
        (1.02, 0.36, 0.62, 0.080, 0.018, 0.42),
    )
    outside = body.copy()
    tubes = []
    for lean, root, long, half, flare, near in necks:
        ax, ay = sin(lean), -cos(lean)
        mid = root + long / 2
        patch = canvas.patch(mid * ax, cy + mid * ay, abs(ax) * long / 2 + 0.32, abs(ay) * long / 2 + 0.30)
        px, py = bx[:, patch[1]], by[patch[0]]
        along, across = px * ax + py * ay - root, px * ay - py * ax
        grow = half + flare * smoothstep(long * 0.5, long, along)
        side = np.abs(across) - grow
        # The open end is an ellipse: how round depends on how far the neck leans to the lens.
        tilt = 0.20 + abs(near) * 0.75
        bow = np.sqrt(np.maximum(1 - (across / (half + flare)) ** 2, 0)) * ((half + flare) * tilt)
        tube = np.maximum(np.maximum(side, along - long - bow), -along - 0.12)
        tubes.append((patch, along, across, grow, side, tilt, long, half + flare))
        held = outside[patch]
        fillet = np.maximum(0.11 - np.abs(held - tube), 0) / np.float32(0.11)
        outside[patch] = np.minimum(held, tube) - fillet * fillet * np.float32(0.11 / 4)
    inner = np.float32(0.028) + 0.008 * wobble
    breathe = 0.75 + 0.35 * wobble
    angle = np.arctan2(by, bx)
    # White card shows above and to the sides more than below, where the bench hides it.
    card = 0.35 + 0.65 * smoothstep(1.0, -0.4, y)
    light += line(outside, 0.0042, 1.5 * card * (0.85 + 0.15 * wobble))
    light += np.exp(np.minimum(outside, 0) / np.float32(0.020)) * (outside < 0) * 0.34 * card * breathe
    light += line(outside + inner, 0.0034, 0.55 * card * np.clip(breathe, 0.1, 1.4))
    light += line(outside + inner * 1.9, 0.008, 0.12 * card * np.clip(wobble + 0.4, 0, 1))
    # Far wall of the sphere carries on faintly behind the shoulders and through the necks' roots.
    light += line(body, 0.0040, 0.17 * card * smoothstep(0.0, 0.03, -outside))
    light += line(
        body + 0.05 + 0.012 * np.sin(angle * 3 + 1), 0.006, 0.10 * np.clip(wobble + 0.3, 0, 1.2) * (body < 0)
    )
    for patch, along, across, grow, side, tilt, long, mouth in tubes:
        lit, thick, streak = card[patch[0]], np.clip(breathe[patch], 0.2, 1.3), fine[patch]
        within = smoothstep(0.0, 0.16, along) * smoothstep(long + 0.01, long - 0.01, along) * lit
        lines = light[patch]
        lines += line(side, 0.0036, 0.9 * within) * smoothstep(0.03, 0.0, -outside[patch])
        lines += line(side + 0.021, 0.0030, 0.42 * within * thick)
        # Mouth: ellipses of ground rim, the near lip brighter.
        for shrink, power in ((1.0, 1.0), (0.80, 0.62), (0.9, 0.3)):
            e = np.sqrt((across / mouth) ** 2 + ((along - long) / (mouth * tilt)) ** 2) - shrink
            e *= mouth * (0.3 + 0.7 * np.abs(across) / mouth)
            lines += line(e, 0.0036, power * (0.7 + 0.5 * smoothstep(0.02, -0.05, along - long)) * lit)
        # The root, where the neck was blown into the body: a fused ring, strongest where it faces the lens.
        rx = grow * 1.08
        e = np.sqrt((across / rx) ** 2 + ((along - 0.06) / (rx * (tilt + 0.06))) ** 2) - 1
        lines += line(e * rx * (0.35 + 0.65 * np.abs(across) / rx), 0.0045, 0.3 * thick)
        # Ground joint: frosted glass scatters a little from everywhere.
        ground = smoothstep(long * 0.50, long * 0.53, along) * smoothstep(long, long * 0.94, along)
        ground *= smoothstep(-0.002, -0.008, side)
        lathe = 0.75 + 0.2 * np.sin(along * 700 + streak) + 0.2 * streak
        turn = across / grow
        gloss = 0.3 + 0.8 * turn * turn + 0.8 * line(turn + 0.55, 0.16) + 0.3 * line(turn - 0.6, 0.1)
        frost[patch] += ground * lathe * gloss * 0.11
        lines += line(along - long * 0.52, 0.0028, 0.4) * (side < 0)
    # Long soft reflections of the two card edges down the sphere.
    for bend, strength, width in ((-0.62, 0.5, 0.012), (0.70, 0.30, 0.009), (-0.80, 0.25, 0.005)):
        lens = bx - bend * np.sqrt(np.maximum(radius * radius * 0.98 - by * by, 0))
        light += line(
            lens,
            width,
            strength * smoothstep(0.42, 0.05, np.abs(by + 0.03)) * np.clip(0.6 + 0.5 * wobble, 0, 1.4),
        ) * (body < -0.02)
    # The thick bottom gathers a caustic.
    sag = by - (0.50 - 0.55 * bx * bx)
    light += line(sag, 0.010, 0.26 * smoothstep(0.34, 0.05, np.abs(bx)))
    light += line(by - (0.545 - 0.42 * bx * bx), 0.0035, 0.55 * smoothstep(0.30, 0.02, np.abs(bx)))
    light += line(by - (0.46 - 0.8 * bx * bx) + 0.01 * wobble, 0.004, 0.2 * smoothstep(0.22, 0.0, np.abs(bx)))
    # Seeds and a few dust points on the glass.
    seeds = canvas.random("seeds")
    angles, reach = seeds.uniform(0, 2 * pi, 220), radius * np.sqrt(seeds.random(220)) * 0.99
    bright = splat(
        canvas.shape,
        canvas.column(np.cos(angles) * reach),
        canvas.row(np.sin(angles) * reach + cy),
        seeds.random(220) ** 3 * 2.5,
    )
    light += blur(bright, 0.9)
    glass = tint(light, mix(canvas.palette[1], canvas.palette[2], 0.12)) + tint(frost, canvas.palette[2] * 1.5)
    inside = smoothstep(0.004, -0.02, outside)
    glass += tint(inside * (0.006 + 0.02 * np.exp(np.minimum(body, 0) / np.float32(0.12))), canvas.palette[2])
    # Bench: a gloss that repeats the foot of the flask, and a breath of haze behind.
    foot = int(canvas.row(cy + radius + 0.008))
    below = canvas.height - foot
    mirror_ = glass[foot - below : foot][::-1]
    shrunk = resize(mirror_, (below // 2, canvas.width // 2))
    mirror_ = resize(blur(shrunk, canvas.width * 0.0022), (below, canvas.width))
    fade = np.exp(-np.linspace(0, 2.6, below, dtype=np.float32))[:, None, None] * 0.22
    glass[foot:] = mirror_ * fade
    soft = canvas.coarser(6)
    haze = np.exp(-(soft.x**2 * 0.9 + (soft.y - 0.25) ** 2 * 0.7)) * 0.008
    picture = glass + resize(tint(haze, canvas.palette[2]), canvas.shape)
    return develop(
        canvas, picture, exposure=1.25, contrast=0.15, vignette=0.2, grain=2.0, glow=0.35, threshold=0.35
    )
