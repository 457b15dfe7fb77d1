"""lessons_src.figures.share_bars: each part has a bar per quantity, as long as its share."""

from lessons_src import figures

import pytest
from figure_helpers import written

PARTS = ["group 1", "dense"]
SHARES = {
    "here": {"parameters": [0.25, 0.75], "multiply-adds": [0.9, 0.1]},
    "there": {"parameters": [0.1, 0.9], "multiply-adds": [1, 0]},
}


def test_each_bar_is_as_long_as_the_share_and_says_it():
    here, there = figures.share_bars(SHARES, PARTS).axes
    assert [axes.get_title() for axes in (here, there)] == ["here", "there"]
    assert [bar.get_width() for bar in here.patches] == [0.25, 0.75, 0.9, 0.1]
    assert written(here) == ["25%", "75%", "90%", "10%"]
    assert [label.get_text() for label in here.get_yticklabels()] == PARTS


def test_the_first_part_is_on_top_and_the_quantities_lie_in_its_row():
    here, _ = figures.share_bars(SHARES, PARTS).axes
    bottom, top = here.get_ylim()
    assert bottom > top
    edges = [(bar.get_y(), bar.get_y() + bar.get_height()) for bar in here.patches]
    for (start, end), row in zip(edges, (0, 1, 0, 1), strict=True):
        assert row - 0.5 < start < end < row + 0.5
    assert edges[0][1] == pytest.approx(edges[2][0])  # parameters above, no overlap


def test_a_quantity_has_one_colour_in_all_panels():
    figure = figures.share_bars(SHARES, PARTS)
    colours = [[bar.get_facecolor() for bar in axes.patches] for axes in figure.axes]
    assert colours[0] == colours[1]
    assert colours[0][0] == colours[0][1] != colours[0][2]
    [legend] = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["parameters", "multiply-adds"]


def test_a_share_too_few_is_refused():
    with pytest.raises(ValueError, match="here: 1 shares of parameters for 2 parts"):
        figures.share_bars({"here": {"parameters": [1]}}, PARTS)
