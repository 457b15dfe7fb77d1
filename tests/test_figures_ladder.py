"""lessons_src.figures.ladder: what each rung brought."""

from lessons_src import figures
from lessons_src.figures.style import BLUE, GREY, VERMILLION

import pytest
from figure_helpers import drawn, written
from matplotlib.colors import to_rgb

RUNGS = {"note": [0.5, 0.52], "shift": [0.6, 0.6], "worse": [0.4, 0.5], "later": []}
BELOW = {"note": None, "shift": "note", "worse": "note", "later": "shift"}
GAINS = {"shift": (0.09, 0.05, 0.13), "worse": (-0.06, -0.07, -0.05)}


def test_gains_are_told_in_points_over_the_rung_below():
    [axes] = figures.ladder(RUNGS, BELOW, GAINS).axes
    assert written(axes) == ["+9.0", "−6.0"]
    assert [to_rgb(text.get_color()) for text in axes.texts] == [to_rgb(BLUE), to_rgb(VERMILLION)]
    assert [text.get_position()[1] for text in axes.texts] == [1, 2]
    assert axes.get_xlabel() == "test accuracy in per cent; right: gain"
    bottom, top = axes.get_ylim()
    assert bottom > top  # the first rung is on top


def test_a_rung_without_seeds_is_left_out_and_what_stands_on_it_is_not_compared():
    rungs = {"note": [0.5], "later": [], "then": [0.6]}
    [axes] = figures.ladder(rungs, {"note": None, "later": "note", "then": "later"}, {}).axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["note", "then"]
    assert written(axes) == []


def test_each_rung_is_compared_with_the_one_that_it_names():
    gains = {"shift": GAINS["shift"], "worse": (-0.15, -0.2, -0.1)}
    [axes] = figures.ladder(RUNGS, {**BELOW, "worse": "shift"}, gains).axes
    assert written(axes) == ["+9.0", "−15.0"]
    assert ([60, 60], [1, 2]) in [drawn(line) for line in axes.lines]


def test_a_gain_that_may_be_none_has_no_colour():
    [axes] = figures.ladder(RUNGS, BELOW, {"shift": (0.09, -0.01, 0.19)}).axes
    assert to_rgb(axes.texts[0].get_color()) == to_rgb(GREY)


def test_the_band_is_the_interval_around_the_mean():
    [axes] = figures.ladder(RUNGS, BELOW, {"shift": (0.05, 0.01, 0.09)}).axes
    [(low, high)] = [drawn(line)[0] for line in axes.lines if line.get_linewidth() == 10]
    assert low == pytest.approx(56)  # the mean of the rung is 60, that of the one below 55
    assert 60 < high < 64  # cut off at the right
    assert [line.get_marker() for line in axes.lines].count(">") == 1
    [axes] = figures.ladder(RUNGS, BELOW, {"worse": (0.05, 0.02, 0.08)}).axes
    assert ([42, 48], [2, 2]) in [drawn(line) for line in axes.lines]
    assert not {"<", ">"} & {line.get_marker() for line in axes.lines}


def test_a_rung_has_its_seeds_and_its_mean():
    [axes] = figures.ladder(RUNGS, BELOW, GAINS).axes
    seeds, mean, *_ = axes.lines
    assert drawn(seeds) == ([50, 52], [0, 0]) and seeds.get_marker() == "o"
    assert drawn(mean) == ([51, 51], [-0.3, 0.3])
    left, right = axes.get_xlim()
    assert left < 40 and max(text.get_position()[0] for text in axes.texts) < right
    assert drawn(axes.lines[-2])[0] == pytest.approx([40, 50])
