"""lessons_src.figures.trade_off: accuracy against its price."""

from lessons_src import figures
from lessons_src.figures.style import GREY, VERMILLION

import numpy as np
import pytest
from figure_helpers import drawn, shown_as, titled, written

COSTS = {"small": 1.0, "middle": 10.0, "large": 100.0}
ACCURACIES = {"small": [0.4, 0.5], "middle": [0.3], "large": [0.8]}


def test_the_front_and_the_spread_are_marked():
    [axes] = figures.trade_off(COSTS, ACCURACIES, ["small", "large"], "parameters").axes
    assert axes.get_xscale() == "log" and titled(axes) == ("", "parameters", "test accuracy")
    assert shown_as(axes.yaxis, 0.5) == "50%"
    step = axes.lines[0]
    assert drawn(step) == ([1, 100], pytest.approx([0.45, 0.8]))
    assert step.get_drawstyle() == "steps-post"
    bars = [c.lines[2][0].get_segments()[0][:, 1] for c in axes.containers]
    np.testing.assert_allclose(bars, [[0.4, 0.5], [0.3, 0.3], [0.8, 0.8]])
    points = [c.lines[0] for c in axes.containers]
    assert [drawn(p)[0] for p in points] == [[1], [10], [100]]
    assert [p.get_color() for p in points] == [VERMILLION, GREY, VERMILLION]
    assert written(axes) == list(COSTS) and axes.texts[1].xy == (10, 0.3)


def test_a_network_without_a_price_is_refused():
    with pytest.raises(ValueError, match="missing of large"):
        figures.trade_off({"small": 1.0}, {"small": [0.4], "large": [0.8]}, ["small"], "parameters")
