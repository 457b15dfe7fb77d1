"""lessons_src.figures.padding_on_image: zeros and windows where TensorFlow has them."""

from lessons_src import figures

import numpy as np
from figure_helpers import texts

IMAGE = np.random.default_rng(0).integers(0, 256, (6, 8, 3), dtype=np.uint8)


def rectangles(kernel, stride=1):
    """Return (x, y, width, height) by label, and the pixels' extent."""
    [axes] = figures.padding_on_image(IMAGE, kernel, stride).axes
    found = {p.get_label(): (*p.get_xy(), p.get_width(), p.get_height()) for p in axes.patches}
    return found, axes.images[0].get_extent()


def test_each_side_is_named_with_its_zeros():
    figure = figures.padding_on_image(IMAGE, 3, 2)
    assert {"top 0", "left 0", "bottom 1", "right 1"} <= set(texts(figure))
    assert figure.get_suptitle() == "same padding, kernel 3×3, stride 2"
    assert np.array_equal(figure.axes[0].images[0].get_array(), IMAGE)


def test_rows_and_columns_are_padded_by_their_own_number():
    oblong = np.zeros((5, 8, 3), np.uint8)
    figure = figures.padding_on_image(oblong, 3, 2)
    assert {"top 1", "left 0", "bottom 1", "right 1"} <= set(texts(figure))
    zeros = figure.axes[0].patches[0]
    assert (zeros.get_xy(), zeros.get_width(), zeros.get_height()) == ((0, -1), 9, 7)


def test_zeros_surround_the_picture_and_the_windows_are_the_first_and_the_last():
    found, extent = rectangles(3, 2)
    assert extent == [0, 8, 6, 0]  # left, right, bottom, top: rows count downwards
    assert found == {
        "zeros": (0, 0, 9, 7),
        "first window": (0, 0, 3, 3),
        "last window": (6, 4, 3, 3),
    }
    found, _ = rectangles(5)
    assert found["zeros"] == (-2, -2, 12, 10)
    assert found["first window"] == (-2, -2, 5, 5) and found["last window"] == (5, 3, 5, 5)
