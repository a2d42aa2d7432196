"""Out in the weather: a mudflat at low tide and a rain gauge on a bare hill."""

import numpy as np
from PIL import Image

from .canvas import (
    Array,
    Canvas,
    blur,
    box,
    coverage,
    develop,
    linear,
    mix,
    resize,
    sample,
    smoothstep,
    tint,
)
from .figure import Limb, around, cloth_normals, swell
from .registry import motif


def noise_tile(canvas: Canvas, name: str, octaves: tuple[float, ...], side: int = 512) -> Array:
    """Noise (side, side) that repeats, deviation 1, with lumps of each given size in px."""
    random = canvas.random(name)
    total = np.zeros((side, side), np.float32)
    for size in octaves:
        grain = np.tile(random.standard_normal((side, side), np.float32), (3, 3))
        lump = blur(grain, size)[side : 2 * side, side : 2 * side]
        total += lump / lump.std() * size**0.6
    return total / total.std()


def _wrap(tile: Array, column: Array, row: Array) -> Array:
    """Smooth look-up in a repeating tile."""
    return sample(tile, column % tile.shape[1], row % tile.shape[0])


@motif("horizon-core")
def horizon_core(canvas: Canvas) -> Image.Image:
    """Shining mud under a low sun, and a century of it lifted out in a clear tube."""
    x, y = canvas.x, canvas.y
    horizon = -0.16
    sun_x, sun_y = -0.62, horizon - 0.055
    cool, mud, gold = canvas.palette
    # Sky, at half size: warm at the sun, cool above, in long flat banks of cloud.
    soft = canvas.coarser(2)
    up = np.maximum(horizon - soft.y, 0)
    far = np.sqrt(((soft.x - sun_x) * 0.75) ** 2 + (soft.y - sun_y) ** 2)
    sky = mix(
        gold * 1.05 + np.array([0.10, 0.06, 0.02], np.float32),
        cool * 0.72,
        smoothstep(0.0, 0.62, up + 0.10 * np.abs(soft.x - sun_x)),
    )
    bank = soft.fbm("bank", 3.0, 6, 0.55)
    squeeze = np.abs((soft.y - horizon) * 1.3 * soft.height + soft.height * 0.9) + 0 * soft.x
    stretch = soft.column(soft.x * 0.42) + 0 * soft.y
    cloud = sample(bank, stretch.astype(np.float32), squeeze.astype(np.float32))
    cover = smoothstep(-0.1, 1.3, cloud + 0.5 * smoothstep(0.1, 0.7, up) - 0.2)
    edge = smoothstep(0.0, 0.35, cover) * smoothstep(0.85, 0.35, cover)
    dull = mix(cool * 0.42, gold * 0.55, np.exp(-far * 2.4))
    sky = mix(sky, dull, 0.72 * cover) + tint(edge * np.exp(-far * 1.6) * 0.55, gold)
    sky += tint(
        np.exp(-far / 0.035) * 9 + np.exp(-far / 0.16) * 0.9 + np.exp(-far / 0.55) * 0.30,
        gold * [1.1, 1.0, 0.85],
    )
    picture = resize(sky.astype(np.float32), canvas.shape)
    # A far shore, low and hazy.
    shore = (
        horizon
        - 0.008
        - 0.010 * resize(canvas.coarser(8).fbm("shore", 5, 4), canvas.shape)[:1]
        - 0.012 * smoothstep(0.2, 1.2, x)
    )
    land = smoothstep(0.002, -0.002, shore - y) * (y < horizon + 0.004)
    picture = mix(picture, mix(cool * 0.30, gold * 0.55, np.exp(-np.abs(x - sun_x) * 1.6)), 0.85 * land)
    # Mud: every pixel below the horizon is a place on the flat.
    first = int(canvas.row(horizon))
    ground = canvas.y[first:] - horizon + 0.0012
    away = 0.32 / ground
    east = canvas.x * away
    ripples = noise_tile(canvas, "ripples", (3.0, 7.0, 20.0))
    broad = noise_tile(canvas, "broad", (9.0, 26.0, 60.0))
    fine = _wrap(ripples, east * 190, away * 300 + 0 * east)
    lumps = _wrap(broad, east * 40, away * 62 + 0 * east)
    pools = _wrap(broad, east * 13 + 60, away * 19 + 90 + 0 * east)
    calm = smoothstep(6.0, 1.2, away)
    bend = 0.45 * np.sin(away * 1.1 + 0.6) + 0.22 * np.sin(away * 2.7) + 0.06 * lumps
    creek = np.abs(east + 0.95 + bend * (1 + 0.18 * away) - 0.10 * away) - 0.13 - 0.02 * lumps
    water = np.maximum(
        smoothstep(0.05, -0.04, creek),
        smoothstep(0.75, 1.35, pools + 0.25 * lumps) * smoothstep(0.4, 0.9, away),
    )
    bank_side = np.exp(-(((creek - 0.05) / 0.055) ** 2))
    tilt = (0.075 * fine + 0.055 * lumps) * (0.35 + 0.65 * calm) * (1 - 0.93 * water) - 0.20 * bank_side
    # What the wet surface shows is the sky as far above the horizon as the eye is below it, shaken by the ripples.
    mirror_row = canvas.row(horizon - ground * (0.9 + tilt * 5.5) - 0.30 * np.abs(tilt))
    mirror_col = canvas.column(x + tilt * 0.20)
    seen = sample(
        resize(sky.astype(np.float32), soft.shape), mirror_col / 2, np.clip(mirror_row / 2, 0, first / 2 - 1)
    )
    grazing = (0.22 + 0.70 * np.exp(-ground * 2.6)) * (1 - water) + water * (0.75 + 0.2 * np.exp(-ground * 2))
    facing = np.clip(0.55 + 2.4 * tilt + 0.5 * bank_side * 0.4, 0.05, 2)
    silt = mud * (0.30 + 0.30 * facing + 0.05 * lumps)[..., None]
    flat = (
        silt * (1 - grazing[..., None] * 0.6)
        + np.minimum(seen, 2.4) * (grazing * (0.62 + 0.38 * np.clip(1 + tilt * 3, 0, 1.5)))[..., None]
    )
    path = (
        np.exp(-(((x - sun_x) / (0.05 + 0.34 * ground)) ** 2))
        * np.clip(0.35 + 6 * tilt, 0, 1.6)
        * np.exp(-ground * 1.0)
    )
    flat += tint(path * 1.5, gold)
    picture[first:] = mix(flat, picture[first:], smoothstep(0.006, 0.0, ground) * np.ones_like(east))
    _kneeling(canvas, picture, gold, cool)
    haze = np.exp(-(((y - horizon) / 0.06) ** 2)) * 0.22 * np.exp(-np.abs(x - sun_x) * 0.8)
    picture += tint(haze, gold)
    flare = np.exp(-(((x - sun_x) ** 2 + (y - sun_y) ** 2) / 0.30)) * 0.10
    picture += tint(flare, gold)
    return develop(canvas, picture, exposure=1.15, contrast=0.3, vignette=0.38, grain=2.6, glow=0.16, threshold=1.0)


