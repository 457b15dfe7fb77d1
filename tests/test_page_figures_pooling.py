"""lessons_src.page_figures.pooling: outputs and gradients as TensorFlow has them, ties included."""

from itertools import product

from lessons_src.arithmetic import conv_output_size
from lessons_src.page_figures.pooling import AVERAGE, MAX, PRESETS, pooled
from lessons_src.page_figures.render import render

import numpy as np
import pytest
import tensorflow as tf
from page_figure_helpers import choices, parsed, texts, words

GEOMETRIES = [
    (size, stride, padding)
    for size, stride, padding in product((1, 2, 3, 4), (1, 2, 3, 4), ("valid", "same"))
]


def figure(**fields):
    return render("pooling", fields)


def tensorflow(rows, kind, size, stride, padding, upstream):
    """Return the outputs and the gradient at the cells."""
    function = tf.nn.max_pool2d if kind == MAX else tf.nn.avg_pool2d
    cells = tf.constant(np.array(rows, "float64")[None, :, :, None])
    with tf.GradientTape() as tape:
        tape.watch(cells)
        outputs = function(cells, size, stride, padding.upper())
    arriving = np.reshape(upstream, outputs.shape)
    gradient = tape.gradient(outputs, cells, output_gradients=tf.constant(arriving))
    return outputs[0, :, :, 0].numpy(), gradient[0, :, :, 0].numpy()


@pytest.mark.parametrize("kind", [MAX, AVERAGE])
def test_outputs_and_gradients_are_those_of_tensorflow(kind):
    rng = np.random.default_rng(seed=6)
    for size, stride, padding in GEOMETRIES:
        side = conv_output_size(4, size, stride, padding)
        # Three numbers for sixteen cells: most windows have several largest ones.
        maps = rng.normal(size=(4, 4)), rng.integers(-1, 2, (4, 4)), -rng.random((4, 4))
        for rows in maps:
            upstream = rng.normal(size=side**2).tolist()
            asked = rows.tolist(), kind, size, stride, padding, upstream
            for ours, theirs in zip(pooled(*asked), tensorflow(*asked), strict=True):
                np.testing.assert_allclose(ours, theirs, atol=1e-12)


def test_the_largest_cell_and_its_gradient_are_named():
    assert words(figure())[0] == (
        "Output row 0, column 0 is 3, the largest of 1, 3, 2 and −2. Its gradient, 8, goes to row "
        "0, column 1 alone. All in all 15 arrives at the outputs, and the cells get as much."
    )
    assert words(figure(size="1"))[0].startswith(
        "Output row 0, column 0 is 1, the largest of 1. Its gradient, 8, goes to row 0, column 0"
    )


def test_an_average_shares_its_gradient():
    assert words(figure(kind=AVERAGE, column="1"))[0].startswith(
        "Output row 0, column 1 is 3, the mean of 0, 2, 4 and 6. Of its gradient, 4, each of the 4 "
        "cells gets 1."
    )


def test_a_tie_goes_to_the_first_and_is_explained():
    assert (
        "Its gradient, 2, goes to row 2, column 0 alone: 3 cells hold the largest value, and "
        "TensorFlow on a processor gives all to the first of them in reading order."
    ) in words(figure(row="1"))[0]


def test_a_window_over_the_border_counts_the_cells_that_exist():
    fields = {"size": "3", "padding": "same", "row": "1", "column": "1"}
    largest, mean = (words(figure(**fields, kind=kind))[0] for kind in (MAX, AVERAGE))
    assert "is 0, the largest of −1, −3, −4 and 0. Its window reaches over the border" in largest
    assert "only the cells that exist count: a zero would win over negative numbers." in largest
    assert "is −2, the mean of −1, −3, −4 and 0." in mean and "divided by their number" in mean


def test_gradients_that_are_missing_are_one_and_too_many_are_left():
    few = words(figure(upstream="8 4"))[0]
    assert "All in all 14 arrives" in few
    assert "Gradients for 2 of 4 outputs are typed; the others are 1." in few
    many = words(figure(upstream="8 4 2 1 9"))[0]
    assert "All in all 15 arrives" in many and "only so many of the gradients are used" in many
    assert words(figure(upstream="x")) == [
        'Gradient 1: a number from -999 to 999 is needed, not "x".'
    ]


def shown(html):
    """The numbers of the four grids, without titles and arrows."""
    return [text for text in texts(html) if text.lstrip("−").replace(".", "").isdigit()]


def test_map_outputs_and_both_gradients_are_drawn():
    assert shown(figure()) == [
        *["1", "3", "0", "2", "2", "−2", "4", "6", "5", "5", "−1", "−3", "5", "1", "−4", "0"],
        *["3", "6", "5", "0"],
        *["0", "8", "0", "0", "0", "0", "0", "4", "2", "0", "0", "0", "0", "0", "0", "1"],
        *["8", "4", "2", "1"],
    ]
    assert "gradients, 0 8 0 0; 0 0 0 4; 2 0 0 0; 0 0 0 1 at the map." in figure()


def test_the_window_and_its_output_are_framed():
    boxes = [
        [float(box.get(name)) for name in ("x", "y", "width", "height")]
        for box in parsed(figure(size="3", padding="same", column="1")).iter("rect")
        if box.get("stroke-width") == "3"
    ]
    cell = boxes[1][2]
    assert boxes[0] == [1 + 2 * cell, 20, 2 * cell, 3 * cell]  # its third column does not exist
    assert boxes[2][2:] == boxes[0][2:] and boxes[3][2:] == boxes[1][2:] == [cell, cell]


def test_outputs_can_be_chosen():
    found = choices(figure())
    assert found["Output row 1, column 0: 5"] == '{"column": "0", "row": "1"}'
    assert {"Move the window right", "Move the window down"} < set(found)
    one = choices(figure(size="3", row="3", column="3"))
    assert list(one) == ["Output row 0, column 0: 5"]


def test_presets_show_ties_and_negative_numbers():
    equal = words(render("pooling", PRESETS["equal cells"]))[0]
    assert "is 1, the largest of 1, 1, 1 and 1." in equal and "4 cells hold the largest" in equal
    negative = words(render("pooling", PRESETS["negative cells"] | PRESETS["over the border"]))[0]
    assert "is −1, the largest of" in negative
