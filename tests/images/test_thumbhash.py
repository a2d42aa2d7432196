import base64

import pytest

from cms.images import thumbhash
from cms.images.perceptual_hash import describe, shrunk
from tests.images import builders
from tests.images.thumbhash_decoder import decode


def test_one_colour_comes_back():
    blur = thumbhash.encode(8, 8, bytes((200, 100, 50)) * 64)
    width, height, pixels = decode(blur)
    assert (width, height) == (32, 32)
    assert all(abs(value - (200, 100, 50)[place % 3]) <= 4 for place, value in enumerate(pixels))


@pytest.mark.parametrize(("size", "blurred"), [((96, 64), (32, 23)), ((64, 96), (23, 32)), ((90, 20), (32, 14))])
def test_shape_and_tones_survive(size, blurred):
    small = builders.scene(*size)
    width, height, pixels = decode(thumbhash.encode(*size, small.tobytes()))
    assert (width, height) == blurred
    wanted = small.resize(blurred).tobytes()
    assert sum(abs(a - b) for a, b in zip(pixels, wanted, strict=True)) / len(wanted) < 24


def test_a_blur_of_known_bytes():
    """Worked out by hand: a black left half and a white right half of two pixels."""
    blur = thumbhash.encode(2, 1, bytes((0, 0, 0, 255, 255, 255)))
    head = int.from_bytes(blur[:3], "little")
    assert head & 63 == 32  # half bright
    assert (head >> 6 & 63, head >> 12 & 63) == (32, 32)  # no colour
    assert blur[4] >> 7 == 1  # landscape


def test_the_published_example_is_a_sunrise():
    width, height, pixels = decode(base64.b64decode("1QcSHQRnh493V4dIh4eXh1h4kJUI"))
    assert (width, height) == (23, 32)
    middle, bottom = ((row * width + 10) * 3 for row in (12, 30))
    assert pixels[middle] > pixels[middle + 2] > 100  # warm and bright
    assert max(pixels[bottom : bottom + 3]) < 60


def test_wrong_sizes_are_refused():
    for width, height, pixels in ((0, 1, b""), (101, 1, bytes(303)), (2, 2, bytes(11))):
        with pytest.raises(ValueError, match="ThumbHash"):
            thumbhash.encode(width, height, pixels)


def test_a_description_is_short():
    blur, colour = describe(builders.scene())
    assert 20 <= len(base64.b64decode(blur)) <= 30
    assert len(blur) <= 60
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    mean = builders.scene().resize((1, 1), 4).getpixel((0, 0))
    assert max(abs(a - b) for a, b in zip((red, green, blue), mean, strict=True)) <= 2


def test_small_pictures_are_not_enlarged():
    assert shrunk(builders.scene(5, 7)).size == (5, 7)
    assert shrunk(builders.scene(5000, 3)).size == (96, 1)
