"""Solid scenes by sphere tracing: a camera, a distance function, and light.

World units, right-handed: y up, and x to the right for a camera that looks along -z. Points and directions
are (3, n) so that each axis is contiguous; chunks of work fit the processor's cache, which makes it quick.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .canvas import Array, Canvas, resize, unit

Distance = Callable[[Array], Array]
CHUNK = 24_000


@dataclass
class Hits:
    """Where rays met a surface: `point`, `normal` and `ray` are (3, n), `depth` (n,) along the ray."""

    point: Array
    normal: Array
    ray: Array
    depth: Array
    index: Array


Shade = Callable[[Hits], Array]


@dataclass
class Camera:
    """Looks from `eye` to `target`; `lens` is half the short side at a distance of 1."""

    eye: tuple[float, float, float]
    target: tuple[float, float, float]
    lens: float = 0.5
    roll: float = 0.0

    def _axes(self) -> tuple[Array, Array, Array]:
        forward = unit(np.subtract(self.target, self.eye))
        right = unit(np.cross(forward, np.array([np.sin(self.roll), np.cos(self.roll), 0], np.float32)))
        return forward, right, np.cross(right, forward)

    def ray(self, x: Array, y: Array) -> Array:
        """Unit directions (3, ...) through places on the canvas, in its units."""
        forward, right, above = self._axes()
        x, y = x * np.float32(self.lens), y * np.float32(-self.lens)
        rays = np.stack([np.float32(forward[i]) + x * right[i] + y * above[i] for i in range(3)])
        return (rays / np.sqrt((rays * rays).sum(axis=0))).astype(np.float32)

    def rays(self, canvas: Canvas) -> Array:
        """Unit directions (3, height, width) through the middles of the pixels."""
        return self.ray(canvas.x, canvas.y)

    def project(self, points: Array) -> tuple[Array, Array, Array]:
        """Canvas x, y and depth along the axis of world points (3, n)."""
        forward, right, above = self._axes()
        away = points - np.asarray(self.eye, np.float32)[:, None]
        depth = forward @ away
        return right @ away / (depth * self.lens), -(above @ away) / (depth * self.lens), depth


def render(
    canvas: Canvas,
    camera: Camera,
    distance: Distance,
    shade: Shade,
    background: Array,
    *,
    near: float = 0.1,
    far: float = 20.0,
    steps: int = 40,
    step_scale: float = 1.0,
    edge_rays: int = 3,
) -> tuple[Array, Array]:
    """The picture (height, width, 3) over `background`, and its depth, `far` where nothing was met.

    `step_scale` below 1 is for distances that overestimate, such as those with displaced surfaces.
    """
    start = _approach(canvas, camera, distance, near, far, step_scale).ravel()
    tracer = _Tracer(camera, distance, shade, far, steps, step_scale, canvas.pixel * camera.lens * 0.5)
    picture, depth = background.reshape(-1, 3).copy(), np.full(start.shape, far, np.float32)
    tracer.trace(np.flatnonzero(start < far), camera.rays(canvas).reshape(3, -1), start, picture, depth)

    # Pixels where depth or brightness breaks are cut by an edge: `edge_rays` more rays make it smooth.
    sheet, light = depth.reshape(canvas.shape), picture.reshape(*canvas.shape, 3).sum(axis=-1)
    edge = np.zeros(canvas.shape, bool)
    for axis in (0, 1):
        jump = np.abs(np.diff(sheet, axis=axis)) > 0.02 * np.minimum(*_pairs(sheet, axis))
        jump |= np.abs(np.diff(light, axis=axis)) > 0.25 + 0.4 * np.minimum(*_pairs(light, axis))
        for part in _pairs(edge, axis):
            part |= jump
    index = np.flatnonzero(edge.ravel() & (start < far))
    if len(index):
        row, column = np.divmod(index, canvas.width)
        total = picture[index]
        for across, down in ((0.36, -0.12), (-0.12, 0.36), (-0.3, -0.3))[:edge_rays]:
            x = canvas.x[0, column] + np.float32(across * canvas.pixel)
            y = canvas.y[row, 0] + np.float32(down * canvas.pixel)
            extra = background.reshape(-1, 3)[index]
            tracer.trace(
                np.arange(len(index)), camera.ray(x, y), start[index], extra, np.empty(len(index), np.float32)
            )
            total = total + extra
        picture[index] = total / (edge_rays + 1)
    return picture.reshape(*canvas.shape, 3), sheet


def _pairs(field: Array, axis: int) -> tuple[Array, Array]:
    return (field[1:], field[:-1]) if axis == 0 else (field[:, 1:], field[:, :-1])


@dataclass
class _Tracer:
    camera: Camera
    distance: Distance
    shade: Shade
    far: float
    steps: int
    step_scale: float
    threshold: float

    def trace(self, candidates: Array, rays: Array, start: Array, picture: Array, depth: Array) -> None:
        """Write colour and depth, in place, of those candidates whose rays (3, n) meet something."""
        origin = np.asarray(self.camera.eye, np.float32)[:, None]
        threshold, scale = np.float32(self.threshold), np.float32(self.step_scale)
        for first in range(0, len(candidates), CHUNK):
            index = candidates[first : first + CHUNK]
            ray = np.ascontiguousarray(rays[:, index])
            reached = start[index].copy()
            live = np.arange(len(index))
            closing = ray
            hit = np.zeros(len(index), bool)
            for step in range(self.steps):
                t = reached[live]
                away = self.distance(origin + closing * t)
                done = away < threshold * t
                t = t + away * scale
                reached[live] = t
                hit[live[done]] = True
                if step % 2 == 1 or done.all():
                    live = live[~hit[live] & (t < self.far)]
                    if not len(live):
                        break
                    closing = np.ascontiguousarray(ray[:, live])
            # Rays that graze a long surface run out of steps just short of it: count them as arrived.
            if len(live):
                hit[live] = self.distance(origin + closing * reached[live]) < threshold * reached[live] * 24
            if not hit.any():
                continue
            ray, reached, index = np.ascontiguousarray(ray[:, hit]), reached[hit], index[hit]
            reached = reached + self.distance(origin + ray * reached) * scale
            point = origin + ray * reached
            normal = slope(self.distance, point, threshold * reached.mean() * 1.5)
            picture[index] = self.shade(Hits(point, normal, ray, reached, index))
            depth[index] = reached


def _approach(
    canvas: Canvas, camera: Camera, distance: Distance, near: float, far: float, step_scale: float
) -> Array:
    """A safe starting depth for every pixel, from a march of one wide cone for each block of pixels."""
    coarse = canvas.coarser(6)
    rays = camera.rays(coarse).reshape(3, -1)
    origin = np.asarray(camera.eye, np.float32)[:, None]
    cone = np.float32(coarse.pixel * camera.lens * 1.1)
    reached = np.full(rays.shape[1], near, np.float32)
    live = np.arange(rays.shape[1])
    for _ in range(48):
        t = reached[live]
        away = distance(origin + rays[:, live] * t) * np.float32(step_scale) - cone * t
        t = t + np.maximum(away, 0)
        reached[live] = t
        live = live[(away > 0.02 * cone * t) & (t < far)]
        if not len(live):
            break
    field = reached.reshape(coarse.shape)
    padded = np.pad(field, 1, mode="edge")
    for i in range(3):
        for j in range(3):
            field = np.minimum(field, padded[i : i + coarse.height, j : j + coarse.width])
    return resize(field, canvas.shape, soft=False)


def slope(distance: Distance, point: Array, reach: float) -> Array:
    """Unit normals (3, n) from the distance at four corners of a tetrahedron around each point."""
    total = np.zeros_like(point)
    for corner in ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)):
        offset = np.array(corner, np.float32)[:, None]
        total += offset * distance(point + offset * np.float32(reach))
    return total / (np.sqrt((total * total).sum(axis=0)) + np.float32(1e-9))


def ambient(distance: Distance, hits: Hits, reach: float, strength: float = 1.0) -> Array:
    """Light left in corners and under things, 0..1 (n,), feeling out to `reach`."""
    shade = np.zeros_like(hits.depth)
    for part in (0.25, 0.6, 1.0):
        height = np.float32(reach * part)
        shade += np.maximum(height - distance(hits.point + hits.normal * height), 0) / height
    return np.clip(1 - np.float32(strength / 3) * shade, 0, 1)


def shadow(
    distance: Distance, hits: Hits, light: ArrayLike, reach: float, softness: float = 0.15, steps: int = 8
) -> Array:
    """Light that gets through towards `light`, 0..1 (n,); `softness` is the lamp's size over its distance."""
    direction = unit(light)[:, None]
    through = np.ones_like(hits.depth)
    t = np.full_like(hits.depth, reach * 0.02)
    base = hits.point + hits.normal * np.float32(reach * 0.006)
    for _ in range(steps):
        away = distance(base + direction * t)
        through = np.minimum(through, away / (t * np.float32(softness)))
        t = t + np.clip(away, reach * 0.02, reach * 0.25)
    return np.clip(through, 0, 1)


