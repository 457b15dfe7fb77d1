"""lessons_src.figures.seeds: thin lines for the seeds, a thick one for their mean."""

from lessons_src.figures.seeds import draw_seeds
from lessons_src.figures.style import BLUE

import pytest
from figure_helpers import drawn, look
from matplotlib.figure import Figure


def test_three_seeds_have_thin_lines_and_their_mean_a_thick_one():
    axes = Figure().subplots()
    seeds = [[0.0, 0.5], [0.25, 0.5], [1.0, 0.8]]
    mean = draw_seeds(axes, [5, 10], seeds, BLUE, "--", label="three", marker="o")
    *thin, last = axes.lines
    assert last is mean and [drawn(line) for line in thin] == [([5, 10], s) for s in seeds]
    assert drawn(mean) == ([5, 10], pytest.approx([1.25 / 3, 0.6]))
    assert {look(line) for line in axes.lines} == {(BLUE.lower(), "--")}
    assert {line.get_linewidth() for line in thin} == {0.8} and mean.get_linewidth() > 0.8
    assert (mean.get_label(), mean.get_marker()) == ("three", "o")
    assert {line.get_marker() for line in thin} == {"None"}
