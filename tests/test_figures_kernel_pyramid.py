"""lessons_src.figures.kernel_pyramid: each map has the cells that the unit's cone reads of it."""

from lessons_src import figures

import numpy as np
import pytest
from figure_helpers import written


def test_each_map_has_the_cells_that_are_read():
    three, one = figures.kernel_pyramid({"three 3×3": (3, 3, 3), "one 7×7": (7,)}).axes
    assert (three.get_title(), one.get_title()) == ("three 3×3", "one 7×7")
    assert [len(grid.get_paths()) for grid in three.collections] == [49, 25, 9, 1]
    assert [len(grid.get_paths()) for grid in one.collections] == [49, 1]
    assert written(three) == ["7×7 pixels", "5×5 of map 1", "3×3 of map 2", "one unit"]
    assert written(one) == ["7×7 pixels", "one unit"]


def ends(axes):
    """Return the height of each stack's image and of its unit."""
    heights = [path.vertices[:, 1] for grid in axes.collections for path in grid.get_paths()]
    return min(h.min() for h in heights), max(h.max() for h in heights)


def test_stacks_of_one_field_are_equally_high():
    two, one = figures.kernel_pyramid({"two": (3, 3), "one": (5,)}).axes
    assert ends(two) == pytest.approx(ends(one))


def test_four_lines_lead_from_a_unit_to_the_corners_of_its_window():
    [axes] = figures.kernel_pyramid({"one": (5,)}).axes
    feet = {(round(line.get_xdata()[0], 6), round(line.get_ydata()[0], 6)) for line in axes.lines}
    corners = np.concatenate([p.vertices for p in axes.collections[0].get_paths()])
    lowest, highest = corners[:, 1].min(), corners[:, 1].max()
    outer = [c for c in corners if c[1] in (lowest, highest)]
    left_and_right = [
        (min(c[0] for c in outer if c[1] == y), max(c[0] for c in outer if c[1] == y))
        for y in (lowest, highest)
    ]
    wanted = {
        (round(x, 6), round(y, 6))
        for y, xs in zip((lowest, highest), left_and_right, strict=True)
        for x in xs
    }
    assert feet == wanted


def test_a_stack_without_kernels_is_refused():
    with pytest.raises(ValueError, match="at least one kernel"):
        figures.kernel_pyramid({"none": ()})
