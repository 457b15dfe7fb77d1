"""lessons_src.figures.banded_matrix: the kernel's colours are found again in the matrix."""

from lessons_src import figures

import numpy as np
import pytest
from figure_helpers import texts
from matplotlib.colors import to_hex

KERNEL = np.array([[1, 2], [3, 4]])
MATRIX = np.array(  # of a 2×3 picture: two outputs
    [[1, 2, 0, 3, 4, 0], [0, 1, 2, 0, 3, 4]]
)


def squares(figure):
    """Return {(left, top, side): (weight, colour)} of the cells."""
    return {
        (p.get_x(), p.get_y(), p.get_width()): (
            int(p.get_label().removeprefix("weight ")),
            to_hex(p.get_facecolor()),
        )
        for p in figure.axes[0].patches
        if p.get_label().startswith("weight")
    }


def test_each_cell_has_the_colour_of_its_weight_in_the_kernel():
    found = squares(figures.banded_matrix(KERNEL, MATRIX, width=3, row=0))
    large = max(side for *_, side in found)
    colours = {weight: colour for (*_, s), (weight, colour) in found.items() if s == large}
    assert sorted(colours) == [1, 2, 3, 4] and len(set(colours.values())) == 4
    small = {place[:2]: cell for place, cell in found.items() if place[2] < large}
    top = min(y for _, y in small)
    assert {(x, y - top): cell for (x, y), cell in small.items()} == {
        (x, y): (name, colours.get(name, "#ffffff")) for (y, x), name in np.ndenumerate(MATRIX)
    }


def test_lines_part_the_rows_of_the_picture_and_a_frame_marks_one_output():
    figure = figures.banded_matrix(KERNEL, MATRIX, width=3, row=1)
    [axes] = figure.axes
    assert [line.get_xdata()[0] for line in axes.lines] == [0, 3, 6]
    assert {"picture row 0", "picture row 1"} <= set(texts(figure))
    [frame] = [p for p in axes.patches if not p.get_label().startswith("weight")]
    tops = sorted({p.get_y() for p in axes.patches if p.get_width() == 1})
    assert (frame.get_y(), frame.get_width()) == (tops[1], 6)


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="row=2"):
        figures.banded_matrix(KERNEL, MATRIX, width=3, row=2)
    with pytest.raises(ValueError, match="4 rows"):
        figures.banded_matrix(np.arange(1, 17).reshape(4, 4), MATRIX, width=3, row=0)
