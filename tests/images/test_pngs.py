"""PNGs of every kind, and what they say of their colours."""

import itertools
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from cms.images import colour, headers
from cms.images.headers.colours import PRIMARIES, NamedColours
from cms.images.refusal import PhotoRefused
from cms.images.sandbox import pixels, wholeness
from tests.images import builders, tiffs
from tests.images.builders import chunk

GREY, RGB, PALETTE, GREY_ALPHA, RGB_ALPHA = 0, 2, 3, 4, 6
DEPTHS = {GREY: (1, 2, 4, 8, 16), RGB: (8, 16), PALETTE: (1, 2, 4, 8), GREY_ALPHA: (8, 16), RGB_ALPHA: (8, 16)}
ADAM7 = wholeness.ADAM7


def write(kind: int, depth: int, interlaced: bool, see_through: bool = False) -> tuple[bytes, np.ndarray]:
    """The file's bytes, and what a right decoder shows of them, laid on white."""
    scene, top = tiffs.scene(), 2**depth - 1
    alpha = np.broadcast_to(np.linspace(1, 0.5, tiffs.WIDTH)[None, :, None], (*scene.shape[:2], 1))
    light = (scene @ np.array([0.299, 0.587, 0.114]))[:, :, None]
    palette = np.stack([np.arange(top + 1) / top, 1 - np.arange(top + 1) / top, np.full(top + 1, 0.4)], axis=1)
    values = {
        GREY: light,
        RGB: scene,
        PALETTE: scene[:, :, :1],
        GREY_ALPHA: np.concatenate([light, alpha], axis=2),
        RGB_ALPHA: np.concatenate([scene, alpha], axis=2),
    }[kind]
    samples = np.round(values * top).astype(int)
    extra = b""
    if kind == PALETTE:
        shown = np.round(palette * 255)[samples[:, :, 0]]
        extra = chunk(b"PLTE", np.round(palette * 255).astype(np.uint8).tobytes())
        if see_through:
            extra += chunk(b"tRNS", b"\0")  # the first colour
            shown[samples[:, :, 0] == 0] = 255
    else:
        shown = np.broadcast_to(
            samples[:, :, : 3 if kind in (RGB, RGB_ALPHA) else 1] / top * 255, scene.shape
        ).copy()
        if kind in (GREY_ALPHA, RGB_ALPHA):
            share = samples[:, :, -1:] / top
            shown = shown * share + 255 * (1 - share)
        elif see_through:
            hidden = samples[20, 24]
            extra = chunk(b"tRNS", struct.pack(f">{len(hidden)}H", *hidden))
            shown[(samples == hidden).all(axis=2)] = 255
    passes = ADAM7 if interlaced else ((0, 0, 1, 1),)
    rows = b"".join(
        b"\0" + _row(line, depth)
        for left, top_row, across, down in passes
        if left < samples.shape[1]
        for line in samples[top_row::down, left::across]
    )
    head = struct.pack(">IIBBBBB", tiffs.WIDTH, tiffs.HEIGHT, depth, kind, 0, 0, interlaced)
    parts = chunk(b"IHDR", head) + extra + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts, shown


def _row(line: np.ndarray, depth: int) -> bytes:
    if depth == 16:
        return line.astype(">u2").tobytes()
    bits = (line.reshape(-1)[:, None] >> np.arange(depth - 1, -1, -1)) & 1
    return np.packbits(bits.reshape(-1).astype(np.uint8)).tobytes()


def decoded(data: bytes) -> np.ndarray:
    header = headers.read(data)
    wholeness.refuse_if_damaged(data, header)
    return np.asarray(pixels.decode(data, header).image.convert("RGB"), float)


KINDS = [
    (kind, depth, interlaced, see_through)
    for kind, depths in DEPTHS.items()
    for depth, interlaced, see_through in itertools.product(depths, (False, True), (False, True))
]


@pytest.mark.parametrize(("kind", "depth", "interlaced", "see_through"), KINDS)
def test_every_kind_is_right(kind, depth, interlaced, see_through):
    data, wanted = write(kind, depth, interlaced, see_through)
    if see_through and kind in (GREY, RGB) and depth == 16:
        with pytest.raises(PhotoRefused) as refused:
            decoded(data)
        assert refused.value.code == "unusual"
    else:
        assert np.abs(decoded(data) - wanted).max() <= 2


@pytest.mark.parametrize("interlaced", [False, True])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
def test_missing_rows_are_missed(share, interlaced):
    data, _ = write(RGB, 8, interlaced)
    place = data.index(b"IDAT")
    (length,) = struct.unpack_from(">I", data, place - 4)
    rows = zlib.decompress(data[place + 4 : place + 4 + length])
    short = chunk(b"IDAT", zlib.compress(rows[: int(len(rows) * share)]))
    with pytest.raises(PhotoRefused) as refused:
        decoded(data[: place - 4] + short + data[place + 8 + length :])
    assert refused.value.code == "truncated"


