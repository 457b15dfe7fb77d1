"""lessons_src.figures.saturation: where a sigmoid's inputs lie, and its slope there."""

from lessons_src import figures
from lessons_src.figures.saturation import FLAT, REACH, STEEPEST

import numpy as np
import pytest
from figure_helpers import titled


@pytest.mark.parametrize(("value", "slope"), [(0, 0.25), (2, 0.105), (-2, 0.105), (8, 0.0)])
def test_the_title_gives_the_mean_slope(value, slope):
    title = figures.saturation([value] * 10, "mean").get_suptitle()
    assert title == f"mean\nmean slope {slope:.3f} of 0.25 at most"


def test_the_slope_is_the_mean_of_the_slopes_not_that_of_the_mean():
    title = figures.saturation([-8, 8], "far apart").get_suptitle()
    assert title.startswith("far apart\nmean slope 0.000 of")


def test_every_input_and_every_output_is_drawn():
    left, right = figures.saturation([-1_000, -1, 1, 1, 1_000], "far away").axes
    heights, edges, _ = left.patches[-1].get_data()
    assert heights[0] > 0 and heights[-1] > 0  # what lies beyond is in the outermost bins
    assert heights[np.searchsorted(edges, 1, side="right") - 1] == max(heights) == 0.9
    assert (edges[0], edges[-1]) == (-REACH, REACH)
    shares, edges, _ = right.patches[-1].get_data()
    assert shares.sum() == pytest.approx(1)
    assert shares[np.searchsorted(edges, 1 / (1 + np.exp(-1))) - 1] == pytest.approx(2 / 5)


def test_the_curve_is_the_sigmoid():
    left, right = figures.saturation([0.0], "zero").axes
    z, curve = left.lines[0].get_data()
    np.testing.assert_allclose(curve, 1 / (1 + np.exp(-z)))
    assert titled(left) == ("inputs, and the curve", "input z", "sigmoid(z)")
    assert titled(right) == ("outputs", "share", "")


def test_the_flat_parts_have_less_than_a_tenth_of_the_largest_slope():
    s = 1 / (1 + np.exp(-FLAT))
    assert s * (1 - s) == pytest.approx(STEEPEST / 10, rel=0.02)
    left, _ = figures.saturation([0.0], "zero").axes
    spans = [sorted((p.get_x(), p.get_x() + p.get_width())) for p in left.patches[:2]]
    assert sorted(spans) == [[-REACH, -FLAT], [FLAT, REACH]]
