"""Air made visible: smoke behind a cylinder and a shock wave in a schlieren beam."""

import numpy as np
from PIL import Image

from .canvas import Array, Canvas, blur, circle, coverage, develop, mix, resize, rgb, sample, smoothstep, tint
from .registry import motif


@motif("vortices")
def vortices(canvas: Canvas) -> Image.Image:
    """A vortex street: smoke from a cylinder's shoulders, wound up by swirls on alternate sides."""
    sheet, canvas = canvas, canvas.coarser(1.5)
    post = (-canvas.half_width * 0.74, 0.02)
    size = 0.2
    half = canvas.coarser(1.5)
    random = canvas.random("street")
    u = half.x + half.fbm("drift x", 1.2, 3) * 0.014
    v = half.y + half.fbm("drift y", 1.2, 3) * 0.022 * smoothstep(post[0], 1.2, half.x)
    u = u + half.fbm("stir x", 7, 4) * 0.008 * smoothstep(post[0] + 0.3, 1.2, half.x)
    v = v + half.fbm("stir y", 7, 4) * 0.008 * smoothstep(post[0] + 0.3, 1.2, half.x)
    swirls = []
    x, turn, reach = post[0] + 0.5, 1, 0.22
    while x < canvas.half_width + 0.5:
        side = -0.125 - 0.03 * (x - post[0])
        shift = random.normal(0, 0.014, 2)
        swirls.append((x + shift[0], post[1] + turn * side + shift[1], reach, turn))
        x += 0.3 + 0.5 * (reach - 0.22)
        reach = min(0.39, reach + 0.022)
        turn = -turn
    # Undo each swirl, the nearest to the post last, to find where the smoke at this pixel was released.
    for i, (sx, sy, reach, sense) in enumerate(swirls[::-1]):
        rows, columns = half.patch(sx, sy, reach * 2.2)
        if rows.start >= rows.stop or columns.start >= columns.stop:
            continue
        dx, dy = u[rows, columns] - np.float32(sx), v[rows, columns] - np.float32(sy)
        r2 = (dx * dx + dy * dy) / np.float32(reach * reach)
        age = (len(swirls) - i) / len(swirls)
        turns = np.float32(sense * (2.6 + 6.4 * min(1, age * 1.7)))
        angle = turns * np.exp(-r2 * 2.3) / (1 + 1.4 * r2) * smoothstep(3.6, 1.0, r2)
        cos, sin = np.cos(angle), np.sin(angle)
        u[rows, columns] = sx + dx * cos - dy * sin
        v[rows, columns] = sy + dx * sin + dy * cos
    smoke = _smoke(canvas, resize(u, canvas.shape), resize(v, canvas.shape), post, size)
    thick = blur(resize(smoke, half.shape), half.width * 0.006)
    lit = resize(np.roll(thick, 5, axis=0) - np.roll(thick, -5, axis=0), canvas.shape)
    light = smoke * (0.8 + 1.5 * np.clip(-lit, -0.3, 0.5)) + 0.16 * resize(thick, canvas.shape)
    colour = mix(canvas.palette[2] * 0.85, canvas.palette[1] * 1.15, np.clip(light * 0.9, 0, 1))
    strobe = 1.15 - 0.3 * (canvas.x / canvas.half_width) ** 2
    picture = light[..., None] * colour * strobe[..., None] + canvas.palette[0] * 1.1
    _cylinder(canvas, picture, post, size)
    return develop(sheet, picture, exposure=1.2, contrast=0.35, grain=2.6, glow=0.1, threshold=0.6, vignette=0.2)


