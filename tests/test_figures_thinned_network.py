"""lessons_src.figures.thinned_network: all units, and those that a mask leaves."""

from lessons_src import figures
from lessons_src.figures.style import BLUE, VERMILLION

import pytest

DROPPED = {(1, 0), (1, 2), (2, 1)}


def parts(axes):
    """Return the numbers of connections, kept units and dropped units."""
    lines = [line for line in axes.lines if line.get_marker() == "None"]
    units = [line for line in axes.lines if line.get_marker() == "o"]
    kept = [unit for unit in units if unit.get_markerfacecolor() == BLUE]
    crossed = [line for line in axes.lines if line.get_marker() == "x"]
    return len(lines), len(kept), len(units) - len(kept), crossed


def test_dropped_units_have_no_connections():
    whole, thinned = figures.thinned_network([2, 3, 3, 1], DROPPED).axes
    assert parts(whole) == (2 * 3 + 3 * 3 + 3, 9, 0, [])
    connections, kept, gone, crossed = parts(thinned)
    assert (connections, kept, gone) == (2 * 1 + 1 * 2 + 2, 6, 3)
    assert {line.get_color() for line in crossed} == {VERMILLION}
    places = {(float(line.get_xdata()[0]), float(line.get_ydata()[0])) for line in crossed}
    assert places == {(1, -1), (1, 1), (2, 0)}


def test_layers_stand_side_by_side_around_one_middle():
    whole, _ = figures.thinned_network([2, 3], set()).axes
    units = [line for line in whole.lines if line.get_marker() == "o"]
    assert sorted((u.get_xdata()[0], u.get_ydata()[0]) for u in units) == [
        (0, -0.5),
        (0, 0.5),
        (1, -1),
        (1, 0),
        (1, 1),
    ]


def test_a_unit_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match=r"no unit \(1, 3\) in layers of \[2, 3\] units"):
        figures.thinned_network([2, 3], {(1, 3)})
