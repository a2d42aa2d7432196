"""The demo's drawn pictures: every one can be drawn, is a picture, and depends on its seed alone."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from home.demo.illustrations import MOTIFS, draw
from home.demo.illustrations.canvas import Canvas, blur, linear, resize, splat
from home.demo.illustrations.optics import interference
from home.demo.illustrations.registry import motif

CONTENT = Path(__file__).parents[2] / "home" / "demo" / "content.json"
LONG_EDGE = 240


def photographs():
    if not CONTENT.exists():
        return []
    content = json.loads(CONTENT.read_text())
    return content["photos"] + [accolade["badge"] for accolade in content["institution"]["accolades"]]


def small(photograph, seed_offset=0):
    width, height = photograph["width_px"], photograph["height_px"]
    scale = LONG_EDGE / max(width, height)
    placeholder = photograph["placeholder"]
    size = round(width * scale), round(height * scale)
    picture = draw(
        placeholder["motif"],
        size=size,
        palette=placeholder["palette"],
        seed=placeholder["seed"] + seed_offset,
    )
    return picture, size


@pytest.mark.skipif(not CONTENT.exists(), reason="needs home/demo/content.json")
def test_every_photograph_has_a_drawing():
    assert {p["placeholder"]["motif"] for p in photographs()} - MOTIFS.keys() == set()


@pytest.mark.parametrize("photograph", [pytest.param(p, id=p["placeholder"]["motif"]) for p in photographs()])
def test_drawing_is_a_picture_that_its_seed_decides(photograph):
    picture, size = small(photograph)
    again, _ = small(photograph)
    other, _ = small(photograph, seed_offset=1)
    pixels = np.asarray(picture)

    assert picture.mode == "RGB"
    assert picture.size == size
    assert picture.tobytes() == again.tobytes()
    assert picture.tobytes() != other.tobytes()
    # A flat sheet fails the first; flat fills fail the second, though a grey photograph has few colours.
    assert pixels.mean(axis=2).std() > 8
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 150
    # Film grain alone is not drawing: light varies once grain is averaged away.
    averaged = np.asarray(picture.resize((12, 12), Image.Resampling.BOX)).astype(int)
    assert np.ptp(averaged.sum(axis=2)) > 40


def test_unknown_motif_is_refused():
    with pytest.raises(KeyError):
        draw("no-such-motif", size=(24, 16), palette=["#000000", "#888888", "#ffffff"], seed=1)


def test_a_name_belongs_to_one_drawing():
    name = next(iter(MOTIFS))
    with pytest.raises(ValueError, match="Two drawings are called"):
        motif(name)(lambda canvas: Image.new("RGB", (1, 1)))


def test_canvas_runs_from_minus_one_to_one_on_its_short_side():
    canvas = Canvas((300, 200), ["#000000"], 1)
    assert canvas.shape == (200, 300)
    assert canvas.x.shape == (1, 300)
    assert canvas.y.shape == (200, 1)
    assert canvas.pixel == 0.01
    assert float(canvas.y[0, 0]) == pytest.approx(-0.995)
    assert float(canvas.x[0, -1]) == pytest.approx(1.495)
    assert canvas.patch(0.0, 0.0, 0.1) == (slice(90, 111), slice(140, 161))


def test_noise_of_one_seed_keeps_its_shape_at_any_size():
    large = Canvas((480, 320), ["#000000"], 5).fbm("clouds", 3, 3)
    little = Canvas((120, 80), ["#000000"], 5).fbm("clouds", 3, 3)
    assert np.abs(resize(large, (80, 120)) - little).max() < 0.35
    assert np.abs(little - Canvas((120, 80), ["#000000"], 6).fbm("clouds", 3, 3)).max() > 1


def test_colours_are_read_as_linear_light():
    assert linear("#ffffff").tolist() == [1.0, 1.0, 1.0]
    assert linear("#000000").tolist() == [0.0, 0.0, 0.0]
    assert linear("#808080")[0] == pytest.approx(0.2159, abs=1e-4)


def test_blur_and_splat_keep_the_light_they_are_given():
    points = splat((60, 90), [30.0, 45.5], [20.25, 40.0], [2.0, 3.0])
    assert points.sum() == pytest.approx(5)
    assert blur(points, 2.0).sum() == pytest.approx(5, rel=0.01)


def test_no_retardation_is_black_between_crossed_polarisers():
    black, first_order = interference([0.0, 250.0])
    assert black.tolist() == [0.0, 0.0, 0.0]
    assert first_order.min() > 0.5