def _kneeling(canvas: Canvas, picture: Array, gold: Array, cool: Array) -> None:
    """A figure in waders and life jacket on a mud board, lifting the core; the light comes from behind the tube."""
    rows, columns = canvas.patch(0.52, 0.26, 0.78, 0.86)
    x, y = canvas.x[:, columns], canvas.y[rows]
    warp = resize(canvas.coarser(4).fbm("cloth", 6, 4), canvas.shape)[rows, columns]
    lean = y * 30 + x * 14 + 1.4 * warp
    folds = (np.sin(lean) * 0.5 + np.sin(lean * 1.8 + 2 * warp) * 0.4 + 0.7 * warp) * 0.0075
    fx, fy = x + 0.006 * warp + 0.0025 * np.sin(lean * 1.3), y + 0.005 * warp
    target = picture[rows, columns]
    # Its own dark double in the wet mud, broken by ripples.
    ripple = 0.010 * np.sin(y * 160 + 3 * warp) * smoothstep(0.70, 1.0, y)
    twin, _ = swell(
        x + ripple,
        1.38 - y,
        [
            (0.46, 0.62, 0.07, 0.84, 0.64, 0.06),
            (0.48, 0.58, 0.12, 0.62, 0.32, 0.15),
            (0.62, 0.30, 0.15, 0.57, 0.15, 0.14),
        ],
        0.05,
        0.1,
    )
    shade = smoothstep(0.03, -0.05, twin) * smoothstep(0.68, 0.72, y) * smoothstep(1.1, 0.75, y)
    target *= 1 - 0.62 * shade[..., None]
    board = box(x - 0.62, y - 0.690, 0.42, 0.022, 0.008)
    plank = mix(linear("#3a2c20"), linear("#a5814f"), smoothstep(-0.2, -1, (y - 0.69) / 0.022) * 0.7 + 0.1 * warp)
    target += (plank * 0.55 - target) * coverage(board, canvas.pixel * 1.5)[..., None]

    def cloth(limbs: list[Limb], colour: Array, soft: float, full: float, shine: float) -> None:
        here = around(x, y, limbs)
        ground, worn = target[here], colour[here] if colour.ndim == 3 else colour
        distance, height = swell(fx[here], fy[here], limbs, soft, full)
        crease = folds[here] * smoothstep(0.0, -0.02, distance)
        nx, ny, nz = cloth_normals(height, crease, canvas.pixel, 0.006)
        sun = np.maximum(-0.90 * nx - 0.28 * ny - 0.10, 0)
        skylight = np.maximum(0.16 - 0.42 * ny + 0.10 * nz, 0)
        rim = np.exp(np.minimum(distance, 0) / np.float32(0.006)) * np.maximum(-nx - 0.6 * ny, 0.06)
        lit = worn * (gold * (sun * 0.70)[..., None] + cool * (skylight * 0.26)[..., None])
        lit += gold * (rim * 0.9 + shine * sun**5 * 1.4)[..., None]
        ground += (lit - ground) * coverage(distance, canvas.pixel * 1.6)[..., None]

    waders, jacket, vest = linear("#3a4433"), linear("#323d48"), linear("#b5402a")
    # One outline for the whole body; what it is wearing changes along it.
    dress = np.broadcast_to(waders, (*warp.shape, 3)).copy()
    waist = fy + 0.16 * (fx - 0.62)
    dress = mix(dress, vest, smoothstep(0.205, 0.200, waist) * smoothstep(-0.105, -0.100, fy - 0.25 * (fx - 0.58)))
    dress = mix(dress, linear("#141414"), 0.9 * smoothstep(0.014, 0.010, np.abs(waist - 0.165)))
    dress = mix(dress, np.array([1.3, 1.3, 1.2], np.float32), 0.8 * smoothstep(0.011, 0.008, np.abs(waist - 0.045)))
    dress = mix(dress, jacket, smoothstep(-0.100, -0.106, fy - 0.25 * (fx - 0.58)))
    brow = fy - 0.30 * (fx - 0.53)
    dress = mix(dress, linear("#9c6a4e"), smoothstep(-0.135, -0.140, brow) * smoothstep(0.585, 0.575, fx))
    dress = mix(dress, linear("#2a4356"), smoothstep(-0.225, -0.229, brow + 0.25 * np.maximum(fx - 0.54, 0)))
    dress = mix(
        dress,
        linear("#16242f"),
        0.6 * smoothstep(0.016, 0.012, np.abs(brow + 0.243)) * (0.7 + 0.3 * np.sin(fx * 500)),
    )
    dress = mix(
        dress,
        linear("#1d1713"),
        smoothstep(0.550, 0.553, fx) * smoothstep(-0.235, -0.23, brow) * smoothstep(-0.165, -0.17, brow),
    )
    cloth(
        [(0.90, 0.63, 0.05, 0.93, 0.575, 0.040), (0.52, 0.615, 0.072, 0.88, 0.63, 0.055)],
        waders * 0.6,
        0.03,
        0.05,
        0.3,
    )
    cloth(
        [(0.565, 0.0, 0.056, 0.455, 0.19, 0.046), (0.455, 0.19, 0.045, 0.315, 0.235, 0.034)],
        jacket * 0.7,
        0.03,
        0.05,
        0.1,
    )
    cloth(
        [
            (0.47, 0.59, 0.082, 0.84, 0.628, 0.058),
            (0.48, 0.565, 0.096, 0.650, 0.36, 0.122),
            (0.65, 0.36, 0.122, 0.625, 0.14, 0.108),
            (0.622, 0.16, 0.110, 0.600, 0.0, 0.104),
            (0.580, -0.045, 0.062, 0.640, -0.03, 0.074),
            (0.572, -0.13, 0.044, 0.595, -0.05, 0.066),
            (0.535, -0.215, 0.058, 0.530, -0.190, 0.052),
            (0.507, -0.158, 0.026, 0.540, -0.150, 0.034),
            (0.474, -0.196, 0.010, 0.490, -0.214, 0.012),
            (0.532, -0.262, 0.056, 0.556, -0.225, 0.054),
            (0.540, -0.03, 0.040, 0.530, 0.14, 0.048),
            (0.690, -0.02, 0.040, 0.715, 0.14, 0.046),
            (0.60, -0.095, 0.030, 0.655, -0.085, 0.034),
            (0.52, 0.50, 0.10, 0.60, 0.30, 0.125),
            (0.70, 0.50, 0.06, 0.74, 0.38, 0.07),
        ],
        dress,
        0.035,
        0.075,
        0.3,
    )
    _core(canvas, target, x, y, warp, gold, cool)
    cloth(
        [(0.610, -0.02, 0.060, 0.490, 0.115, 0.050), (0.490, 0.115, 0.049, 0.315, -0.005, 0.034)],
        jacket,
        0.035,
        0.055,
        0.12,
    )
    glove = linear("#2b5f6e")
    for gx, gy in ((0.27, -0.03), (0.275, 0.225)):
        cloth(
            [
                (gx + 0.045, gy + 0.015, 0.040, gx, gy, 0.036),
                *(
                    (gx - 0.02, gy - 0.024 + k * 0.019, 0.0115, gx - 0.062, gy - 0.020 + k * 0.018, 0.0105)
                    for k in range(4)
                ),
            ],
            glove,
            0.012,
            0.025,
            0.5,
        )


