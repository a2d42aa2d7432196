"""Pillow opens WebP as an animation, four copies of it, so WebP has a limit of its own."""

import io
import struct

import pytest
from PIL import Image

from cms.images import colour, headers
from cms.images.formats import Limits
from cms.images.refusal import PhotoRefused
from cms.images.validate import Inspection, inspect
from tests.images import builders


def look(data: bytes) -> Inspection:
    return inspect(io.BytesIO(data), limits=Limits())


def test_a_turned_picture_is_measured_upright():
    found = look(builders.turned(6, "WEBP"))
    assert (found.width, found.height) == (600, 400)


def test_thirty_megapixels_fit_in_the_largest_file():
    """Copies of the file stand in memory beside those of the picture."""
    picture = builders.vast_webp(6700, 4477)
    ballast = Limits().max_bytes - len(picture) - 8
    whole = picture[8:] + b"JUNK" + struct.pack("<I", ballast) + bytes(ballast)
    data = b"RIFF" + struct.pack("<I", len(whole)) + whole
    assert len(data) == Limits().max_bytes
    assert look(data).width == 6700


def test_one_more_is_refused_with_two_ways_out():
    with pytest.raises(PhotoRefused) as refused:
        look(builders.vast_webp(7744, 5163))
    assert refused.value.code == "too-many-pixels"
    assert refused.value.message == (
        "This picture has 40 megapixels (7,744 × 5,163); the most we can take in a WebP file is 30. "
        "Please make it smaller, or export it as an ordinary JPEG, which may have up to 200 megapixels, "
        "and send it again."
    )


def test_holes_are_found_and_flat_pictures_have_none():
    noise = builders.saved(Image.effect_noise((900, 600), 90).convert("RGB"), "WEBP", quality=95)
    middle = len(noise) // 2
    with pytest.raises(PhotoRefused) as refused:
        headers.read(noise[:middle] + bytes(9000) + noise[middle + 9000 :])
    assert refused.value.code == "damaged"
    assert headers.read(builders.saved(Image.new("RGB", (6000, 5000)), "WEBP", method=0)).width == 6000


def test_a_canvas_that_is_not_the_frame_is_refused():
    plain = builders.saved(builders.scene(64, 48), "WEBP", icc_profile=colour.DISPLAY_P3)
    assert plain[12:16] == b"VP8X"
    for width, height in ((128, 48), (63, 48), (64, 4000)):
        canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        lying = plain[:24] + canvas + plain[30:]
        with pytest.raises(PhotoRefused) as refused:
            look(lying)
        assert refused.value.code == "damaged"


def test_a_second_larger_frame_is_refused():
    small = builders.saved(builders.scene(64, 48), "WEBP")
    both = small[12:] + builders.saved(builders.scene(640, 480), "WEBP")[12:]
    data = b"RIFF" + struct.pack("<I", len(both) + 4) + b"WEBP" + both
    with pytest.raises(PhotoRefused) as refused:
        look(data)
    assert refused.value.code == "damaged"