def onward(
    distance: Distance,
    start: Array,
    direction: Array,
    reach: float,
    steps: int = 16,
    where: Array | None = None,
) -> Array:
    """How far (n,) a second ray, such as a reflection, goes before it meets something; at most `reach`.

    Only rays that are true in `where` (n,) are followed; the others reach all the way.
    """
    if where is not None:
        result = np.full(start.shape[1], reach, np.float32)
        if where.any():
            few, ways = np.ascontiguousarray(start[:, where]), np.ascontiguousarray(direction[:, where])
            result[where] = onward(distance, few, ways, reach, steps)
        return result
    t = np.full(start.shape[1], reach * 0.01, np.float32)
    for _ in range(steps):
        t = np.minimum(t + distance(start + direction * t), reach)
    return t


def facing(hits: Hits, light: ArrayLike) -> Array:
    """Matt light (n,) from a direction that points at the lamp."""
    return np.maximum(unit(light) @ hits.normal, 0)


def mirrored(hits: Hits) -> Array:
    """Directions (3, n) in which a polished surface sees the room."""
    return hits.ray - 2 * (hits.ray * hits.normal).sum(axis=0) * hits.normal


def fresnel(hits: Hits, facing_on: float = 0.04) -> Array:
    """Share of light reflected (n,): `facing_on` looking straight at the surface, all of it at grazing."""
    grazing = 1 - np.clip(-(hits.ray * hits.normal).sum(axis=0), 0, 1)
    return facing_on + (1 - facing_on) * grazing**5


