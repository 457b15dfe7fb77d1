"""lessons_src.figures.kernel_uses: letters pair what is multiplied, and the sum is the gradient."""

from lessons_src import figures

import numpy as np
import pytest
import tensorflow as tf
from keras import ops

rng = np.random.default_rng(3)
IMAGE = rng.integers(-5, 6, (5, 6)).astype(float)
KERNEL = rng.integers(-5, 6, (3, 3)).astype(float)
GRADIENT = rng.integers(-5, 6, (3, 4)).astype(float)
LEFTS = {"image": (0, 6), "kernel": (7.2, 10.2), "gradient": (11.4, 15.4)}
TOPS = {"image": 0, "kernel": 1, "gradient": 1}


def by_tape():
    """Return the gradients for the weights and for the pixels."""
    x, k = tf.Variable(IMAGE[None, :, :, None]), tf.Variable(KERNEL[:, :, None, None])
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(ops.conv(x, k) * GRADIENT[None, :, :, None])
    return [np.squeeze(found) for found in tape.gradient(loss, [k, x])]


def lettered(figure, name):
    """Return the (row, column) of each letter of a grid."""
    left, right = LEFTS[name]
    return {
        text.get_text(): (
            int(text.get_position()[1]) - TOPS[name],
            int(text.get_position()[0] - left),
        )
        for text in figure.axes[0].texts
        if text.get_text().isalpha() and left <= text.get_position()[0] < right
        if len(text.get_text()) == 1
    }


def written_sum(figure):
    return figure.get_supxlabel().splitlines()[-1].rpartition("= ")[2].replace("−", "-")


@pytest.mark.parametrize("weight", [(0, 2), (1, 0), (2, 2)])
def test_the_sum_below_a_weight_is_its_gradient(weight):
    figure = figures.weight_uses(IMAGE, KERNEL, GRADIENT, weight)
    assert float(written_sum(figure)) == by_tape()[0][weight]
    pixels, outputs = lettered(figure, "image"), lettered(figure, "gradient")
    assert len(outputs) == GRADIENT.size and lettered(figure, "kernel") == {}
    assert pixels == {letter: (y + weight[0], x + weight[1]) for letter, (y, x) in outputs.items()}
    [frame] = figure.axes[0].patches
    assert frame.get_xy() == pytest.approx((7.2 + weight[1], 1 + weight[0]))


@pytest.mark.parametrize(("pixel", "outputs"), [((0, 0), 1), ((2, 2), 9), ((1, 5), 2)])
def test_the_sum_below_a_pixel_is_its_gradient(pixel, outputs):
    figure = figures.pixel_uses(IMAGE, KERNEL, GRADIENT, pixel)
    assert float(written_sum(figure)) == by_tape()[1][pixel]
    weights, used = lettered(figure, "kernel"), lettered(figure, "gradient")
    assert len(used) == outputs and lettered(figure, "image") == {}
    assert weights == {letter: (pixel[0] - y, pixel[1] - x) for letter, (y, x) in used.items()}
    [frame] = figure.axes[0].patches
    assert frame.get_xy() == (pixel[1], pixel[0])


def test_negative_numbers_stand_in_brackets():
    text = figures.pixel_uses(-np.ones((3, 3)), [[-2]], -np.ones((3, 3)), (0, 0)).get_supxlabel()
    assert text == "a: (−2)·(−1) = 2"


def test_what_does_not_exist_is_refused():
    with pytest.raises(ValueError, match=r"shape \(3, 4\); the outputs have \(2, 4\)"):
        figures.weight_uses(IMAGE[1:], KERNEL, GRADIENT, (0, 0))
    with pytest.raises(ValueError, match=r"weight=\(3, 0\) is outside the 3×3 numbers"):
        figures.weight_uses(IMAGE, KERNEL, GRADIENT, (3, 0))
    with pytest.raises(ValueError, match=r"pixel=\(0, 6\) is outside the 5×6 numbers"):
        figures.pixel_uses(IMAGE, KERNEL, GRADIENT, (0, 6))