def _core(canvas: Canvas, target: Array, x: Array, y: Array, warp: Array, gold: Array, cool: Array) -> None:
    """The tube: layers of sediment bowed a little at the glass, water on top, light through the wall."""
    top, bottom, radius = -0.42, 0.43, 0.060
    axis = 0.225 + 0.035 * (y - top)
    across = (x - axis) / radius
    tube = np.maximum(np.abs(x - axis) - radius, np.abs(y - (top + bottom) / 2) - (bottom - top) / 2)
    round_ = np.sqrt(np.maximum(1 - across * across, 0))
    depth = (y - top - 0.012 * round_ + 0.006 * warp) / (bottom - top)
    random = canvas.random("layers")
    edges = np.cumsum(random.uniform(0.012, 0.055, 40)) + 0.20
    tones = random.uniform(0.10, 0.75, 41).astype(np.float32)
    warmth = random.uniform(0, 1, 41).astype(np.float32)
    layer = np.searchsorted(edges, depth + 0.004 * warp * np.sin(x * 90)).astype(np.int32)
    blur_edge = 1 - 0.25 * np.exp(-((np.sin(depth * 130 + warp) / 0.3) ** 2))
    grit = random.standard_normal(depth.shape, np.float32)
    silt = mix(linear("#1c1613"), linear("#b08a5c"), (tones[layer] * blur_edge + 0.05 * grit).clip(0, 1))
    silt = mix(silt, linear("#54606a"), 0.35 * warmth[layer])
    sun = np.exp(-(((across + 0.55) / 0.42) ** 2)) * 1.0
    inside = silt * (gold * (0.28 + 0.9 * sun)[..., None] + cool * (0.22 * round_)[..., None]) * 1.1
    water = smoothstep(0.185, 0.178, depth) * smoothstep(0.055, 0.060, depth)
    clear = target * 0.72 + gold * (0.30 * sun + 0.12)[..., None]
    cloudy = mix(clear, linear("#9c8a70") * 0.75, 0.30 + 0.35 * smoothstep(0.06, 0.18, depth))
    inside = np.where((depth < 0.182)[..., None], mix(clear, cloudy, water), inside)
    meniscus = np.exp(-(((depth - 0.057) / 0.006) ** 2))
    wall = smoothstep(0.80, 0.97, np.abs(across))
    glint = np.exp(-(((across + 0.70) / 0.07) ** 2)) * 1.5 + np.exp(-(((across - 0.62) / 0.05) ** 2)) * 0.35
    glass = inside * (1 - 0.45 * wall)[..., None] + gold * (glint * 0.8 + meniscus * 0.5)[..., None]
    cap = smoothstep(0.955, 0.962, depth)
    glass = mix(glass, linear("#b8321e") * (0.25 + 0.9 * sun + 0.2 * round_)[..., None], cap)
    scale = (
        (np.abs(((depth - 0.1) * 22) % 1 - 0.5) > 0.47)
        & (across > 0.1)
        & (across < 0.42)
        & (depth > 0.1)
        & (depth < 0.94)
    )
    glass = mix(glass, np.array([0.7, 0.7, 0.68], np.float32), 0.5 * scale.astype(np.float32))
    target += (glass - target) * coverage(tube, canvas.pixel * 1.4)[..., None]
