"""lessons_src.figures.leaderboard: published results with their errors."""

from lessons_src import figures
from lessons_src.figures.leaderboard import (
    KINDS,
    LATER_RESULTS,
    LEADERBOARD_2016,
    Result,
    standard_error,
)

import numpy as np
import pytest
from figure_helpers import legend, look
from matplotlib.colors import to_hex


def test_the_list_is_the_notes():
    accuracies = [result.accuracy for result in LEADERBOARD_2016]
    assert accuracies == [
        *(96.53, 95.59, 94.16, 94, 93.95, 93.72),
        *(93.63, 93.57, 93.45, 93.34, 93.25, 93.13),
    ]
    years = [result.year for result in LEADERBOARD_2016]
    assert years == [2015, 2015, 2016, 2011, 2016, 2014, 2015, 2015, 2015, 2015, 2015, 2015]
    (human,) = (result for result in LEADERBOARD_2016 if result.kind == "human")
    assert (human.accuracy, human.images, human.year) == (94, 400, 2011)


def test_the_standard_error_is_that_of_drawing_images():
    rng = np.random.default_rng(0)
    measured = 100 * rng.binomial(400, 0.94, size=100_000) / 400
    assert standard_error(94, 400) == pytest.approx(measured.std(), rel=0.02)
    assert standard_error(94, 1600) == pytest.approx(standard_error(94, 400) / 2)


def test_results_are_ranked_with_their_numbers_beside_them():
    figure = figures.leaderboard((*LEADERBOARD_2016, *LATER_RESULTS))
    (axes,) = figure.axes
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names[:2] == ["ViT-H/14, pre-trained, 2021", "Fractional max-pooling, 2015"]
    assert names[-1] == "Competitive multi-scale, 2015"
    assert [text.get_text() for text in axes.texts][:3] == ["99.5", "96.53", "96"]
    assert axes.get_xlabel() == "test accuracy in per cent"
    colours = [container.lines[0].get_color() for container in axes.containers]
    assert colours[:2] == [KINDS["later"][0], KINDS["2016"][0]]
    assert {name: look(sample)[0] for name, sample in legend(figure).items()} == {
        name: to_hex(colour) for colour, name in KINDS.values()
    }
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    for result in (*LEADERBOARD_2016, *LATER_RESULTS):
        error = 2 * standard_error(result.accuracy, result.images)
        assert left < result.accuracy - error and result.accuracy + error < right
    assert bottom > len(names) - 1 and top < 0  # first on top


def test_a_bar_is_two_standard_errors_to_either_side():
    figure = figures.leaderboard((Result("some", 2020, 95.0, images=400),))
    (bar,) = figure.axes[0].collections
    (start, _), (end, _) = bar.get_segments()[0]
    assert end - start == pytest.approx(4 * standard_error(95, 400))
