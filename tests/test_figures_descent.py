"""lessons_src.figures.descent: a walk over two weights, and its loss."""

from lessons_src import figures
from lessons_src.figures.descent import LEAST, MOST, REACH

import numpy as np
import pytest
from figure_helpers import drawn, titled

PATH = [[1.0, 1.0], [0.5, -0.5], [0.25, 0.25]]


def test_descent_draws_the_path_and_the_loss_of_each_step():
    figure = figures.descent(PATH, (1, 10), "a walk")
    left, right = figure.axes
    np.testing.assert_array_equal(left.lines[0].get_xydata(), PATH)
    np.testing.assert_allclose(right.lines[0].get_ydata(), [5.5, 1.375, 0.34375])
    assert drawn(left.lines[1]) == ([1], [1]) and left.lines[1].get_marker() == "s"
    assert drawn(left.lines[2]) == ([0], [0]) and left.lines[2].get_marker() == "+"
    assert list(right.lines[0].get_xdata()) == [0, 1, 2] and right.get_yscale() == "log"
    assert list(right.lines[1].get_ydata()) == [5.5, 5.5]  # where it began
    assert figure.get_suptitle() == "a walk"
    assert titled(left) == ("path from the square", "weight 1", "weight 2")
    assert titled(right) == ("loss", "step", "")


def test_the_valley_is_steep_along_the_weight_of_the_larger_curvature():
    left, _ = figures.descent(PATH, (1, 10), "a walk").axes
    contour = next(path for path in left.collections[0].get_paths() if len(path.vertices))
    assert np.ptp(contour.vertices[:, 0]) > 2 * np.ptp(contour.vertices[:, 1])


def test_a_path_that_leaves_or_arrives_stays_drawable():
    left, right = figures.descent([[1, 1], [1e30, 0], [0, 0]], (1, 10), "a walk").axes
    assert right.lines[0].get_ydata().tolist() == [5.5, MOST, LEAST]
    assert np.abs(left.lines[0].get_xydata()).max() <= 10 * REACH


@pytest.mark.parametrize("path", [[1, 2], [[1, 2]], [[1, 2, 3], [1, 2, 3]]])
def test_a_path_of_another_shape_is_refused(path):
    with pytest.raises(ValueError, match="steps"):
        figures.descent(path, (1, 10), "a walk")


def test_several_walks_stand_side_by_side_over_one_valley():
    figure = figures.descents({"a": PATH, "b": PATH[:2], "c": PATH}, (1, 10))
    *panels, empty = figure.axes
    assert [axes.get_title() for axes in panels] == ["a", "b", "c"] and not empty.axison
    np.testing.assert_array_equal(panels[1].lines[0].get_xydata(), PATH[:2])
    assert panels[0].get_xlim() == panels[2].get_xlim() == (-REACH, REACH)
    assert (figure.get_supxlabel(), figure.get_supylabel()) == ("weight 1", "weight 2")
    with pytest.raises(ValueError, match="steps"):
        figures.descents({"a": PATH[:1]}, (1, 10))
