"""lessons_src.figures.ladder: what each rung brought."""

from lessons_src import figures
from lessons_src.figures.style import BLUE, VERMILLION

import pytest
from figure_helpers import drawn, written
from matplotlib.colors import to_rgb

RUNGS = {"note": [0.5, 0.52], "shift": [0.6, 0.6], "worse": [0.4, 0.5]}


def test_gains_are_told_in_points_over_the_rung_below():
    [axes] = figures.ladder(RUNGS, [None, "note", "note"]).axes
    assert written(axes) == ["+9.0", "-6.0"]
    assert [to_rgb(text.get_color()) for text in axes.texts] == [to_rgb(BLUE), to_rgb(VERMILLION)]
    assert [text.get_position()[1] for text in axes.texts] == [1, 2]
    assert [label.get_text() for label in axes.get_yticklabels()] == list(RUNGS)
    assert axes.get_xlabel() == "test accuracy in per cent; right: gain"
    bottom, top = axes.get_ylim()
    assert bottom > top  # the first rung is on top


def test_each_rung_is_compared_with_the_one_that_it_names():
    [axes] = figures.ladder(RUNGS, [None, "note", "shift"]).axes
    assert written(axes) == ["+9.0", "-15.0"]
    drop = axes.lines[-4]
    assert drawn(drop) == ([60, 60], [1, 2])


def test_a_rung_has_its_seeds_its_mean_and_the_way_from_the_one_below():
    [axes] = figures.ladder(RUNGS, [None, "note", "note"]).axes
    seeds, mean, drop, gain, *_ = axes.lines
    assert drawn(seeds) == ([50, 52], [0, 0]) and seeds.get_marker() == "o"
    assert drawn(mean) == ([51, 51], [-0.3, 0.3])
    assert drawn(drop) == ([51, 51], [0, 1]) and drawn(gain) == ([51, 60], [1, 1])
    left, right = axes.get_xlim()
    assert left < 40 and max(text.get_position()[0] for text in axes.texts) < right
    assert drawn(axes.lines[-2])[0] == pytest.approx([40, 50])
