"""lessons_src.figures.accuracy_by_seed: a dot for each seed."""

from lessons_src import figures

import pytest
from figure_helpers import drawn, legend, shown_as, titled


def test_dots_and_their_mean_are_drawn_with_the_first_row_on_top():
    figure = figures.accuracy_by_seed({"before": [0.3, 0.4], "after": [0.2, 0.3]}, guessing=0.1)
    [axes] = figure.axes
    before, mean_before, after, mean_after, guessing = axes.lines
    assert drawn(before) == ([0.3, 0.4], [0, 0]) and drawn(after) == ([0.2, 0.3], [1, 1])
    assert mean_before.get_xdata()[0] == pytest.approx(0.35)
    assert mean_after.get_xdata()[0] == pytest.approx(0.25)
    assert guessing.get_xdata()[0] == 0.1
    assert [label.get_text() for label in axes.get_yticklabels()] == ["before", "after"]
    bottom, top = axes.get_ylim()
    assert bottom > top
    assert axes.get_xlim() == (0, pytest.approx(0.46)) and shown_as(axes.xaxis, 0.4) == "40%"
    assert titled(axes) == ("", "test accuracy", "")
    samples = legend(figure)
    assert list(samples) == ["one seed", "their mean", "guessing"]
    assert samples["their mean"].get_color() == mean_after.get_color()
    assert samples["guessing"].get_linestyle() == guessing.get_linestyle()
