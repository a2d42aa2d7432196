"""Small things made hot at a bench: a solder joint and a glassblower's flame."""

import numpy as np
from PIL import Image

from .canvas import Array, Canvas, bokeh, depth_of_field, develop, mix, resize, rgb, smoothstep
from .registry import motif
from .solid import Camera, Hits, ambient, capsule, fresnel, mirrored, onward, render, shadow, wave


@motif("cone")
def cone(canvas: Canvas) -> Image.Image:
    """A solder joint under a macro lens: bright metal drawn up a copper wire from a green board."""
    sheet, canvas = canvas, canvas.coarser(2.2)
    green, silver, copper = canvas.palette
    weave = canvas.random("weave").uniform(0, 6, 8).astype(np.float32)

    def metal(point: Array) -> Array:
        lean = point[1] * 0.07
        x, z = point[0] - lean, point[2]
        radius = np.sqrt(x * x + z * z)
        wobble = 1 + (0.02 * (x * x - z * z) + 0.03 * x * z) / (radius * radius + np.float32(0.01))
        rise = 0.92 * np.exp(-np.maximum(radius * wobble - 0.2, 0) * 3.6) - 0.045
        edge = 0.86 * wobble
        height = rise * smoothstep(edge, edge - 0.12, radius)
        return np.maximum((point[1] - height) * np.float32(0.42), radius - np.float32(0.95))

    def wire(point: Array) -> Array:
        return capsule(point, (0.0, -0.3, 0.0), (0.14, 1.52, 0.0), 0.2) - np.float32(0.0)

    def cut(point: Array) -> Array:
        flat = 0.08 * point[0] + point[1] - np.float32(1.42)
        return np.maximum(wire(point), flat)

    def board(point: Array) -> Array:
        x, z = point[0], point[2]
        radius = np.sqrt(x * x + z * z)
        trace = np.maximum(np.abs(z - 0.35 * np.clip(x - 1.6, 0, 1.2)) - 0.3, -x)
        second = np.abs(z + 1.75 + 0.5 * np.clip(x + 0.5, 0, 1)) - 0.16
        third = np.abs(z - 2.2 + 0.6 * np.clip(x + 0.3, 0, 1.4)) - 0.2
        raised = smoothstep(0.1, -0.1, np.minimum(np.minimum(trace, second), third))
        mask = smoothstep(1.0, 1.05, radius)
        threads = wave(x * 21 + weave[1]) * wave(z * 21 + weave[2])
        return (point[1] + 0.03 - mask * (0.035 + 0.03 * raised + 0.0035 * threads)) * np.float32(0.85)

    def distance(point: Array) -> Array:
        joint = metal(point)
        stub = cut(point)
        h = np.maximum(0.1 - np.abs(joint - stub), 0) * np.float32(10)
        both = np.minimum(joint, stub) - h * h * np.float32(0.025)
        return np.minimum(both, board(point))

    def room(direction: Array, floor: Array) -> Array:
        """What polished metal sees: a lit paper cup, a dark gap for the lens, the board."""
        dx, dy, dz = direction
        cup = 0.42 + 0.5 * smoothstep(-0.1, 0.9, dy)
        cup = cup + 2.6 * smoothstep(0.35, 0.75, -dx * 0.75 + dy * 0.42 - dz * 0.1)
        cup += 1.1 * smoothstep(0.78, 0.9, dx * 0.9 + dy * 0.35 - dz * 0.25)
        cup *= 1 - 0.86 * smoothstep(0.62, 0.86, dz * 0.9 + dy * 0.38)
        cup *= 1 - 0.5 * np.exp(-(((np.arctan2(dx, dz) - 1.9) / 0.1) ** 2))
        colour = cup[:, None] * rgb(1.0, 0.985, 0.96)
        return mix(colour, floor, smoothstep(0.06, -0.06, dy)[:, None])

    def shade(hits: Hits) -> Array:
        x, y, z = hits.point
        joint, stub, base = metal(hits.point), cut(hits.point), board(hits.point)
        mirror = mirrored(hits)
        occluded = ambient(distance, hits, 0.35, 0.9)
        away = np.sqrt(x * x + z * z)
        floor = green[None, :] * (0.5 + 0.5 * smoothstep(0.9, 1.6, away))[:, None]
        seen = room(mirror, floor)
        pits = np.sin(x * 160 + 3 * np.sin(z * 90)) * np.sin(z * 150 + 3 * np.sin(y * 120))
        solder = seen * silver * (0.8 + 0.03 * pits)[:, None] + 0.02
        drawn = 0.75 + 0.25 * np.sin(np.arctan2(z, x) * 90 + 2 * np.sin(y * 9))
        bare = (seen * 0.85 + 0.2) * (copper * rgb(1.25, 1.35, 1.5) + 0.03) * drawn[:, None]
        end = smoothstep(0.03, 0.0, np.abs(0.08 * x + y - 1.42))
        scored = 0.65 + 0.35 * np.sin(x * 130 + z * 60 + np.sin(z * 30) * 2)
        bare = mix(bare, (copper * 0.8 + 0.06) * (0.6 + 0.7 * scored[:, None]), end[:, None])
        climb = smoothstep(0.0, 0.055, stub - joint + 0.012 * np.sin(np.arctan2(z, x) * 3 + 1))
        metalwork = mix(bare, solder, climb[:, None])
        lamp = shadow(distance, hits, (-0.6, 0.75, -0.1), 2.2, 0.7)
        soft = 0.22 + 0.9 * lamp
        laminate = green * 1.25 * soft[:, None]
        threads = np.sin(x * 21 + weave[1]) * np.sin(z * 21 + weave[2])
        laminate = laminate * (1 + 0.22 * threads + 0.12 * np.sin(x * 84) * np.sin(z * 84))[:, None]
        under = np.minimum(
            np.abs(z + 1.75 + 0.5 * np.clip(x + 0.5, 0, 1)) - 0.16,
            np.minimum(
                np.maximum(np.abs(z - 0.35 * np.clip(x - 1.6, 0, 1.2)) - 0.3, -x),
                np.abs(z - 2.2 + 0.6 * np.clip(x + 0.3, 0, 1.4)) - 0.2,
            ),
        )
        laminate = mix(laminate, laminate * 1.5 + copper * 0.05, smoothstep(0.03, -0.03, under)[:, None])
        ink = smoothstep(0.02, 0.0, np.abs(away - 1.55) - 0.045) * smoothstep(-0.2, 0.1, x + z * 0.5)
        ink *= 0.86 + 0.14 * threads
        laminate = mix(laminate, rgb(0.72, 0.74, 0.7) * soft[:, None], ink[:, None])
        gloss = fresnel(hits, 0.045)[:, None]
        far = onward(
            distance,
            hits.point + hits.normal * np.float32(0.02),
            mirror,
            3.0,
            8,
            np.minimum(joint, stub) > base,
        )
        blocked = smoothstep(2.8, 0.4, far)[:, None]
        reflected = mix(room(mirror, floor), silver * 0.45 * (0.4 + soft[:, None]), blocked)
        laminate = laminate + reflected * gloss * 0.8
        pad = smoothstep(1.04, 0.98, away)[:, None]
        tinned = (seen * 0.4 + 0.1) * silver * soft[:, None]
        laminate = mix(laminate, tinned, pad)
        closest = np.minimum(joint, stub) < base + 0.004
        return np.where(closest[:, None], metalwork, laminate) * (0.25 + 0.75 * occluded)[:, None]

    camera = Camera((0.5, 1.95, 4.6), (0.05, 0.5, 0.0), 0.27)
    background = np.broadcast_to(green * 0.15, (*canvas.shape, 3)).astype(np.float32)
    picture, depth = render(canvas, camera, distance, shade, background, near=2.5, far=14, steps=48)
    random = canvas.random("lights")
    places = np.stack([random.uniform(-1.6, 1.6, 26), random.uniform(-1.15, -0.62, 26)], axis=1)
    lamps = np.stack([silver, copper * 2, green * 3])[random.integers(0, 3, 26)] * random.uniform(
        0.03, 0.35, (26, 1)
    )
    distant = np.zeros_like(picture)
    bokeh(canvas, distant, places, random.uniform(0.05, 0.14, 26), lamps)
    haze = np.clip((depth - 5.6) / 5, 0, 1)[..., None]
    picture = mix(picture, green * 0.3 + distant, haze * 0.85)
    picture = depth_of_field(
        picture, np.clip(np.abs(depth - 4.8) - 1.0, 0, 4) * canvas.width / 300, canvas.width / 120
    )
    return develop(
        sheet, resize(picture, sheet.shape), exposure=1.05, contrast=0.25, grain=2.2, glow=0.14, vignette=0.4
    )
