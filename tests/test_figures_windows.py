"""lessons_src.figures.windows: cells, zeros and taps where the arithmetic has them."""

from lessons_src import figures
from lessons_src.figures.windows import CELLS

import pytest
from figure_helpers import cells, texts
from matplotlib.colors import to_rgba


def corners(figure, kind):
    """Return the (x, y) of the upper left corner of each cell of a kind."""
    found = [c for c in figure.axes[0].collections if c.get_label() == kind]
    return [tuple(path.vertices[0].tolist()) for c in found for path in c.get_paths()]


def test_input_window_and_output_are_drawn():
    figure = figures.windows(5, 3)
    assert {"5 → 3", "input 5×5", "output 3×3", "pixel"} <= set(texts(figure))
    assert cells(figure, "pixel") == 25
    assert cells(figure, "window") == 9 + 1  # on the input, and its result
    assert cells(figure, "output") == 8
    assert cells(figure, "padding") == cells(figure, "never read") == 0


def test_the_odd_zero_comes_after_the_input():
    figure = figures.windows(6, 3, stride=2, padding="SAME")
    assert "padding 0 + 1" in texts(figure)
    assert cells(figure, "padding") == 7**2 - 6**2
    assert all(6 in corner for corner in corners(figure, "padding"))  # right and bottom


def test_pixels_that_no_window_reads_are_marked():
    figure = figures.windows(6, 3, stride=2)
    assert {"6 → 2", "never read"} <= set(texts(figure))
    assert cells(figure, "never read") == 6**2 - 5**2
    assert all(5 in corner for corner in corners(figure, "never read"))
    assert cells(figures.windows(8, 1, stride=3), "pixel") == 9


def test_taps_are_spread_by_the_dilation_and_moved_by_the_stride():
    taps = corners(figures.windows(9, 3, stride=2, dilation=2, position=(0, 1)), "window")[:9]
    assert set(taps) == {(x, y) for x in (2, 4, 6) for y in (0, 2, 4)}


def test_the_windows_result_stands_at_its_place_in_the_output():
    figure = figures.windows(7, 3, position=(1, 2))
    *_, result = corners(figure, "window")
    output = corners(figure, "output")
    left, top = min(x for x, _ in output), min(y for _, y in output)
    assert result == (left + 2, top + 1) and result not in output


def test_the_frame_surrounds_the_window():
    [frame] = figures.windows(9, 3, 2, dilation=2, position=(1, 0)).axes[0].patches
    assert (frame.get_xy(), frame.get_width(), frame.get_height()) == ((0, 2), 5, 5)


def test_the_legend_has_the_colours_of_the_cells():
    figure = figures.windows(6, 3, stride=2, padding="same")
    shown = {patch.get_label(): patch.get_facecolor() for patch in figure.legends[0].get_patches()}
    assert shown["pixel"] == to_rgba(CELLS["pixel"]["facecolor"])
    assert shown["padding 0 + 1"] == to_rgba("white")
    assert shown["window"] == to_rgba(CELLS["window"]["facecolor"], CELLS["window"]["alpha"])


@pytest.mark.parametrize("position", [(3, 0), (0, -1)])
def test_a_position_outside_the_output_is_refused(position):
    with pytest.raises(ValueError, match="outside the output of 3×3"):
        figures.windows(5, 3, position=position)


def test_impossible_geometry_is_refused():
    with pytest.raises(ValueError, match="kernel=5"):
        figures.windows(4, 5)
