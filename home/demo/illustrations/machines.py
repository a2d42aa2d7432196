"""Machines with a person's touch: a propeller being torqued, and a rig that walks on the spot."""

from typing import Any

import numpy as np
from PIL import Image

from .canvas import Array, Canvas, blur, bokeh, depth_of_field, develop, mix, resize, rgb, smoothstep
from .glove import Hand, cloth, crease
from .registry import motif
from .solid import (
    Camera,
    Hits,
    ambient,
    ball,
    block,
    by_part,
    capsule,
    disc,
    facing,
    fresnel,
    mirrored,
    nearest,
    render,
    shadow,
    towards,
    wave,
)  # fmt: skip


def _skin(hits: Hits, light: tuple[float, float, float], shade: Array) -> Array:
    ruffled = crease(hits, 0.5, 0.05)
    warm = 1 - np.clip(-(hits.ray * hits.normal).sum(axis=0), 0, 1)
    tone = mix(rgb(0.66, 0.36, 0.24), rgb(0.62, 0.24, 0.15), warm[:, None])
    shine = np.maximum(towards(mirrored(ruffled), light), 0) ** 12 * 0.12
    return tone * ((0.16 + 0.9 * facing(ruffled, light)) * shade)[:, None] + (shine * shade)[:, None]


@motif("radial-blades")
def radial_blades(canvas: Canvas) -> Image.Image:
    """A wooden test propeller, the wrench on its last bolt, and blue overalls leaning in by a window."""
    sheet, canvas = canvas, canvas.coarser(2.7)
    navy, amber, cream = canvas.palette
    overall = navy * 1.6 + rgb(0.0, 0.015, 0.05)
    lamp = (-0.75, 0.55, 0.5)
    bolts = [(0.2 * np.cos(a), 0.2 * np.sin(a)) for a in np.arange(6) * np.pi / 3 + 0.35]
    head = np.array([bolts[2][0], bolts[2][1], 0.34], np.float32)
    handle = rgb(-1.75, 0.42, 0.5)
    along = handle - head
    grip = head + along * 0.84
    pose: dict[str, Any] = {"size": 0.36, "curl": (1.15, 1.2, 1.2, 1.2), "spread": 0.02, "thumb": (0.35, 0.9)}
    right = Hand(
        grip + rgb(0.02, 0.2, -0.3),
        (0.05, -0.42, 0.9),
        (0.0, -0.9, -0.42),
        sleeve=(-0.3, 0.75, -0.6),
        **pose,
    )
    left = Hand(
        (0.62, 0.72, 0.05),
        (-0.42, -0.75, 0.35),
        (0.2, -0.35, -0.9),
        left=False,
        size=0.36,
        curl=(0.5, 0.5, 0.55, 0.6),
        thumb=(0.7, 0.3),
        sleeve=(0.15, 0.8, -0.55),
    )
    hands = (right, left)

    def turned(point: Array, angle: float) -> tuple[Array, Array]:
        cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
        return point[0] * cos + point[1] * sin, point[1] * cos - point[0] * sin

    def blades(point: Array) -> Array:
        angle = np.arctan2(point[1], point[0]) - np.float32(0.15)
        slice_ = np.float32(2 * np.pi / 3)
        angle = angle - np.floor(angle / slice_ + np.float32(0.5)) * slice_
        radius = np.sqrt(point[0] ** 2 + point[1] ** 2)
        out, across = radius * np.cos(angle), radius * np.sin(angle)
        t = np.clip(out / 2.9, 0, 1)
        chord = 0.12 + 0.25 * smoothstep(0.05, 0.4, t) - 0.2 * t * t
        twist = 0.95 - 0.75 * smoothstep(0.02, 0.9, t)
        cos, sin = np.cos(twist), np.sin(twist)
        u, v = across * cos + point[2] * sin, point[2] * cos - across * sin
        thick = 0.1 * (1 - t) + 0.022
        bend = v - 0.12 * (0.5 - (u / chord) ** 2) * chord
        shape = (np.sqrt((u / chord) ** 2 + (bend / thick) ** 2) - 1) * thick
        return np.maximum(shape * np.float32(0.8), out - np.float32(2.85))

    def hub(point: Array) -> Array:
        boss = disc(point, (0, 0, 0), 0.36, 0.17, 0.03, axis=2)
        plate = disc(point, (0, 0, 0.2), 0.3, 0.035, 0.012, axis=2)
        bore = disc(point, (0, 0, 0.3), 0.085, 0.2, axis=2)
        result = np.maximum(np.minimum(boss, plate), -bore)
        for bx, by in bolts:
            qx, qy = np.abs(point[0] - np.float32(bx)), np.abs(point[1] - np.float32(by))
            hexagon = np.maximum(qx * 0.866 + qy * 0.5, qy) - np.float32(0.05)
            result = np.minimum(result, np.maximum(hexagon, np.abs(point[2] - 0.26) - np.float32(0.045)))
        return result

    raised = rgb(0, 0, 0.09)

    def wrench(point: Array) -> Array:
        socket = disc(point, (head[0], head[1], 0.33), 0.068, 0.11, 0.01, axis=2)
        ratchet = capsule(point, head + raised, head + raised + along * 0.07, 0.085)
        shaft = capsule(point, head + raised, head + along * 0.72, 0.032)
        ring = capsule(point, head + along * 0.66, head + along * 0.7, 0.052)
        rubber_ = capsule(point, head + along * 0.73, handle, 0.056)
        return np.minimum(np.minimum(np.minimum(socket, ratchet), np.minimum(shaft, ring)), rubber_)

    def body(point: Array) -> Array:
        chest = capsule(point, (-1.0, 1.75, -1.5), (-0.35, 0.2, -2.1), 0.78, 0.6)
        shoulders = capsule(point, (-1.75, 1.35, -1.1), (0.45, 1.5, -1.25), 0.42)
        h = np.maximum(0.3 - np.abs(chest - shoulders), 0)
        fold = 0.03 * wave(point[1] * 7 + 2.4 * wave(point[0] * 4)) * wave(point[0] * 6 + point[1] * 3)
        return np.minimum(chest, shoulders) - h * h * np.float32(0.8) + fold

    def face(point: Array) -> Array:
        skull = capsule(point, (-0.62, 2.25, -0.82), (-0.5, 1.95, -0.55), 0.33, 0.25)
        return np.minimum(skull, capsule(point, (-0.66, 1.7, -1.0), (-0.62, 2.1, -0.9), 0.2))

    def glasses(point: Array) -> Array:
        return np.minimum(ball(point, (-0.63, 2.02, -0.3), 0.115), ball(point, (-0.36, 2.05, -0.33), 0.115))

    def distance(point: Array) -> Array:
        rest = np.minimum(np.minimum(blades(point), hub(point)), np.minimum(wrench(point), body(point)))
        rest = np.minimum(rest, np.minimum(face(point), glasses(point)))
        for hand in hands:
            rest = np.minimum(rest, np.minimum(hand.distance(point), hand.sleeve_distance(point)))
        return rest

    def rough(point: Array) -> Array:
        rest = np.minimum(np.minimum(blades(point), hub(point)), np.minimum(wrench(point), body(point)))
        return np.minimum(rest, np.minimum(right.rough_distance(point), left.rough_distance(point)))

    def room(direction: Array) -> Array:
        """A tall window on the left, a lit strip behind the camera, a pale wall, a dim floor."""
        dx, dy, dz = direction
        pane = smoothstep(0.35, 0.5, -dx) * smoothstep(-0.25, 0.0, dy) * smoothstep(0.95, 0.8, np.abs(dy))
        lamp_strip = 1.1 * smoothstep(0.3, 0.12, np.abs(dy - 0.28)) * smoothstep(0.2, 0.7, dz)
        bars = 1 - 0.8 * smoothstep(0.05, 0.03, np.abs(dz - 0.25)) - 0.8 * smoothstep(0.05, 0.03, np.abs(dy - 0.42))
        return (0.1 + 0.14 * np.clip(dy + 0.4, 0, 1) + 0.1 * smoothstep(0.3, 0.9, dx))[:, None] * (
            navy + cream * 0.5
        ) + (2.1 * pane * np.maximum(bars, 0.1) + lamp_strip)[:, None] * cream

    def shade(hits: Hits) -> Array:
        x, y, z = hits.point
        skins = [hand.distance(hits.point) for hand in hands]
        sleeves = np.minimum(*(hand.sleeve_distance(hits.point) for hand in hands))
        which = nearest(
            blades(hits.point),
            hub(hits.point),
            wrench(hits.point),
            np.minimum(*skins),
            sleeves,
            body(hits.point),
            face(hits.point),
            glasses(hits.point),
        )
        open_ = ambient(rough, hits, 0.3, 0.8)
        lit = 0.3 + 0.7 * shadow(rough, hits, lamp, 2.4, 0.4, 7)
        soft = 0.13 + 0.95 * facing(hits, lamp) * lit
        seen = room(mirrored(hits))
        angle = np.arctan2(y, x) - 0.15
        angle = angle - np.floor(angle / (2 * np.pi / 3) + 0.5) * (2 * np.pi / 3)
        radius = np.hypot(x, y)
        out, across = radius * np.cos(angle), radius * np.sin(angle)
        # Laminations cut at a slant show as long curving stripes.
        layer = wave((across * 1.2 + z * 2.4 + 0.06 * out * out) * 30)
        figure = wave(out * 3 + 40 * across + 3 * wave(out * 1.1)) * 0.12 + 0.06 * wave(across * 170 + out * 5)
        wood = mix(
            amber * 0.85,
            amber * rgb(0.5, 0.36, 0.28),
            (0.5 + 0.42 * np.tanh(layer * 3) + figure)[:, None],
        )
        tip = smoothstep(2.25, 2.27, out)
        wood = mix(wood, cream * 0.9, tip[:, None])
        varnish = (0.05 + 0.9 * fresnel(hits, 0.04))[:, None]
        wood = wood * soft[:, None] * (0.4 + 0.6 * open_)[:, None] * 1.15 + seen * varnish * 0.9
        spun = 0.75 + 0.25 * wave(radius * 420)
        steel = seen * 0.72 * spun[:, None] * (0.35 + 0.65 * open_)[:, None] + (0.06 * soft)[:, None]
        t = (hits.point - head[:, None]).T @ (along / (along @ along))
        rubber_ = (t > 0.72) & (np.abs(z) < 9)
        knurl = 0.7 + 0.3 * wave(t * 420) * wave((y - x) * 150)
        tool = seen * 0.85 + 0.02
        tool = np.where(rubber_[:, None], (0.035 * soft * knurl)[:, None] + seen * 0.05, tool)
        engraved = (t > 0.5) & (t < 0.66) & (wave(t * 900) > 0.5)
        tool = np.where(engraved[:, None], tool * 0.35, tool)
        hand = _skin(hits, lamp, lit * (0.4 + 0.6 * open_))
        coat = cloth(hits, overall, lamp, 0.45, lit * (0.35 + 0.65 * open_), 0.22)
        lens = seen * 0.9 + cream * 0.12
        return by_part(which, wood, steel, tool, hand, coat, coat, _skin(hits, lamp, lit), lens)

    camera = Camera((0.15, 0.25, 4.6), (-0.22, 0.3, 0.0), 0.3)
    soft_ = canvas.coarser(4)
    background = np.empty((*soft_.shape, 3), np.float32)
    wx = soft_.x
    window = smoothstep(-0.55, -0.75, wx) * smoothstep(0.95, 0.8, np.abs(soft_.y + 0.25))
    window = (
        window
        * (1 - 0.7 * smoothstep(0.04, 0.02, np.abs(wx + 1.05)))
        * (1 - 0.7 * smoothstep(0.04, 0.02, np.abs(soft_.y + 0.3)))
    )
    background[...] = navy * 0.55 + cream * 0.05 + window[..., None] * (cream * 0.75 + navy * 0.8)
    ring = np.exp(-(((np.hypot(wx - 0.5, soft_.y) - 1.25) / 0.1) ** 2))
    background = blur(background + ring[..., None] * (cream * 0.1), soft_.width / 26)
    background = resize(background, canvas.shape)
    picture, depth = render(canvas, camera, distance, shade, background, near=2.6, far=9.0, steps=36)
    picture = depth_of_field(
        picture, np.clip(np.abs(depth - 4.3) * 7 - 1.6, 0, 13) * canvas.width / 923, canvas.width / 71
    )
    return develop(sheet, picture, exposure=1.15, contrast=0.35, grain=2.8, glow=0.16, threshold=0.9, vignette=0.4)


