"""lessons_src.figures.window_positions: windows and zeros stand where the arithmetic has them."""

from lessons_src import figures
from lessons_src.arithmetic import Window

import pytest


def left_edges(axes, label):
    """Return where the cells of a kind begin, in whole pixels."""
    return [round(p.get_x()) for p in axes.patches if p.get_label() == label]


def test_a_row_per_window_and_what_no_window_reads():
    valid, same = figures.window_positions(
        6, {"valid": Window(3, 2), "same": Window(3, 2, "same")}
    ).axes
    assert (valid.get_title(), same.get_title()) == ("valid", "same")
    assert left_edges(valid, "tap") == [0, 1, 2, 2, 3, 4]
    assert left_edges(valid, "never read") == [5]
    assert left_edges(same, "tap") == [0, 1, 2, 2, 3, 4, 4, 5, 6]
    assert left_edges(same, "padding") == [6] and left_edges(same, "pixel") == [*range(6)]
    assert [text.get_text() for text in same.texts] == [*"0123450"]


def test_windows_begin_before_the_image_where_it_is_padded_on_both_sides():
    [axes] = figures.window_positions(4, {"": Window(3, padding="same")}).axes
    assert left_edges(axes, "padding") == [-1, 4]
    assert left_edges(axes, "tap")[::3] == [-1, 0, 1, 2]
    assert axes.get_xlim()[0] < -1 and axes.get_xlim()[1] > 5


def test_dilated_taps_stand_apart_on_a_line():
    [axes] = figures.window_positions(7, {"": Window(3, dilation=3)}).axes
    assert left_edges(axes, "tap") == [0, 3, 6]
    assert left_edges(axes, "never read") == [1, 2, 4, 5]
    assert list(axes.lines[0].get_xdata()) == [0.5, 6.5]


@pytest.mark.parametrize(
    ("size", "window", "words"),
    [(5, Window(6), "kernel=6"), (24, Window(3, padding="same"), "26 cells in a row; up to 24")],
)
def test_what_does_not_fit_is_refused(size, window, words):
    with pytest.raises(ValueError, match=words):
        figures.window_positions(size, {"": window})
