import io
import struct

import numpy as np
import pytest
from PIL import Image, ImageCms

from cms.images import colour
from tests.images import builders

SWATCHES = np.array(
    [(0, 0, 0), (255, 255, 255), (128, 128, 128), (200, 60, 60), (60, 200, 60), (60, 60, 200), (90, 140, 30)]
)


def picture(pixels: np.ndarray) -> Image.Image:
    return Image.fromarray(pixels.reshape(1, -1, 3).astype("uint8"), "RGB")


def by_hand(pixels: np.ndarray, colorants: colour.Colorants, gamma: float | None) -> np.ndarray:
    """The textbook conversion to sRGB in floating point, without any colour library."""
    values = pixels / 255
    if gamma:
        light = values**gamma
    else:
        light = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    linear = light @ np.array(colorants) @ np.linalg.inv(np.array(colour.SRGB_COLORANTS))
    linear = linear.clip(0, 1)
    srgb = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return srgb * 255


@pytest.mark.parametrize(
    ("profile", "colorants", "gamma"),
    [
        (colour.ADOBE_RGB, colour.ADOBE_RGB_COLORANTS, 2.19921875),
        (colour.DISPLAY_P3, colour.DISPLAY_P3_COLORANTS, None),
    ],
)
def test_wide_gamuts_become_srgb_as_the_textbook_says(profile, colorants, gamma):
    converted = np.asarray(colour.to_srgb(picture(SWATCHES), profile), float).reshape(-1, 3)
    assert np.abs(converted - by_hand(SWATCHES, colorants, gamma)).max() <= 1.5
    assert np.abs(converted - SWATCHES).max() > 10


def test_our_srgb_is_the_srgb_everyone_means():
    ours = ImageCms.ImageCmsProfile(io.BytesIO(colour.SRGB))
    transform = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ours, "RGB", "RGB")
    converted = np.asarray(ImageCms.applyTransform(picture(SWATCHES), transform), int).reshape(-1, 3)
    assert np.abs(converted - SWATCHES).max() <= 1
    assert len(colour.SRGB) < 600


def test_srgb_and_nonsense_profiles_change_nothing():
    picture = builders.scene(64, 48)
    for profile in (None, b"", b"not a profile", colour.SRGB, ImageCms.createProfile("sRGB")):
        data = ImageCms.ImageCmsProfile(profile).tobytes() if hasattr(profile, "model") else profile
        assert colour.to_srgb(picture, data).tobytes() == picture.tobytes()


def test_a_profile_of_another_kind_is_ignored():
    grey = builders.scene(64, 48).convert("L")
    assert colour.to_srgb(grey, colour.ADOBE_RGB).tobytes() == grey.convert("RGB").tobytes()


def test_lab_becomes_colour():
    lab = Image.new("LAB", (2, 2), (255, 128, 128))  # white, no tint
    assert np.asarray(colour.to_srgb(lab, None)).min() >= 253


def test_a_profile_that_says_pq_or_hlg_is_known():
    (count,) = struct.unpack_from(">I", colour.DISPLAY_P3, 128)
    for transfer, hdr in ((16, True), (18, True), (13, False)):
        tag = b"cicp\0\0\0\0" + bytes((9, transfer, 0, 1))
        entry = struct.pack(">4sII", b"cicp", len(colour.DISPLAY_P3) + 12, len(tag))
        profile = colour.DISPLAY_P3[:128] + struct.pack(">I", count + 1) + entry + colour.DISPLAY_P3[132:] + tag
        assert colour.is_hdr(profile) is hdr
    for nonsense in (b"", b"x" * 200, colour.SRGB[:140], colour.SRGB):
        assert colour.is_hdr(nonsense) is False