def _smoke(canvas: Canvas, u: Array, v: Array, post: tuple[float, float], size: float) -> Array:
    """Density of smoke: two sheets and the wisps between, at the place (u, v) each pixel's air came from."""
    away = v - np.float32(post[1])
    downstream = np.clip((u - post[0]) / 3, 0, 1)
    long = canvas.coarser(1.5).fbm("strands", 7, 7, 0.62)
    across = (u + canvas.half_width) * (long.shape[1] / (2 * canvas.half_width) * 0.22)
    down = (v + canvas.half_height) * (long.shape[0] / (2 * canvas.half_height))
    strands = sample(long, across, down)
    smoke = np.zeros(canvas.shape, np.float32)
    sheets = ((0.2, 0.022, 1.0), (-0.2, 0.022, 1.0), (0.145, 0.042, 0.35), (-0.145, 0.042, 0.35))
    for offset, width, strength in sheets:
        spread = width * (1 + 1.6 * downstream)
        centre = away - np.float32(offset) * (1 - 0.45 * smoothstep(0, 0.25, downstream))
        smoke += strength * np.exp(-(((centre + 0.008 * strands) / spread) ** 2)) * (0.75 + 0.4 * np.tanh(strands))
    threaded = 0.62 + 0.38 * np.sin(away * 330 + strands * 1.6) * np.sin(away * 145 - strands * 1.1)
    smoke *= 1 + (threaded - 0.8) * smoothstep(0.0, 0.2, downstream)
    veil = np.exp(-((away / 0.22) ** 2)) * smoothstep(0.02, 0.2, downstream)
    wisps = np.maximum(0, 1 - np.abs(np.sin(away * 95 + strands * 0.8)) * 3.2)
    smoke += veil * np.maximum(0.09 + 0.05 * strands + 0.15 * wisps, 0)
    # Upstream the smoke is a handful of still threads which part around the cylinder.
    px, py = canvas.x - post[0], canvas.y - post[1]
    stream = py * (1 - size * size / np.maximum(px * px + py * py, size * size * 0.9))
    threads = np.zeros(canvas.shape, np.float32)
    for level in (-0.085, -0.045, -0.012, 0.02, 0.05, 0.09):
        threads += np.exp(-(((stream - level) / 0.0085) ** 2)) * (0.55 + 0.3 * np.cos(level * 80))
    upstream = smoothstep(0.2, -0.1, px)
    return np.maximum(smoke * smoothstep(-0.02, 0.2, px) + threads * upstream, 0)


def _cylinder(canvas: Canvas, picture: Array, post: tuple[float, float], size: float) -> None:
    """The end of a steel rod, turned on a lathe, lit only along its upper edge."""
    rows, columns = canvas.patch(*post, size * 1.2)
    x, y = canvas.x[:, columns] - post[0], canvas.y[rows] - post[1]
    radius = np.hypot(x, y)
    rim = np.exp(-(((radius - size * 0.955) / 0.0035) ** 2))
    turned = 0.5 + 0.5 * np.sin(radius * 900 + 4 * np.sin(radius * 60))
    sheen = np.abs(np.cos(np.arctan2(y, x) - 0.9)) ** 14
    above = smoothstep(0.3, -1.0, y / size)
    light = 0.008 + rim * (0.05 + 0.75 * above**2) + sheen * (0.035 + 0.03 * turned)
    part = picture[rows, columns]
    part[...] = mix(part, tint(light, canvas.palette[2] * 0.5 + 0.5), coverage(radius - size, canvas.pixel * 1.5))


