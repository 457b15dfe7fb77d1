"""lessons_src.figures.iterated: a function applied once, twice, and again."""

from lessons_src import figures

import numpy as np
import pytest
from figure_helpers import drawn, legend


def half_way(x):
    return (1 + x) / 2


def test_a_line_is_the_function_as_often_as_asked():
    figure = figures.iterated(half_way, [1, 3], (0.7, 1.2))
    [axes] = figure.axes
    same, once, three = axes.lines
    x, y = (np.asarray(values) for values in drawn(same))
    assert x == pytest.approx(y) and x[0] == pytest.approx(0.003) and x[-1] == pytest.approx(1)
    assert once.get_ydata() == pytest.approx(half_way(x))
    assert three.get_ydata() == pytest.approx(half_way(half_way(half_way(x))))
    assert list(legend(figure)) == ["0.7 to 1.2", "as they are", "once", "3 times"]
    assert once.get_linestyle() != three.get_linestyle() and axes.get_xscale() == "log"


def test_the_band_has_the_ends_that_are_given():
    [axes] = figures.iterated(half_way, [1], (0.7, 1.2)).axes
    [band] = axes.patches
    assert (band.get_y(), band.get_y() + band.get_height()) == pytest.approx((0.7, 1.2))
