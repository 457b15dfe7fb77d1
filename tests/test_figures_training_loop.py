"""lessons_src.figures.training_loop: forward to the loss, and back into the weights."""

import math

from lessons_src import figures

import pytest
from figure_helpers import arrows, written


def centres(axes):
    """Return the middle of each box by the first word in it."""
    frames = [patch for patch in axes.patches if patch.get_facecolor()[3] == 0]
    words = [text.split()[0] for text in written(axes)[: len(frames)]]
    return {
        word: (frame.get_x() + frame.get_width() / 2, frame.get_y() + frame.get_height() / 2)
        for word, frame in zip(words, frames, strict=True)
    }


def test_the_arrows_lead_from_the_batch_round_the_loop():
    [axes] = figures.training_loop(32, 1_000, 10).axes
    middles = centres(axes)

    def nearest(point):
        return min(middles, key=lambda w: math.dist(point, middles[w]))

    assert [(nearest(start), nearest(head)) for start, head in arrows(axes)] == [
        ("batch", "network"),
        ("network", "loss"),
        ("loss", "gradient"),
        ("gradient", "optimizer"),
        ("optimizer", "network"),
    ]


def test_each_box_says_how_many_numbers_it_holds():
    [axes] = figures.training_loop(8, 1_234, 10).axes
    assert {"batch 8 images", "network 1,234 weights", "gradient 1,234 slopes"} <= set(
        written(axes)
    )
    assert "8×10 probabilities" in written(axes)


def test_a_step_without_images_is_refused():
    with pytest.raises(ValueError, match="positive: 0, 1, 10"):
        figures.training_loop(0, 1, 10)
