"""lessons_src.figures.accuracy_over: accuracy against one setting."""

from lessons_src import figures

import numpy as np
import pytest
from figure_helpers import drawn, legend, look, shown_as, titled


def test_seeds_their_mean_and_guessing_are_drawn():
    values = {"with": np.array([[0.2, 0.5], [0.4, 0.7]]), "without": np.array([[0.3, 0.3]])}
    figure = figures.accuracy_over(values, [0.1, 10], "learning rate", "CIFAR-10", logarithmic=True)
    [axes] = figure.axes
    guessing, first, second, mean, _, other_mean = axes.lines
    assert list(guessing.get_ydata()) == [0.1, 0.1]
    assert drawn(first) == ([0.1, 10], [0.2, 0.5]) and drawn(second) == ([0.1, 10], [0.4, 0.7])
    assert drawn(mean) == ([0.1, 10], pytest.approx([0.3, 0.6]))
    assert look(first)[0] == look(mean)[0] != look(other_mean)[0]
    assert list(legend(figure)) == ["guessing", "with", "without"]
    assert (
        axes.get_ylim()[0] == 0 and axes.get_ylim()[1] < 0.8 and shown_as(axes.yaxis, 0.5) == "50%"
    )
    assert titled(axes) == ("CIFAR-10", "learning rate", "test accuracy")
    assert list(axes.get_xticks()) == [0.1, 10] and axes.get_xscale() == "log"
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["0.1", "10"]


def test_equal_steps_are_drawn_equally_far_apart_unless_asked_otherwise():
    figure = figures.accuracy_over({"one": [[0.2, 0.5]]}, [6, 10], "diameter", "Shapes-10")
    assert figure.axes[0].get_xscale() == "linear"
