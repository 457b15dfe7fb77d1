"""lessons_src.figures.connections: equal colours are equal weights, in lines and cells alike."""

from lessons_src import figures

import numpy as np
import pytest
from figure_helpers import texts
from matplotlib.colors import to_hex

SHARED = np.array([[1, 2, 0, 0], [0, 1, 2, 0], [0, 0, 1, 2]])
LOCAL = np.array([[1, 2, 0, 0], [0, 3, 4, 0], [0, 0, 5, 6]])


def lines(figure):
    """Return (input, output, weight, colour) of each drawn connection."""
    [axes] = figure.axes
    found = {}
    for kind in ("input", "output"):
        nodes = [patch for patch in axes.patches if patch.get_label() == kind]
        found[kind] = [round(node.get_x() + node.get_width() / 2, 6) for node in nodes]
    return [
        (
            found["input"].index(round(line.get_xdata()[0], 6)),
            found["output"].index(round(line.get_xdata()[1], 6)),
            int(line.get_label().removeprefix("weight ")),
            to_hex(line.get_color()),
        )
        for line in axes.lines
    ]


def cells(figure):
    """Return the colours of the cells in the order of the matrix."""
    return [to_hex(p.get_facecolor()) for p in figure.axes[0].patches if p.get_label() == "cell"]


@pytest.mark.parametrize("names", [SHARED, LOCAL])
def test_a_line_for_each_weight_from_its_input_to_its_output(names):
    drawn = lines(figures.connections({"title": names}))
    assert {(x, y, weight) for x, y, weight, _ in drawn} == {
        (x, y, names[y, x]) for y, x in zip(*np.nonzero(names), strict=True)
    }
    assert len(drawn) == np.count_nonzero(names)


@pytest.mark.parametrize("names", [SHARED, LOCAL])
def test_one_colour_for_one_weight_and_none_for_none(names):
    figure = figures.connections({"title": names})
    of_lines = {(weight, colour) for *_, weight, colour in lines(figure)}
    of_cells = set(zip(names.ravel().tolist(), cells(figure), strict=True))
    assert len(of_lines) == len({weight for weight, _ in of_lines}) == names.max()
    assert len({colour for _, colour in of_lines}) == names.max()
    assert len(of_cells) == len({colour for _, colour in of_cells}) == names.max() + 1
    assert (0, "#ffffff") in of_cells


def test_the_cells_name_their_weights_and_panels_their_layers():
    figure = figures.connections({"local": LOCAL, "shared": SHARED})
    assert texts(figure) == ["local", *"123456", "shared", *"121212"]
    left, right = (t.get_position()[0] for t in figure.axes[0].texts if len(t.get_text()) > 1)
    assert left < right


def test_nothing_to_draw_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        figures.connections({})
