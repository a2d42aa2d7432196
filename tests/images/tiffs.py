"""TIFF files of every kind, written from a known scene, so that what a decoder should show is known."""

import struct
import zlib
from dataclasses import dataclass

import numpy as np

from cms.images.colour import SRGB_COLORANTS

WIDTH, HEIGHT = 48, 40
WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, CMYK, YCBCR, LAB = 0, 1, 2, 3, 5, 6, 8
NONE, LZW, DEFLATE, ADOBE_DEFLATE, PACKBITS = 1, 5, 32946, 8, 32773


def scene() -> np.ndarray:
    """RGB from 0 to 1: soft ramps between a red, a green, a blue and a white corner."""
    across, down = np.linspace(0, 1, WIDTH)[None, :, None], np.linspace(0, 1, HEIGHT)[:, None, None]
    red, green, blue, white = (np.array(colour) / 255 for colour in CORNERS)
    return (red * (1 - across) + green * across) * (1 - down) + (blue * (1 - across) + white * across) * down


CORNERS = ((220, 30, 30), (30, 180, 60), (20, 40, 210), (250, 250, 245))


@dataclass(frozen=True)
class Kind:
    """How a TIFF stores the scene. `rows` and `tile` are in pixels; without a tile there are strips. An orientation
    of 0 is not written."""

    photometric: int = RGB
    bits: int = 8
    order: str = "<"
    planar: int = 1
    compression: int = NONE
    predictor: int = 1
    extra: int | None = None
    fill_order: int = 1
    tile: int = 0
    rows: int = 7
    orientation: int = 1
    sample_format: int = 1


def write(kind: Kind, scene_: np.ndarray | None = None, tags: dict[int, tuple[int, bytes]] | None = None) -> bytes:
    """The file's bytes. `tags` are further ones: type and value."""
    samples, colormap = _samples(kind, scene() if scene_ is None else scene_)
    count = samples.shape[2]
    planes = [samples] if kind.planar == 1 else [samples[:, :, [number]] for number in range(count)]
    blocks = [_packed(kind, block) for plane in planes for block in _blocks(kind, plane)]
    offset, offsets = 8, []
    for block in blocks:
        offsets.append(offset)
        offset += len(block) + len(block) % 2
    height, width = samples.shape[:2]

    def numbers(type_code: int, *values: int) -> tuple[int, bytes]:
        return type_code, struct.pack(f"{kind.order}{len(values)}{'H' if type_code == 3 else 'I'}", *values)

    entries = {
        256: numbers(4, width),
        257: numbers(4, height),
        258: numbers(3, *[kind.bits] * count),
        259: numbers(3, kind.compression),
        262: numbers(3, kind.photometric),
        266: numbers(3, kind.fill_order),
        274: numbers(3, kind.orientation),
        277: numbers(3, count),
        284: numbers(3, kind.planar),
        317: numbers(3, kind.predictor),
        339: numbers(3, *[kind.sample_format] * count),
    }
    if kind.tile:
        entries |= {322: numbers(4, kind.tile), 323: numbers(4, kind.tile)}
    else:
        entries[278] = numbers(4, kind.rows)
    entries[324 if kind.tile else 273] = numbers(4, *offsets)
    entries[325 if kind.tile else 279] = numbers(4, *map(len, blocks))
    if colormap is not None:
        entries[320] = numbers(3, *colormap.T.reshape(-1).tolist())
    if kind.extra is not None:
        entries[338] = numbers(3, kind.extra)
    if kind.photometric == YCBCR:
        entries[530] = numbers(3, 1, 1)
    if not kind.orientation:
        del entries[274]
    entries |= tags or {}
    body = b"".join(block + b"\0" * (len(block) % 2) for block in blocks)
    return (
        struct.pack(f"{kind.order}2sHI", b"II" if kind.order == "<" else b"MM", 42, offset)
        + body
        + _directory(kind.order, entries, offset)
    )


