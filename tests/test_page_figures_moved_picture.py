"""lessons_src.page_figures.moved_picture: the pixels of Keras' layers, and where they come from."""

from lessons_src.page_figures.moved_picture import (
    LAYERS,
    NEAREST,
    ONCE,
    PICTURE,
    PRESETS,
    REFLECT,
    SIDE,
    between,
    moved,
    source,
)
from lessons_src.page_figures.render import render

import numpy as np
import pytest
from keras import layers
from page_figure_helpers import choices, parsed, texts, words

RNG = np.random.default_rng(0)
RANDOM = RNG.random((SIDE, SIDE)).tolist()
CHANGES = [(20, 1, 0, 0), (-50, 1, 0, 0), (0, 1.3, 0, 0), (0, 0.6, 0, 0), (0, 1, 2, -3.3)]


def figure(**fields):
    return render("moved_picture", fields)


def by_keras(picture, angle, zoom, down, right, border):
    """Return what the three layers of `augmentation_layers`, in its order, make of a picture."""
    batch, options = np.array(picture, "float32")[None, :, :, None], {"fill_mode": border}
    turned = layers.RandomRotation((angle / 360, angle / 360), **options)(batch, training=True)
    heights, widths = (down / SIDE, down / SIDE), (right / SIDE, right / SIDE)
    shifted = layers.RandomTranslation(heights, widths, **options)(turned, training=True)
    zoomed = layers.RandomZoom((zoom - 1, zoom - 1), **options)(shifted, training=True)
    return np.array(zoomed)[0, :, :, 0]


@pytest.mark.parametrize("border", [NEAREST, REFLECT])
@pytest.mark.parametrize("change", [*CHANGES, (20, 1.3, 2, -1)])
def test_layer_after_layer_gives_the_pixels_of_keras(change, border):
    ours = moved(RANDOM, *change, LAYERS, border)
    np.testing.assert_allclose(ours, by_keras(RANDOM, *change, border), atol=1e-5)


@pytest.mark.parametrize("change", CHANGES)
def test_one_change_alone_is_the_same_in_one_step(change):
    once, by_layers = (moved(RANDOM, *change, order, REFLECT) for order in (ONCE, LAYERS))
    np.testing.assert_allclose(once, by_layers, atol=1e-12)


def test_the_two_orders_have_their_formulas():
    angle, zoom, down, right = 30, 1.5, 2, -1
    cos, sin = np.cos(np.pi / 6), np.sin(np.pi / 6)
    turn, shift = np.array([[cos, sin], [-sin, cos]]), np.array([down, right])
    for at in RNG.normal(size=(5, 2)):
        found = source(*at, angle, zoom, down, right, ONCE)
        np.testing.assert_allclose(found, zoom * turn @ (at - shift))
        found = source(*at, angle, zoom, down, right, LAYERS)
        np.testing.assert_allclose(found, turn @ (zoom * at - shift))


def test_a_positive_angle_turns_the_picture_counterclockwise():
    np.testing.assert_allclose(
        moved(PICTURE, 90, 1, 0, 0, ONCE, NEAREST), np.rot90(PICTURE), atol=1e-9
    )


@pytest.mark.parametrize("border", [NEAREST, REFLECT])
def test_the_weights_of_the_pixels_add_up_and_give_the_value(border):
    for row, column in RNG.uniform(-2 * SIDE, 3 * SIDE, (200, 2)):
        value, parts = between(RANDOM, row, column, border)
        assert sum(weight for *_, weight in parts) == pytest.approx(1)
        assert value == pytest.approx(sum(w * RANDOM[y][x] for y, x, w in parts))


def test_the_chosen_pixel_is_told_and_framed():
    html = figure(angle="0", right="0.5", row="1", column="6")
    assert words(html)[0] == (
        "Row 1, column 6 of the result comes from row 1, column 5.5 of the picture, between 2 "
        "pixels, which count 50 %, 50 %. Its value is 1, where the letter has 1 and the ground 0."
    )
    frames = [part for part in parsed(html).iter("rect") if part.get("fill") == "none"]
    assert len(frames) == 3  # two that are read, one that is chosen
    assert texts(html) == ["picture", "→", "result"]
    assert choices(html)["Row 0, column 10 of the result: 0"] == '{"column": "10", "row": "0"}'
    assert choices(html)["Choose the next pixel down"] == '{"column": "6", "row": "2"}'


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"angle": "0", "down": "4", "row": "1"}, "beyond the border: the nearest pixel is taken"),
        (
            {"angle": "0", "down": "4", "row": "1", "border": REFLECT},
            "beyond the border: the mirrored picture is read",
        ),
        ({"angle": "0"}, ", and is that pixel."),
        ({"order": LAYERS}, "Each of three layers interpolates"),
    ],
)
def test_borders_whole_pixels_and_layers_are_told(fields, said):
    assert said in words(figure(**fields))[0]


def test_every_preset_draws():
    drawn = {figure(**fields) for fields in PRESETS.values()}
    assert len(drawn) == len(PRESETS)
    assert not any('role="note"' in html for html in drawn)


def test_three_interpolations_blur_more_than_one():
    def sharpness(order):
        return np.square(moved(PICTURE, 20, 1, 0.5, 0.5, order, NEAREST)).sum()

    assert sharpness(LAYERS) < sharpness(ONCE)
