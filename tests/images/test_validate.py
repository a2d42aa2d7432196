import datetime
import io
import zlib
from dataclasses import replace

import pytest
from PIL import Image

from cms.images import perceptual_hash
from cms.images.formats import Limits
from cms.images.validate import PhotoRefused, inspect
from tests.images import builders

LIMITS = Limits()


def look(data: bytes, limits: Limits = LIMITS):
    return inspect(io.BytesIO(data), limits=limits)


def refusal(data: bytes, limits: Limits = LIMITS) -> PhotoRefused:
    with pytest.raises(PhotoRefused) as refused:
        look(data, limits)
    return refused.value


def test_a_good_photograph_is_described():
    found = look(builders.secretive())
    assert (found.format, found.mime, found.extension) == ("jpeg", "image/jpeg", ".jpg")
    assert (found.width, found.height) == (900, 600)
    assert found.has_location is True
    assert found.found.camera == "Nikon D850"
    assert found.found.lens == "35mm f/2"
    assert found.found.exposure == "1/250 s, f/2.8, ISO 400, 35 mm"
    assert found.found.taken_on == datetime.date(2026, 3, 14)
    assert (found.found.creator, found.found.rights) == ("Zoë Żółć", "© 2026 Zoë")
    assert found.colour.startswith("#")


def test_the_file_is_rewound():
    file = io.BytesIO(builders.photo())
    inspect(file, limits=LIMITS)
    assert file.tell() == 0


@pytest.mark.parametrize("orientation", range(1, 9))
def test_size_is_the_upright_one(orientation):
    found = look(builders.turned(orientation))
    assert (found.width, found.height) == (600, 400)


def test_a_picture_that_is_too_small_is_told_both_numbers():
    refused = refusal(builders.photo(1600, 20), replace(LIMITS, min_long_edge=2000))
    assert refused.message == (
        "This picture is 1,600 pixels on its long edge; the smallest we can show is 2,000. "
        "Please send the uncropped original."
    )


def test_a_file_that_is_too_big_is_told_both_numbers():
    refused = refusal(builders.photo(), replace(LIMITS, max_bytes=1024))
    assert refused.code == "too-many-bytes"
    assert "the largest we can take is" in refused.message


def test_limits_follow_the_format():
    tight = replace(LIMITS, max_megapixels_baseline=2, max_megapixels_other=1)
    assert look(builders.photo(1500, 1000), tight).width == 1500
    progressive = refusal(builders.photo(1500, 1000, progressive=True), tight)
    assert progressive.code == "too-many-pixels"
    assert progressive.message == (
        "This picture has 2 megapixels (1,500 × 1,000); the most we can take in a progressive JPEG is 1. "
        "Please make it smaller, or export it as an ordinary JPEG, which may have up to 200 megapixels, "
        "and send it again."
    )
    assert refusal(builders.photo(1500, 1000, "PNG"), tight).code == "too-many-pixels"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (builders.vast_png(), "too-many-pixels"),
        (builders.vast_webp(), "too-many-pixels"),
        (builders.lying_avif(), "too-long"),
        (builders.half_grey(), "truncated"),
        (builders.png(64, 64, zlib.compress(bytes(100))), "truncated"),
        (builders.png(64, 64, b"not compressed at all"), "damaged"),
    ],
)
def test_traps_are_refused(data, code):
    assert refusal(data).code == code


def test_hidden_balloons_are_left_unopened():
    found = look(builders.bloated_png())
    assert (found.width, found.height) == (64, 64)


def test_a_grey_picture_with_a_grey_foot_is_not_called_damaged():
    picture = Image.new("RGB", (640, 480), (128, 128, 128))
    picture.paste(builders.scene(320, 240), (160, 80))
    assert look(builders.saved(picture)).width == 640
    framed = builders.scene(640, 480)
    framed.paste((128, 128, 128), (0, 400, 640, 480))
    assert look(builders.saved(framed)).width == 640


def test_the_same_pixels_are_recognised_under_other_metadata():
    plain, dressed = look(builders.photo(900, 600)), look(builders.secretive())
    assert plain.sha256 != dressed.sha256
    assert plain.pixel_hash == dressed.pixel_hash


def test_a_smaller_worse_copy_is_alike_and_another_picture_is_not():
    original = look(builders.photo(1200, 800))
    copy = look(builders.photo(700, 467, quality=40))
    mirrored = look(builders.saved(builders.scene(1200, 800).transpose(Image.Transpose.FLIP_LEFT_RIGHT)))
    assert original.pixel_hash != copy.pixel_hash
    assert perceptual_hash.alike(original.likeness, copy.likeness) is True
    assert perceptual_hash.alike(original.likeness, mirrored.likeness) is False


def test_every_refusal_ends_with_something_to_do():
    from cms.images.refusal import REASONS

    for message in REASONS.values():
        assert message.count(".") >= 1
        assert "lease" in message or "has to be developed" in message