@motif("footfall")
def footfall(canvas: Canvas) -> Image.Image:
    """A worn trainer on an artificial foot, blurred by its stride, in a rig that is perfectly still."""
    sheet, canvas = canvas, canvas.coarser(2.3)
    dark, steel, accent = canvas.palette
    lamp = (-0.55, 0.7, 0.55)

    def union(a: Array, b: Array, k: float) -> Array:
        h = np.maximum(np.float32(k) - np.abs(a - b), 0)
        return np.minimum(a, b) - h * h * np.float32(0.25 / k)

    def shoe(point: Array) -> Array:
        upper = capsule(point, (-0.5, 0.42, 0), (-0.46, 0.62, 0), 0.24, 0.2)
        upper = union(upper, capsule(point, (-0.46, 0.36, 0), (0.12, 0.36, 0.0), 0.27, 0.25), 0.2)
        upper = union(upper, capsule(point, (0.1, 0.34, 0), (0.66, 0.23, 0.02), 0.27, 0.19), 0.15)
        upper = union(upper, capsule(point, (-0.2, 0.56, 0), (0.25, 0.5, 0), 0.14, 0.12), 0.2)
        upper = np.maximum(upper, 0.15 - point[1])
        opening = capsule(point, (-0.42, 0.72, 0), (-0.4, 1.0, 0), 0.15)
        return np.maximum(upper, -opening)

    def sole(point: Array) -> Array:
        x, y, z = point
        wide = 0.27 + 0.06 * smoothstep(-0.4, 0.6, x) - 0.03 * np.exp(-((x + 0.05) ** 2) * 8)
        outline = np.sqrt(np.maximum(np.abs(x - 0.08) - 0.52, 0) ** 2 + z * z) - wide
        spring = 0.09 * smoothstep(0.4, 1.0, x) ** 2
        return np.maximum(outline, np.abs(y - 0.11 - spring) - 0.1 - 0.01 * wave(x * 55)) * np.float32(0.9)

    def leg(point: Array) -> Array:
        pylon = capsule(point, (-0.4, 0.7, 0), (-0.4, 3.4, 0), 0.085)
        clamp = disc(point, (-0.4, 1.02, 0), 0.135, 0.085, 0.02)
        clamp = np.minimum(clamp, disc(point, (-0.4, 1.62, 0), 0.17, 0.16, 0.02))
        bolt = capsule(point, (-0.56, 1.02, 0.09), (-0.24, 1.02, 0.09), 0.03)
        return np.minimum(np.minimum(pylon, clamp), bolt)

    def foot(point: Array) -> Array:
        # Toes rise as the weight comes on to the heel.
        moved = point - np.array([0.05, 0.0, 0.0], np.float32)[:, None]
        return np.minimum(np.minimum(shoe(moved), sole(moved)), leg(moved))

    def rig(point: Array) -> Array:
        x, y, z = point
        plate = block(point, (0.05, -0.07, 0), (1.15, 0.07, 0.52), 0.015)
        cell = disc(point, (0.05, -0.26, 0), 0.3, 0.14, 0.02)
        bed = block(point, (0, -0.52, 0), (2.6, 0.14, 0.8), 0.02)
        posts = np.sqrt((np.abs(x) - 1.62) ** 2 + (z + 0.25) ** 2) - 0.13
        collars = np.maximum(np.sqrt((np.abs(x) - 1.62) ** 2 + (z + 0.25) ** 2) - 0.22, np.abs(y + 0.28) - 0.11)
        fronts = np.maximum(np.abs(np.abs(x) - 2.18) - 0.1, np.abs(z - 0.35) - 0.1)
        head_ = block(point, (0, 2.5, -0.25), (2.2, 0.22, 0.3), 0.03)
        bolts = np.maximum(
            np.sqrt((np.abs(x - 0.05) - 1.02) ** 2 + (np.abs(z) - 0.4) ** 2) - 0.05, np.abs(y - 0.03) - 0.035
        )
        hose = capsule(point, (0.4, 2.5, -0.2), (1.5, 1.7, -0.55), 0.04)
        ram = disc(point, (-0.35, 2.2, -0.05), 0.24, 0.36, 0.03)
        return np.minimum(
            np.minimum(np.minimum(plate, cell), np.minimum(bed, posts)),
            np.minimum(np.minimum(np.minimum(collars, fronts), np.minimum(head_, bolts)), np.minimum(hose, ram)),
        )

    def both(point: Array) -> Array:
        return np.minimum(foot(point), rig(point))

    def room(direction: Array) -> Array:
        dx, dy, _ = direction
        box_ = smoothstep(0.45, 0.7, towards(direction, (-0.6, 0.55, 0.55))) * 1.5
        strip = smoothstep(0.12, 0.05, np.abs(dx - 0.55)) * smoothstep(0.9, 0.4, np.abs(dy)) * 0.9
        return 0.07 + box_ + strip + 0.12 * np.maximum(dy, 0) + 0.05 * np.maximum(-dx, 0)

    def shade_rig(hits: Hits) -> Array:
        x, y, z = hits.point
        open_ = ambient(both, hits, 0.35, 1.0)
        lit = 0.3 + 0.7 * shadow(both, hits, lamp, 2.4, 0.4, 7)
        soft = 0.1 + 0.9 * facing(hits, lamp) * lit
        light = room(mirrored(hits))
        brushed = (
            0.82 + 0.18 * wave(x * 190 + 2 * wave(x * 23)) * (np.abs(hits.normal[1]) > 0.5) + 0.1 * wave(y * 240)
        )
        metal = (light * 0.62 * brushed)[:, None] * steel + (0.16 * soft)[:, None] * steel
        metal = metal * (0.3 + 0.7 * open_)[:, None]
        scuff = smoothstep(0.55, 0.9, wave(x * 7 + 2 * wave(z * 11)) * wave(z * 9 + wave(x * 13)))
        on_plate = (np.abs(y) < 0.02) & (np.abs(x) < 1.1)
        metal = np.where(on_plate[:, None], metal * (1 - 0.45 * scuff[:, None]), metal)
        paint = np.broadcast_to(dark * 1.5 + 0.012, metal.shape) * (soft * 1.4)[:, None] + (light * 0.05)[:, None]
        painted = (y < -0.36) | (y > 2.28) & (np.abs(x) > 0.3) | (np.abs(np.abs(x) - 2.18) < 0.12)
        colour = np.where(painted[:, None], paint, metal)
        stripe = (np.abs(x + 0.35) < 0.26) & (y > 1.9) & (y < 2.02)
        colour = np.where(stripe[:, None], accent * (0.2 + soft)[:, None], colour)
        warning = (y < -0.4) & (y > -0.5) & (hits.normal[2] > 0.7)
        hazard = np.where((wave((x + y) * 16) > 0)[:, None], accent, dark)
        return np.where(warning[:, None], hazard * (0.15 + soft)[:, None], colour)

    def shade_foot(hits: Hits) -> Array:
        x, y, z = hits.point
        x = x - 0.05
        moved = np.stack([x, y, z])
        which = nearest(shoe(moved), sole(moved), leg(moved))
        open_ = ambient(foot, hits, 0.25, 0.9)
        soft = 0.16 + 0.9 * facing(crease(hits, 0.5, 0.06), lamp)
        mesh = 0.84 + 0.16 * wave(x * 150 + z * 20) * wave(y * 150 + z * 40)
        grey = steel * 0.5 * mesh[:, None]
        panel = smoothstep(0.012, -0.012, np.abs(x - 0.06 + (y - 0.35) * 0.8) - 0.06)
        grey = mix(grey, steel * 0.95, panel[:, None])
        grey = mix(grey, dark * 2.2, (smoothstep(0.02, -0.01, x + 0.62) * 0.7)[:, None])
        toe = smoothstep(0.5, 0.52, x) * smoothstep(0.34, 0.3, y)
        grey = mix(grey, steel * 0.36, toe[:, None])
        lace = (
            smoothstep(0.2, 0.6, wave((x + 0.14 * np.abs(z) * 4) * 52))
            * (np.abs(z) < 0.14)
            * (y > 0.45)
            * (x > -0.16)
            * (x < 0.42)
        )
        grey = mix(grey, accent * 0.9 + 0.08, lace[:, None])
        dirt = smoothstep(0.4, 0.14, y) * (0.4 + 0.3 * wave(x * 17 + 3 * wave(y * 21)))
        grey = mix(grey, rgb(0.12, 0.1, 0.08), np.clip(dirt, 0, 0.7)[:, None])
        rubber_ = (steel * 0.85 + 0.1) * (0.75 + 0.25 * wave(x * 21 + 2 * wave(x * 5)) * 0.4)[:, None]
        rubber_ = np.where((np.abs(y - 0.13) < 0.014)[:, None], accent * 0.8, rubber_)
        rubber_ = rubber_ * (0.55 + 0.45 * smoothstep(0.0, 0.16, y))[:, None]
        light = room(mirrored(hits))
        tube = (light * 0.75)[:, None] * steel + (0.1 * soft)[:, None]
        tube = np.where(((y > 1.5) & (y < 1.56))[:, None], accent * (soft * 1.2)[:, None], tube)
        cloth_ = (soft * (0.35 + 0.65 * open_))[:, None]
        return by_part(which, grey * cloth_, rubber_ * cloth_, tube * (0.4 + 0.6 * open_)[:, None])

    camera = Camera((1.05, 1.15, 4.9), (0.0, 0.6, 0.0), 0.255)
    random = canvas.random("workshop")
    background = canvas.empty() + dark * 0.55
    background += np.exp(-((canvas.x + 0.9) ** 2 + (canvas.y + 0.4) ** 2))[..., None] * steel * 0.05
    places = np.stack([random.uniform(-1.5, 1.5, 26), random.uniform(-1, 0.6, 26)], axis=1)
    tones = np.stack([steel, accent, rgb(0.9, 0.75, 0.5)])[random.integers(0, 3, 26)]
    bokeh(canvas, background, places, random.uniform(0.05, 0.13, 26), tones * random.gamma(1.3, 0.04, (26, 1)))
    still, depth = render(canvas, camera, rig, shade_rig, background, near=2.5, far=10, steps=40)
    nothing = canvas.empty()
    moving, near_depth = render(canvas, camera, foot, shade_foot, nothing, near=2.5, far=10, steps=40)
    in_front = ((near_depth < depth + 0.05) & (near_depth < 10)).astype(np.float32)
    light, cover = np.zeros_like(still), np.zeros(canvas.shape, np.float32)
    # One second of shutter: the foot lingers where it presses and hurries between.
    turns = np.linspace(0, np.pi, 22)
    for turn in turns:
        lift = (1 - np.cos(turn)) / 2
        shift = -round(0.13 * lift / canvas.pixel), round(0.05 * np.sin(turn * 2) / canvas.pixel)
        weight = 1.0 + 9.0 * (lift < 0.03)
        light += np.roll(moving * in_front[..., None], shift, axis=(0, 1)) * np.float32(weight)
        cover += np.roll(in_front, shift, axis=(0, 1)) * np.float32(weight)
    total = len(turns) + 9.0 * sum((1 - np.cos(t)) / 2 < 0.03 for t in turns)
    picture = still * (1 - cover / np.float32(total))[..., None] + light / np.float32(total)
    return develop(sheet, picture, exposure=1.35, contrast=0.35, grain=2.8, glow=0.14, threshold=0.9, vignette=0.45)
