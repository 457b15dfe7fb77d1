"""lessons_src.figures.fully_connected: growth curves and dots of seeds."""

from lessons_src import figures
from lessons_src.figures.fully_connected import accuracy_by_seed, parameter_growth
from lessons_src.figures.output import MAX_BYTES, png

import numpy as np
import pytest
from matplotlib import pyplot, style

SIDES = [8, 16, 18]
COUNTS = {"grey": [650, 2570, 3250], "colour": [1930, 7690, 9730]}
EVERY_FIGURE = {
    "parameter_growth": lambda: parameter_growth(
        SIDES, COUNTS, side=16, landmarks={"LeNet5": 62_006}, title="16×16 – 10"
    ),
    "accuracy_by_seed": lambda: accuracy_by_seed(
        {"before": [0.3, 0.4], "after": [0.2, 0.3]}, guessing=0.1
    ),
}


@pytest.mark.parametrize("name", EVERY_FIGURE)
def test_figures_are_light_and_ignore_the_style_that_a_notebook_has_set(name):
    assert len(figures.show(EVERY_FIGURE[name](), "some figure").data) < MAX_BYTES / 4
    expected = png(EVERY_FIGURE[name](), 50)
    with style.context("dark_background"):
        assert png(EVERY_FIGURE[name](), 50) == expected
    assert pyplot.get_fignums() == []


def test_parameter_growth_draws_curves_landmarks_and_marks_a_side():
    (axes,) = EVERY_FIGURE["parameter_growth"]().axes
    landmark, grey, grey_ring, colour, colour_ring = axes.lines
    assert list(landmark.get_ydata()) == [62_006, 62_006]
    assert list(grey.get_ydata()) == COUNTS["grey"]
    assert list(colour.get_xdata()) == SIDES
    assert (grey_ring.get_xdata()[0], grey_ring.get_ydata()[0]) == (16, 2_570)
    assert (colour_ring.get_xdata()[0], colour_ring.get_ydata()[0]) == (16, 7_690)
    ticks = [label.get_text() for label in axes.get_xticklabels()]
    assert ticks == ["8", "16", "\n18"]  # a line lower, where the two would overlap
    legend = [text.get_text() for text in axes.get_legend().get_texts()]
    assert legend == ["grey: 2,570", "colour: 7,690"]
    assert [text.get_text() for text in axes.texts] == ["LeNet5"]
    assert axes.get_title() == "16×16 – 10"


def test_parameter_growth_refuses_a_side_that_is_not_drawn():
    with pytest.raises(ValueError, match="side=9 isn't drawn"):
        parameter_growth(SIDES, COUNTS, 9, {}, "none")


def test_accuracy_by_seed_draws_dots_and_their_mean_first_row_on_top():
    figure = EVERY_FIGURE["accuracy_by_seed"]()
    (axes,) = figure.axes
    before, mean_before, after, _mean_after, guessing = axes.lines
    assert list(before.get_xdata()) == [0.3, 0.4]
    assert mean_before.get_xdata()[0] == pytest.approx(np.mean([0.3, 0.4]))
    assert list(after.get_ydata()) == [1, 1]
    assert guessing.get_xdata()[0] == 0.1
    assert [label.get_text() for label in axes.get_yticklabels()] == ["before", "after"]
    bottom, top = axes.get_ylim()
    assert bottom > top