def towards(direction: Array, towards: tuple[float, float, float]) -> Array:
    """Cosine between directions (3, n) and one other."""
    length = sum(c * c for c in towards) ** 0.5
    return sum(direction[i] * np.float32(towards[i] / length) for i in range(3))


def nearest(*parts: Array) -> Array:
    """Which of several distances is least at each point, (n,)."""
    return np.argmin(np.stack(parts), axis=0)


def by_part(which: Array, *colours: Array) -> Array:
    """For each point the colour (n, 3) of the part it belongs to."""
    result = np.empty_like(colours[0])
    for i, colour in enumerate(colours):
        result[which == i] = np.broadcast_to(colour, result.shape)[which == i]
    return result


def wave(angle: Array) -> Array:
    """A sine drawn with parabolas: three times quicker, and near enough for lumps and weaves."""
    turn = angle * np.float32(1 / (2 * np.pi))
    turn = turn - np.floor(turn + np.float32(0.5))
    return turn * (np.float32(8) - np.float32(16) * np.abs(turn))


# --- Distances in space -------------------------------------------------------------------


def ball(point: Array, centre: ArrayLike, radius: float) -> Array:
    q = point - np.asarray(centre, np.float32)[:, None]
    return np.sqrt((q * q).sum(axis=0)) - np.float32(radius)


def capsule(
    point: Array, start: ArrayLike, end: ArrayLike, radius: float, end_radius: float | None = None
) -> Array:
    """A rod with round ends; with `end_radius` it tapers."""
    a, b = np.asarray(start, np.float32), np.asarray(end, np.float32)
    axis = b - a
    q = point - a[:, None]
    t = np.clip((axis @ q) / np.float32(axis @ axis + 1e-12), 0, 1)
    away = q - axis[:, None] * t
    thickness = (
        np.float32(radius) if end_radius is None else np.float32(radius) + t * np.float32(end_radius - radius)
    )
    return np.sqrt((away * away).sum(axis=0)) - thickness


def block(point: Array, centre: ArrayLike, half: ArrayLike, corner: float = 0.0) -> Array:
    """A box with half sizes `half` (3,) and rounded edges."""
    q = (
        np.abs(point - np.asarray(centre, np.float32)[:, None])
        - (np.asarray(half, np.float32) - np.float32(corner))[:, None]
    )
    outside = np.maximum(q, 0)
    return np.sqrt((outside * outside).sum(axis=0)) + np.minimum(q.max(axis=0), 0) - np.float32(corner)


def disc(
    point: Array, centre: ArrayLike, radius: float, half_height: float, corner: float = 0.0, axis: int = 1
) -> Array:
    """An upright cylinder, or one lying along another axis."""
    q = point - np.asarray(centre, np.float32)[:, None]
    a, b = (i for i in range(3) if i != axis)
    across = np.sqrt(q[a] * q[a] + q[b] * q[b]) - np.float32(radius - corner)
    along = np.abs(q[axis]) - np.float32(half_height - corner)
    ox, oy = np.maximum(across, 0), np.maximum(along, 0)
    return np.sqrt(ox * ox + oy * oy) + np.minimum(np.maximum(across, along), 0) - np.float32(corner)
