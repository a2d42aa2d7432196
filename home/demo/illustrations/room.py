"""Rooms and machines from flat faces, tubes and balls: rays are cast face by face into a sheet of surfaces.

World units, y up; the camera is `solid.Camera`. What comes out is not a picture but, for every pixel, which part
was hit and where, so that a drawing lights its whole scene in a few array operations.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .canvas import Array, Canvas, unit
from .solid import Camera

Keep = Callable[[Array, Array], Array]
Point = tuple[float, float, float]


@dataclass
class Surface:
    """Some of the points seen, each field (n,): place, unit ray from the eye, normal, and what the sheet holds."""

    x: Array
    y: Array
    z: Array
    rx: Array
    ry: Array
    rz: Array
    nx: Array
    ny: Array
    nz: Array
    u: Array
    v: Array
    depth: Array
    kind: Array
    part: Array
    index: Array


class Room:
    """Surfaces seen by a camera, each array (height, width).

    `kind` is the material number given by the drawing (0: nothing was hit), `part` counts faces, `depth` is along
    the camera's axis, `normal` is (nx, ny, nz), and `u`, `v` are world lengths across a face from its corner.
    """

    def __init__(self, canvas: Canvas, camera: Camera, far: float = 1000.0) -> None:
        self.canvas = canvas
        self.camera = camera
        shape = canvas.shape
        self.depth = np.full(shape, far, np.float32)
        self.kind = np.zeros(shape, np.uint8)
        self.part = np.zeros(shape, np.uint16)
        self.u, self.v = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        self.normal = (np.zeros(shape, np.float32), np.zeros(shape, np.float32), np.zeros(shape, np.float32))
        self.parts = 0
        self.eye = np.asarray(camera.eye, np.float64)
        self.forward = unit(np.subtract(camera.target, camera.eye)).astype(np.float64)
        self.right = unit(np.cross(self.forward, (np.sin(camera.roll), np.cos(camera.roll), 0))).astype(np.float64)
        self.above = np.cross(self.right, self.forward)

    def _along(self, vector: ArrayLike, rows: slice, columns: slice) -> Array:
        """Dot product of every ray (one unit deep) of a patch with a vector."""
        lens = self.camera.lens
        towards = np.asarray(vector, np.float64)
        across = float(self.right @ towards) * lens
        up = float(self.above @ towards) * lens
        return float(self.forward @ towards) + self.canvas.x[:, columns] * across - self.canvas.y[rows] * up

    def _patch(self, corners: ArrayLike) -> tuple[slice, slice] | None:
        away = np.asarray(corners, np.float64) - self.eye
        depth = away @ self.forward
        if (depth < 0.02).all():
            return None
        if (depth < 0.02).any():
            return slice(0, self.canvas.height), slice(0, self.canvas.width)
        x = away @ self.right / (depth * self.camera.lens)
        y = -(away @ self.above) / (depth * self.camera.lens)
        middle = (x.min() + x.max()) / 2, (y.min() + y.max()) / 2
        pixel = self.canvas.pixel
        rows, columns = self.canvas.patch(
            *middle, float(x.max() - middle[0]) + pixel, float(y.max() - middle[1]) + pixel
        )
        return None if rows.start >= rows.stop or columns.start >= columns.stop else (rows, columns)

    def _put(
        self,
        patch: tuple[slice, slice],
        hit: Array,
        depth: Array,
        normal: tuple[ArrayLike, ...],
        u: Array,
        v: Array,
        kind: int,
    ) -> None:
        self.parts += 1
        np.copyto(self.depth[patch], depth, where=hit)
        np.copyto(self.u[patch], u, where=hit)
        np.copyto(self.v[patch], v, where=hit)
        for held, new in zip(self.normal, normal, strict=True):
            np.copyto(held[patch], np.asarray(new, np.float32), where=hit)
        self.kind[patch][hit] = kind
        self.part[patch][hit] = self.parts

    def quad(
        self, corner: ArrayLike, across: ArrayLike, along: ArrayLike, kind: int, keep: Keep | None = None
    ) -> None:
        """A parallelogram from its corner; `keep(u, v)` may cut it to any shape. Both sides are seen."""
        c, a, b = (np.asarray(vector, np.float64) for vector in (corner, across, along))
        patch = self._patch([c, c + a, c + b, c + a + b])
        if patch is None:
            return
        facing = np.cross(a, b)
        away = c - self.eye
        if float(facing @ away) > 0:
            facing = -facing
        with np.errstate(divide="ignore", invalid="ignore"):
            depth = np.float32(facing @ away) / self._along(facing, *patch)
        dual_a, dual_b = np.cross(b, facing), np.cross(facing, a)
        dual_a, dual_b = dual_a / (a @ dual_a), dual_b / (b @ dual_b)
        s = depth * self._along(dual_a, *patch) - float(away @ dual_a)
        t = depth * self._along(dual_b, *patch) - float(away @ dual_b)
        hit = (depth > 0.02) & (depth < self.depth[patch]) & (s >= 0) & (s <= 1) & (t >= 0) & (t <= 1)
        s *= float(np.linalg.norm(a))
        t *= float(np.linalg.norm(b))
        if keep is not None:
            hit &= keep(s, t)
        self._put(patch, hit, depth, tuple(unit(facing)), s, t, kind)

    def disc(self, centre: ArrayLike, across: ArrayLike, along: ArrayLike, kind: int, hole: float = 0.0) -> None:
        """An ellipse with half axes `across` and `along`; `hole` 0..1 makes it a ring."""
        c, a, b = (np.asarray(vector, np.float64) for vector in (centre, across, along))
        p, q = float(np.linalg.norm(a)), float(np.linalg.norm(b))

        def keep(u: Array, v: Array) -> Array:
            r = ((u - p) / p) ** 2 + ((v - q) / q) ** 2
            return (r <= 1) & (r >= hole * hole)

        self.quad(c - a - b, 2 * a, 2 * b, kind, keep)

    def box(self, middle: ArrayLike, size: ArrayLike, kind: int, turn: float = 0.0, top: int | None = None) -> None:
        """An upright box turned about the vertical; `top` is another material for its lid. Near faces only."""
        c = np.asarray(middle, np.float64)
        w, h, d = np.asarray(size, np.float64)
        x = np.array([np.cos(turn), 0, -np.sin(turn)]) * w
        y = np.array([0, h, 0])
        z = np.array([np.sin(turn), 0, np.cos(turn)]) * d
        for along, a, b in ((x, y, z), (y, x, z), (z, x, y)):
            for side in (-0.5, 0.5):
                face = c + along * side
                if float((face - self.eye) @ along) * side >= 0:
                    continue
                lid = top is not None and along is y and side > 0
                self.quad(face - a / 2 - b / 2, a, b, top if lid and top is not None else kind)

    def tube(self, start: ArrayLike, end: ArrayLike, radius: float, kind: int, cap: int | None = None) -> None:
        """A cylinder; u runs along it, v is the angle times the radius. `cap` is the material of its ends."""
        a, b = np.asarray(start, np.float64), np.asarray(end, np.float64)
        length = float(np.linalg.norm(b - a))
        axis = (b - a) / length
        side = np.cross(axis, (0.31, 0.2, 0.93) if abs(axis[1]) > 0.8 else (0, 1, 0))
        side /= np.linalg.norm(side)
        third = np.cross(axis, side)
        ring = [side * radius, third * radius, -side * radius, -third * radius]
        edge = [(i + j) for i, j in zip(ring, [*ring[1:], ring[0]], strict=True)]
        patch = self._patch([end_ + r for end_ in (a, b) for r in edge])
        if patch is None:
            return
        from_eye = self.eye - a
        d_side, d_third, d_axis = (self._along(v, *patch) for v in (side, third, axis))
        o_side, o_third, o_axis = (float(from_eye @ v) for v in (side, third, axis))
        qa = d_side * d_side + d_third * d_third
        qb = d_side * o_side + d_third * o_third
        inner = qb * qb - qa * (o_side * o_side + o_third * o_third - radius * radius)
        depth = (-qb - np.sqrt(np.maximum(inner, 0))) / (qa + 1e-9)
        u = o_axis + d_axis * depth
        hit = (inner > 0) & (depth > 0.02) & (depth < self.depth[patch]) & (u >= 0) & (u <= length)
        ns, nt = (o_side + d_side * depth) / radius, (o_third + d_third * depth) / radius
        normal = tuple(ns * float(side[i]) + nt * float(third[i]) for i in range(3))
        self._put(patch, hit, depth, normal, u, np.arctan2(nt, ns) * radius, kind)
        if cap is not None:
            for end_ in (a, b):
                self.disc(end_, side * radius, third * radius, cap)

    def ball(self, centre: ArrayLike, radius: float, kind: int) -> None:
        c = np.asarray(centre, np.float64)
        reach = radius * 1.3
        corners = [
            c + self.right * i * reach + self.above * j * reach - self.forward * radius
            for i in (-1, 1)
            for j in (-1, 1)
        ]
        patch = self._patch(corners)
        if patch is None:
            return
        from_eye = self.eye - c
        rays = [self._along(axis, *patch) for axis in np.eye(3)]
        qa = rays[0] ** 2 + rays[1] ** 2 + rays[2] ** 2
        qb = sum(rays[i] * float(from_eye[i]) for i in range(3))
        inner = qb * qb - qa * float(from_eye @ from_eye - radius * radius)
        depth = (-qb - np.sqrt(np.maximum(inner, 0))) / qa
        hit = (inner > 0) & (depth > 0.02) & (depth < self.depth[patch])
        normal = tuple((float(from_eye[i]) + rays[i] * depth) / radius for i in range(3))
        self._put(patch, hit, depth, normal, normal[0] * radius, normal[1] * radius, kind)

    def shade(self, light: "Callable[[Surface], Array]", background: Array) -> Array:
        """A picture: `light` gives (n, 3) for each handful of surface points; elsewhere the background is seen."""
        picture = np.ascontiguousarray(background, np.float32).reshape(-1, 3).copy()
        seen = np.flatnonzero(self.kind)
        flat = [a.ravel() for a in (self.depth, self.kind, self.part, self.u, self.v, *self.normal)]
        axes = [
            (self.forward[i], self.right[i] * self.camera.lens, self.above[i] * self.camera.lens) for i in range(3)
        ]
        across, down = self.canvas.x.ravel(), self.canvas.y.ravel()
        for first in range(0, len(seen), 40_000):
            index = seen[first : first + 40_000]
            x, y = across[index % self.canvas.width], down[index // self.canvas.width]
            ray = [float(f) + x * float(r) - y * float(a) for f, r, a in axes]
            depth, kind, part, u, v, nx, ny, nz = (a[index] for a in flat)
            length = 1 / np.sqrt(ray[0] ** 2 + ray[1] ** 2 + ray[2] ** 2)
            px, py, pz = (float(self.eye[i]) + depth * ray[i] for i in range(3))
            rx, ry, rz = (r * length for r in ray)
            picture[index] = light(Surface(px, py, pz, rx, ry, rz, nx, ny, nz, u, v, depth, kind, part, index))
        return self.smooth(picture.reshape(*self.canvas.shape, 3))

    def tones(self, name: str, low: float = 0.0, high: float = 1.0) -> Array:
        """A random number for every face, to be looked up by `part`."""
        return self.canvas.random(name).uniform(low, high, self.parts + 1).astype(np.float32)

    def edges(self) -> Array:
        """Flat indices of pixels with another face to the right of them or below."""
        part = self.part
        edge = np.zeros(self.canvas.shape, bool)
        edge[:-1] |= part[1:] != part[:-1]
        edge[:, :-1] |= part[:, 1:] != part[:, :-1]
        return np.flatnonzero(edge)

    def smooth(self, picture: Array) -> Array:
        """Take the stairs out of every edge between faces, in place."""
        width = self.canvas.width
        edge = np.zeros(picture.shape[0] * width + width, bool)
        for step in (0, 1, width):
            edge[self.edges() + step] = True
        index = np.flatnonzero(edge)
        index = index[(index > width) & (index < picture.shape[0] * width - width - 1)]
        flat = picture.reshape(-1, 3)
        total = flat[index] * np.float32(0.3)
        for step, share in ((1, 0.12), (width, 0.12), (width + 1, 0.055), (width - 1, 0.055)):
            total += (flat[index - step] + flat[index + step]) * np.float32(share)
        flat[index] = total
        return picture


def lamp(s: Surface, position: Point, reach: float = 1.0, wrap: float = 0.0) -> Array:
    """Matt light (n,) from a bare lamp, 1 at a distance of `reach`; `wrap` lets it creep round edges."""
    x, y, z = position[0] - s.x, position[1] - s.y, position[2] - s.z
    square = x * x + y * y + z * z + np.float32(1e-4)
    facing = (x * s.nx + y * s.ny + z * s.nz) / np.sqrt(square)
    return np.maximum((facing + wrap) / (1 + wrap), 0) * np.float32(reach * reach) / square


def mirror(s: Surface, nx: Array, ny: Array, nz: Array) -> tuple[Array, Array, Array]:
    """The direction in which a polished surface with these normals sees the room."""
    along = 2 * (s.rx * nx + s.ry * ny + s.rz * nz)
    return s.rx - along * nx, s.ry - along * ny, s.rz - along * nz
