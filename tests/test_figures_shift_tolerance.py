"""lessons_src.figures.shift_tolerance: what a shift changes."""

from lessons_src import figures

import pytest
from figure_helpers import drawn, legend, look, shown_as

KINDS = {"max": [[0.5, 0.4], [0.6, 0.4]], "average": [[0.4, 0.3], [0.4, 0.5]]}


def test_each_kind_has_a_line_for_each_seed_and_their_mean():
    same = {kind: [[0.9, 0.8, 0.7]] * 2 for kind in KINDS}
    figure = figures.shift_tolerance(KINDS, same)
    right, unchanged = figure.axes
    assert (right.get_title(), right.get_xlabel()) == ("accuracy", "pixels off the middle")
    titles = ("predictions unchanged", "shift in pixels")
    assert (unchanged.get_title(), unchanged.get_xlabel()) == titles
    assert shown_as(right.yaxis, 0.5) == shown_as(unchanged.yaxis, 0.5) == "50%"
    assert len(right.lines) == len(unchanged.lines) == 2 * 3
    assert drawn(right.lines[0]) == ([0, 1], [0.5, 0.4])  # begins in the middle
    assert drawn(unchanged.lines[0]) == ([1, 2, 3], [0.9, 0.8, 0.7])  # begins with a shift
    means = [line for line in right.lines if line.get_marker() == "o"]
    assert [drawn(line)[1] for line in means] == [
        pytest.approx([0.55, 0.4]),
        pytest.approx([0.4, 0.4]),
    ]
    samples = legend(figure)
    assert list(samples) == list(KINDS)
    assert [look(line)[0] for line in means] == [look(s)[0] for s in samples.values()]
