"""lessons_src.figures.reliability_diagram: answers that were right, by how sure they were."""

from lessons_src import figures
from lessons_src.analysis import reliability

import numpy as np
from figure_helpers import legend, shown_as

BINS = reliability(np.array([[0.9, 0.1], [0.9, 0.1], [0.4, 0.6]]), np.array([0, 1, 1]), bins=5)


def test_empty_bins_are_left_out_and_the_others_counted():
    figure = figures.reliability_diagram({"net": BINS})
    upper, lower = figure.axes
    diagonal, line = upper.lines
    np.testing.assert_allclose(diagonal.get_xydata(), [[0, 0], [1, 1]])
    np.testing.assert_allclose(line.get_xydata(), [[0.6, 1], [0.9, 0.5]])
    assert list(legend(figure)) == [f"net, error {100 * BINS.error:.1f} points"]
    values, edges, _ = lower.patches[0].get_data()
    np.testing.assert_allclose(values, [0, 0, 1 / 3, 0, 2 / 3])
    np.testing.assert_allclose(edges, [0, 0.2, 0.4, 0.6, 0.8, 1])


def test_axes_are_named_in_per_cent():
    upper, lower = figures.reliability_diagram({"net": BINS}).axes
    assert (upper.get_ylabel(), lower.get_ylabel()) == ("fraction right", "answers")
    assert lower.get_xlabel() == "probability of the answer"
    assert upper.get_xlim() == upper.get_ylim() == (0, 1)
    assert {shown_as(axis, 0.5) for axis in (upper.yaxis, lower.yaxis, lower.xaxis)} == {"50%"}