def _directory(order: str, entries: dict[int, tuple[int, bytes]], offset: int) -> bytes:
    sizes = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1}
    table, values = struct.pack(order + "H", len(entries)), b""
    place = offset + 2 + 12 * len(entries) + 4
    for tag, (type_code, value) in sorted(entries.items()):
        table += struct.pack(order + "HHI", tag, type_code, len(value) // sizes[type_code])
        if len(value) <= 4:
            table += value.ljust(4, b"\0")
        else:
            table += struct.pack(order + "I", place + len(values))
            values += value + b"\0" * (len(value) % 2)
    return table + struct.pack(order + "I", 0) + values


def shown(kind: Kind, scene_: np.ndarray | None = None) -> np.ndarray:
    """What a right decoder shows, as RGB from 0 to 255, laid on white."""
    picture = scene() if scene_ is None else scene_
    if kind.photometric in (WHITE_IS_ZERO, BLACK_IS_ZERO):
        picture = np.repeat(_grey(picture), 3, axis=2)
        picture = np.round(picture * (2**kind.bits - 1)) / (2**kind.bits - 1)
    elif kind.photometric == PALETTE:
        picture = _palette(kind.bits)[_nearest(picture, kind.bits)]
    if kind.extra in (1, 2):
        alpha = _alpha(picture)
        picture = picture * alpha + 1 - alpha
    return picture * 255


def _samples(kind: Kind, picture: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
    top = 2**kind.bits - 1
    colormap = None
    if kind.photometric in (WHITE_IS_ZERO, BLACK_IS_ZERO):
        values = _grey(picture)
        values = 1 - values if kind.photometric == WHITE_IS_ZERO else values
    elif kind.photometric == PALETTE:
        colormap = np.round(_palette(kind.bits) * 65535).astype(int)
        values = _nearest(picture, kind.bits)[:, :, None] / top
    elif kind.photometric == CMYK:
        black = np.full((*picture.shape[:2], 1), 0.0)
        values = np.concatenate([1 - picture, black], axis=2)
    elif kind.photometric == YCBCR:
        red, green, blue = np.moveaxis(picture, 2, 0)
        light = 0.299 * red + 0.587 * green + 0.114 * blue
        values = np.stack([light, (blue - light) / 1.772 + 128 / 255, (red - light) / 1.402 + 128 / 255], axis=2)
    elif kind.photometric == LAB:
        values = _lab(picture, kind.bits)
    else:
        values = picture
    if kind.extra is not None:
        alpha = _alpha(picture)
        if kind.extra == 1:
            values = values * alpha
        values = np.concatenate([values, alpha], axis=2)
    return np.round(values.clip(0, 1) * top).astype(int), colormap


def _grey(picture: np.ndarray) -> np.ndarray:
    return (picture @ np.array([0.299, 0.587, 0.114]))[:, :, None]


def _alpha(picture: np.ndarray) -> np.ndarray:
    return np.broadcast_to(np.linspace(1, 0.5, picture.shape[1])[None, :, None], (*picture.shape[:2], 1))


def _palette(bits: int) -> np.ndarray:
    """As many colours as there are values, none of them grey."""
    values = np.arange(2**bits) / (2**bits - 1)
    return np.stack([values, 1 - values, np.abs(2 * values - 1)], axis=1)


def _nearest(picture: np.ndarray, bits: int) -> np.ndarray:
    return np.round(picture[:, :, 0] * (2**bits - 1)).astype(int)


def _lab(picture: np.ndarray, bits: int) -> np.ndarray:
    linear = np.where(picture <= 0.04045, picture / 12.92, ((picture + 0.055) / 1.055) ** 2.4)
    ratio = linear @ np.array(SRGB_COLORANTS) / np.array([0.964203, 1, 0.824905])
    root = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    light, a, b = 116 * root[..., 1] - 16, 500 * (root[..., 0] - root[..., 1]), 200 * (root[..., 1] - root[..., 2])
    scale = 2 ** (bits - 8)
    signed = [np.round(axis * scale) % 2**bits / (2**bits - 1) for axis in (a, b)]
    return np.stack([light / 100, *signed], axis=2)


def _blocks(kind: Kind, plane: np.ndarray) -> list[np.ndarray]:
    height, width = plane.shape[:2]
    if not kind.tile:
        return [plane[top : top + kind.rows] for top in range(0, height, kind.rows)]
    size = kind.tile
    blocks = []
    for top in range(0, height, size):
        for left in range(0, width, size):
            block = plane[top : top + size, left : left + size]
            spare = ((0, size - block.shape[0]), (0, size - block.shape[1]), (0, 0))
            blocks.append(np.pad(block, spare, mode="edge"))
    return blocks


def _packed(kind: Kind, block: np.ndarray) -> bytes:
    if kind.predictor == 2:
        first = block[:, :1]
        block = np.concatenate([first, block[:, 1:] - block[:, :-1]], axis=1) % 2**kind.bits
    if kind.bits == 16:
        data = block.astype(kind.order + "u2").tobytes()
    elif kind.bits == 32:
        data = block.astype(kind.order + "u4").tobytes()
    else:
        flat = block.reshape(block.shape[0], -1)
        bits = (flat[:, :, None] >> np.arange(kind.bits - 1, -1, -1)) & 1
        data = np.packbits(bits.reshape(block.shape[0], -1).astype(np.uint8), axis=1).tobytes()
    data = _compressed(kind.compression, data, len(data) // block.shape[0])
    if kind.fill_order == 2:
        data = np.packbits(np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little")).tobytes()
    return data


def _compressed(compression: int, data: bytes, row: int) -> bytes:
    if compression in (DEFLATE, ADOBE_DEFLATE):
        return zlib.compress(data)
    if compression == LZW:
        return _lzw(data)
    if compression == PACKBITS:
        rows = (data[start : start + row] for start in range(0, len(data), row))
        return b"".join(
            bytes([len(piece) - 1]) + piece
            for line in rows
            for piece in (line[start : start + 128] for start in range(0, len(line), 128))
        )
    return data


def _lzw(data: bytes) -> bytes:
    """LZW that starts anew before its codes grow: valid, if not small."""
    codes: list[int] = []
    for start in range(0, len(data), 200):
        codes += [256, *data[start : start + 200]]
    bits = "".join(f"{code:09b}" for code in [*codes, 257])
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")
