"""lessons_src.figures.receptive_field: fields on pictures, where the arithmetic has them."""

from lessons_src import figures
from lessons_src.arithmetic import ReceptiveField, Window

import numpy as np
import pytest
from figure_helpers import texts

IMAGE = np.random.default_rng(0).integers(0, 256, (32, 32, 3), dtype=np.uint8)


def squares(axes):
    """Return (x, y, width, height) of each square drawn on a panel."""
    return [(*p.get_xy(), p.get_width(), p.get_height()) for p in axes.patches]


def labels(figure):
    return [text.get_text() for text in figure.legends[0].get_texts()]


def test_field_on_image_frames_the_middle_units_field_after_each_layer():
    figure = figures.field_on_image(IMAGE, [Window(3, padding="same"), Window(5, 2, "same")])
    assert np.array_equal(figure.axes[0].images[0].get_array(), IMAGE)
    assert figure.axes[0].images[0].get_extent() == [0, 32, 32, 0]
    # Unit 16 of 32 sees 15 to 17; unit 8 of 16 begins at −1 − 1 + 8 · 2.
    assert squares(figure.axes[0]) == [(15, 15, 3, 3), (14, 14, 7, 7)]
    assert labels(figure) == ["1: 3×3, jump 1", "2: 7×7, jump 2"]
    drawn = [patch.get_edgecolor() for patch in figure.axes[0].patches]
    assert [patch.get_edgecolor() for patch in figure.legends[0].get_patches()] == drawn


def test_field_on_image_counts_a_convolution_and_its_pooling_as_one_layer():
    pair = [Window(3, padding="same"), Window(2, 2, "same")]
    figure = figures.field_on_image(IMAGE, 3 * pair, step=2)
    assert labels(figure) == ["1: 4×4, jump 2", "2: 10×10, jump 4", "3: 22×22, jump 8"]


def test_field_on_image_says_which_field_is_larger_than_the_drawing():
    figure = figures.field_on_image(IMAGE, 6 * [Window(3, 2, "same")])
    assert [label.endswith("larger than shown") for label in labels(figure)] == 5 * [False] + [True]


def test_field_on_image_gives_the_picture_two_fifths_of_the_width():
    axes = figures.field_on_image(IMAGE, 4 * [Window(5, 2, "same")]).axes[0]
    assert axes.get_position().width * 32 / np.ptp(axes.get_xlim()) > 0.4


@pytest.mark.parametrize(("windows", "count"), [([], 0), (8 * [Window(3)], 8)])
def test_field_on_image_refuses_no_layers_and_more_than_colours(windows, count):
    with pytest.raises(ValueError, match=f"{count} layers; give 1 to 7"):
        figures.field_on_image(IMAGE, windows)


def test_field_on_image_refuses_a_window_that_does_not_fit():
    with pytest.raises(ValueError, match="kernel=33"):
        figures.field_on_image(IMAGE, [Window(33)])


def test_effective_field_draws_the_field_and_within_it_the_part_that_counts():
    weights = np.arange(81.0).reshape(9, 9)
    maps = {"random": weights, "trained": 5 * weights}
    figure = figures.effective_field(maps, ReceptiveField(7, 2, -3), 2, [3, 5])
    random, trained = figure.axes[:2]
    assert labels(figure) == ["field", "95 % of the sum"]
    assert [patch.get_linestyle() for patch in random.patches] == ["--", "solid"]
    assert "squared gradient / largest" in texts(figure)
    assert squares(random) == [(1, 1, 7, 7), (3, 3, 3, 3)]
    assert squares(trained) == [(1, 1, 7, 7), (2, 2, 5, 5)]
    assert (random.get_title(), trained.get_title()) == (
        "random\n3×3 of 7×7",
        "trained\n5×5 of 7×7",
    )
    for axes in (random, trained):
        np.testing.assert_allclose(axes.images[0].get_array(), weights / 80)


def test_effective_field_refuses_another_number_of_sides():
    with pytest.raises(ValueError, match="shorter"):
        figures.effective_field({"random": np.eye(9)}, ReceptiveField(5), 2, [])