@motif("wedge")
def wedge(canvas: Canvas) -> Image.Image:
    """Supersonic flow over a wedge: light where density climbs towards the viewer's knife edge."""
    sheet, canvas = canvas, canvas.coarser(1.4)
    x, y = canvas.x, canvas.y
    tip = np.array([-0.34, 0.03], np.float32)
    length, slope_angle = 0.62, np.tan(np.radians(9))
    px, py = x - tip[0], y - tip[1]
    side = np.abs(py)
    wobble = canvas.coarser(3)
    air = resize(wobble.fbm("tunnel air", 5, 6, 0.6), canvas.shape)
    fine = canvas.fbm("glass", 40, 5, 0.6)
    base = 0.27 + 0.012 * air + 0.006 * fine
    base = base + 0.03 * y + 0.02 * x

    def front(start: float, angle: float, offset: float = 0.0) -> Array:
        """Signed distance normal to a straight wave from the axis, positive behind it."""
        slope_ = np.radians(angle)
        return ((px - start) * np.sin(slope_) - (side - offset) * np.cos(slope_)).astype(np.float32)

    shock = front(0.0, 40.5) + 0.0008 * fine + 0.0012 * air
    ahead = side < 2.2
    bright = np.exp(-((shock / 0.0075) ** 2)) * 0.85 + np.exp(-(((shock - 0.008) / 0.02) ** 2)) * 0.25
    dark = np.exp(-(((shock + 0.013) / 0.006) ** 2)) * 0.13 + np.exp(-(((shock + 0.03) / 0.005) ** 2)) * 0.03
    fade = 1 / (1 + 0.12 * side)
    light = base + (bright - dark) * fade * ahead
    light += 0.035 * smoothstep(0, 0.02, shock) * np.exp(-np.maximum(shock, 0) / 0.3)
    # Expansion fan at the shoulder, then the shock that closes the wake.
    shoulder = length * slope_angle
    for k, angle in enumerate(np.linspace(47, 33, 9)):
        fan = front(length, angle, shoulder)
        light -= np.exp(-((fan / (0.007 + 0.002 * k)) ** 2)) * 0.05 * (px > length * 0.98) / (1 + 0.9 * side)
    closing = front(length + 0.3, 33, 0.03) + 0.002 * air
    light += np.exp(-((closing / 0.012) ** 2)) * 0.2 * smoothstep(0.0, 0.1, side) * (px > length) / (1 + side)
    for start, strength in ((0.13, 0.05), (0.27, 0.035), (0.4, 0.05), (0.52, 0.03)):
        mach = front(start, 43, start * slope_angle)
        light += np.exp(-((mach / 0.004) ** 2)) * strength * (side > start * slope_angle) * np.exp(-side * 2.2)
    wake = side - (0.055 + 0.05 * (px - length)) - 0.02 * air * smoothstep(length, length + 0.7, px)
    stir = canvas.fbm("wake", 22, 6, 0.75)
    inside = smoothstep(0.02, -0.02, wake) * (px > length - 0.02)
    light += inside * (0.055 * stir + 0.03 * np.sign(-py) * smoothstep(0.09, 0.0, np.abs(wake)))
    layer = side - px * slope_angle - 0.004 - 0.016 * np.sqrt(np.maximum(px, 0))
    on_face = (px > 0.02) & (px < length)
    light += np.exp(-((layer / 0.006) ** 2)) * 0.17 * on_face * (1 + 0.25 * stir)

    shape = np.maximum(side - px * slope_angle, px - length)
    sting = np.maximum(side - 0.034, length - 0.01 - px)
    body = np.minimum(shape, sting).astype(np.float32)
    edge = np.exp(-np.maximum(body, 0) / 0.004) * 0.11 * np.cos(np.maximum(body, 0) * 520)
    light += edge * (body > 0)
    picture = tint(np.maximum(light, 0.01), rgb(0.985, 1.0, 1.02))
    steel = 0.008 + 0.01 * smoothstep(-0.03, 0.0, body) + 0.002 * fine
    picture = mix(picture, tint(steel, canvas.palette[1] * 4 + 0.4), coverage(body, canvas.pixel * 1.8))
    # The mirrors are round: outside their circle there is only the wall of the tunnel.
    window = circle(x - 0.03, y, 1.42) + 0.0006 * air
    ring = np.exp(-(((window + 0.012) / 0.006) ** 2)) * 0.05
    picture = mix(picture + ring[..., None], picture * 0.1 + 0.004, smoothstep(-0.004, 0.02, window))
    _marks(canvas, picture)
    return develop(sheet, picture, exposure=1.12, contrast=0.3, grain=4.2, glow=0.1, threshold=0.6, vignette=0.3)


def _marks(canvas: Canvas, picture: Array) -> None:
    """Dust and pits on the windows, each with its small diffraction ring."""
    random = canvas.random("marks")
    for _ in range(130):
        x, y = random.uniform(-canvas.half_width, canvas.half_width), random.uniform(-1, 1)
        size = random.gamma(2.0, 0.0022)
        rows, columns = canvas.patch(x, y, size * 5)
        if rows.start >= rows.stop or columns.start >= columns.stop:
            continue
        away = np.hypot(canvas.x[:, columns] - x, canvas.y[rows] - y) / size
        picture[rows, columns] *= (1 - 0.35 * np.exp(-away) * np.cos(away * 3.0))[..., None]
