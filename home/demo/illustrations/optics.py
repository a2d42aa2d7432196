"""Colours that come from physics: interference between polarisers, and things hot enough to glow."""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from .canvas import Array

WAVELENGTHS = np.arange(390.0, 701.0, 5.0)  # nm


@cache
def _eye() -> Array:
    """Response of linear sRGB to each wavelength (3, n), scaled so that an even spectrum is white (1, 1, 1).

    Gaussian lobes fitted to the CIE 1931 observer stand in for its tables.
    """

    def lobe(peak: float, below: float, above: float) -> Array:
        offset = WAVELENGTHS - peak
        return np.exp(-0.5 * (offset / np.where(offset < 0, below, above)) ** 2)

    xyz = np.stack(
        [
            1.056 * lobe(599.8, 37.9, 31.0) + 0.362 * lobe(442.0, 16.0, 26.7) - 0.065 * lobe(501.1, 20.4, 26.2),
            0.821 * lobe(568.8, 46.9, 40.5) + 0.286 * lobe(530.9, 16.3, 31.1),
            1.217 * lobe(437.0, 11.8, 36.0) + 0.681 * lobe(459.0, 26.0, 13.8),
        ]
    )
    to_srgb = np.array([[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]])
    response = to_srgb @ xyz
    return response / response.sum(axis=1, keepdims=True)


@cache
def _retardation_table() -> Array:
    retardation = np.linspace(0, 6000, 3001)[:, None]
    passed = np.sin(np.pi * retardation / WAVELENGTHS) ** 2
    return np.maximum(passed @ _eye().T, 0).astype(np.float32)


def interference(retardation: ArrayLike) -> Array:
    """Linear colour (..., 3) of a clear crystal or strained plastic between crossed polarisers.

    `retardation` is in nm: 0 is black, 550 the first magenta, and colours pale towards white above 2500.
    """
    steps = np.clip(np.asarray(retardation, np.float32) * 0.5, 0, 3000)
    return _retardation_table()[steps.astype(np.int32)]


@cache
def _glow_table() -> Array:
    kelvin = np.linspace(700, 4000, 400)[:, None]
    metres = WAVELENGTHS * 1e-9
    radiance = metres**-5 / (np.exp(0.014388 / (metres * kelvin)) - 1)
    colour = np.maximum(radiance @ _eye().T, 0)
    reference = radiance @ np.full(len(WAVELENGTHS), 1.0)
    return (colour / reference[:, None]).astype(np.float32)


def glowing(kelvin: ArrayLike) -> Array:
    """Colour (..., 3) of a hot body, its brightness taken out (channels sum to a constant scale).

    800 is cherry red, 1500 orange, 3000 lamp yellow; the caller decides how bright.
    """
    steps = np.clip((np.asarray(kelvin, np.float32) - 700) * (399 / 3300), 0, 399)
    table = _glow_table()
    return table[steps.astype(np.int32)] / table.max()
