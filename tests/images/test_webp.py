"""WebP is decoded by the library under Pillow: the same pixels and metadata, for a quarter of the memory."""

import io
import struct

import pytest
from PIL import Image

from cms.images import colour, headers, webp
from cms.images.formats import Limits
from cms.images.refusal import PhotoRefused
from cms.images.validate import inspect
from tests.images import builders


def see_through() -> Image.Image:
    picture = builders.scene(203, 101)
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    return picture


def decoded(data: bytes) -> Image.Image:
    image = webp.decode(data, headers.read(data))
    assert image is not None
    return image


@pytest.mark.parametrize("lossless", [True, False])
@pytest.mark.parametrize(("picture", "mode"), [(builders.scene(203, 101), "RGBX"), (see_through(), "RGBA")])
def test_pixels_are_those_pillow_reads(picture, mode, lossless):
    data = builders.saved(picture, "WEBP", lossless=lossless, exact=True)
    image = decoded(data)
    assert image.mode == mode
    wanted = Image.open(io.BytesIO(data))
    assert image.convert(wanted.mode).tobytes() == wanted.tobytes()


def test_metadata_is_what_pillow_reads():
    options = {"exif": builders.secretive_exif(), "icc_profile": colour.DISPLAY_P3, "xmp": b"<x:xmpmeta/>"}
    data = builders.photo(kind="WEBP", **options)
    info, wanted = decoded(data).info, Image.open(io.BytesIO(data)).info
    assert info == {name: wanted[name] for name in ("exif", "icc_profile", "xmp")}


def test_without_a_library_to_call_pillow_decodes(monkeypatch):
    data = builders.turned(6, "WEBP")
    called = inspect(io.BytesIO(data), limits=Limits())
    monkeypatch.setattr("PIL._webp.__file__", "/nowhere/_webp.so")
    assert webp.decode(data, headers.read(data)) is None
    assert (called.width, called.height) == (600, 400)


def test_sixty_megapixels_fit():
    """A lossless picture is the dearest: its decoder holds a copy of its own."""
    assert inspect(io.BytesIO(builders.vast_webp(9480, 6320)), limits=Limits()).megapixels == 59.9
    with pytest.raises(PhotoRefused) as refused:
        inspect(io.BytesIO(builders.vast_webp(9600, 6320)), limits=Limits())
    assert refused.value.code == "too-many-pixels"


def test_a_canvas_that_is_not_the_frame_is_refused():
    plain = builders.saved(builders.scene(64, 48), "WEBP", icc_profile=colour.DISPLAY_P3)
    assert plain[12:16] == b"VP8X"
    for width, height in ((128, 48), (63, 48), (64, 4000)):
        canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        lying = plain[:24] + canvas + plain[30:]
        with pytest.raises(PhotoRefused) as refused:
            inspect(io.BytesIO(lying), limits=Limits())
        assert refused.value.code == "damaged"


def test_a_second_larger_frame_is_refused():
    small = builders.saved(builders.scene(64, 48), "WEBP")
    both = small[12:] + builders.saved(builders.scene(640, 480), "WEBP")[12:]
    data = b"RIFF" + struct.pack("<I", len(both) + 4) + b"WEBP" + both
    with pytest.raises(PhotoRefused) as refused:
        inspect(io.BytesIO(data), limits=Limits())
    assert refused.value.code == "damaged"