@pytest.mark.parametrize("bits", [10, 12, 14])
@pytest.mark.parametrize("kind", [GREY, RGB])
def test_the_values_of_a_detector_are_not_shown_black(kind, bits):
    data, _ = write(kind, 16, False)
    place = data.index(b"IDAT")
    (length,) = struct.unpack_from(">I", data, place - 4)
    rows = zlib.decompress(data[place + 4 : place + 4 + length])
    line = len(rows) // tiffs.HEIGHT
    samples = np.frombuffer(b"".join(rows[n * line + 1 : (n + 1) * line] for n in range(tiffs.HEIGHT)), ">u2")
    dark = (samples.astype(int) * (2**bits - 1) // 65535).astype(">u2").reshape(tiffs.HEIGHT, -1)
    idat = chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row.tobytes() for row in dark)))
    with pytest.raises(PhotoRefused) as refused:
        decoded(data[: place - 4] + idat + data[place + 8 + length :])
    assert refused.value.code == "measurement"


ADOBE = NamedColours((0.3127, 0.3290), (0.64, 0.33), (0.21, 0.71), (0.15, 0.06), 2.19921875)


def stored_as(wanted: np.ndarray, colours: NamedColours) -> np.ndarray:
    """The values that mean these sRGB colours: textbook arithmetic in floating point."""

    def to_xyz(named: NamedColours) -> np.ndarray:
        columns = np.array([(x / y, 1, (1 - x - y) / y) for x, y in (named.red, named.green, named.blue)]).T
        x, y = named.white
        return columns * np.linalg.solve(columns, (x / y, 1, (1 - x - y) / y))

    values = wanted / 255
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    light = (linear @ (np.linalg.inv(to_xyz(colours)) @ to_xyz(PRIMARIES[1])).T).clip(0, 1)
    if colours.gamma:
        return light ** (1 / colours.gamma)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def gamma_chunk(gamma: float) -> bytes:
    return chunk(b"gAMA", struct.pack(">I", round(100_000 / gamma)))


def chroma_chunk(colours: NamedColours) -> bytes:
    pairs = (colours.white, colours.red, colours.green, colours.blue)
    return chunk(b"cHRM", struct.pack(">8I", *(round(number * 100_000) for pair in pairs for number in pair)))


def with_chunks(picture: np.ndarray, extra: bytes) -> bytes:
    data = builders.saved(Image.fromarray(np.round(picture * 255).astype(np.uint8), "RGB"), "PNG")
    return data[:33] + extra + data[33:]


def code_of(data: bytes) -> str:
    try:
        return "" if decoded(data).shape == tiffs.scene().shape else "another size"
    except PhotoRefused as refused:
        return refused.code


SAID = {
    "cICP Display P3": (PRIMARIES[12], chunk(b"cICP", bytes((12, 13, 0, 1)))),
    "cICP Rec. 2020": (PRIMARIES[9], chunk(b"cICP", bytes((9, 14, 0, 1)))),
    "cICP over everything": (
        PRIMARIES[12],
        chunk(b"cICP", bytes((12, 13, 0, 1))) + chunk(b"iCCP", b"x\0\0" + zlib.compress(colour.ADOBE_RGB)),
    ),
    "gAMA and cHRM of Adobe RGB": (ADOBE, gamma_chunk(2.2) + chroma_chunk(ADOBE)),
    "gAMA 1.8": (NamedColours(*[getattr(PRIMARIES[1], name) for name in ("white", "red", "green", "blue")], 1.8),
                 gamma_chunk(1.8)),
    "gAMA 2.2 is sRGB": (PRIMARIES[1], chunk(b"gAMA", struct.pack(">I", 45455))),
    "sRGB over gAMA": (PRIMARIES[1], chunk(b"sRGB", b"\0") + gamma_chunk(1.0)),
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_colours_said_in_numbers_are_honoured(name):
    colours, extra = SAID[name]
    wanted = np.array([(220, 30, 30), (40, 160, 60), (40, 60, 200), (128, 128, 128), (250, 240, 230)])
    wanted = np.broadcast_to(wanted[None], (8, 5, 3)).astype(float)
    shown = decoded(with_chunks(stored_as(wanted, colours), extra))
    assert np.abs(shown - wanted).max() <= 3


def test_linear_grey_has_its_curve():
    data, _ = write(GREY, 16, False)
    linear = data[:33] + gamma_chunk(1.0) + data[33:]
    stored = decoded(data)[:, :, 0] / 255
    wanted = 255 * np.where(stored <= 0.0031308, stored * 12.92, 1.055 * stored ** (1 / 2.4) - 0.055)
    assert np.abs(decoded(linear)[:, :, 0] - wanted).mean() < 2


@pytest.mark.parametrize(
    ("said", "code"),
    [((9, 16, 0, 1), "high-dynamic-range"), ((9, 18, 0, 1), "high-dynamic-range"), ((1, 13, 0, 0), "unusual")],
)
def test_what_a_screen_cannot_show_is_refused(said, code):
    with pytest.raises(PhotoRefused) as refused:
        decoded(with_chunks(tiffs.scene(), chunk(b"cICP", bytes(said))))
    assert refused.value.code == code


@pytest.mark.parametrize("seed", range(3))
def test_nonsense_of_colours_harms_nothing(seed):
    random = np.random.default_rng(seed)
    for _ in range(40):
        extra = b"".join(
            chunk(name, random.bytes(int(random.integers(0, 40)))) for name in (b"gAMA", b"cHRM", b"cICP", b"iCCP")
            if random.random() < 0.5
        )  # fmt: skip
        assert code_of(with_chunks(tiffs.scene(), extra)) in ("", "unusual", "high-dynamic-range", "damaged")
