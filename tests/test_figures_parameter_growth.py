"""lessons_src.figures.parameter_growth: parameters against the side of the image."""

from lessons_src import figures

import pytest
from figure_helpers import drawn, titled, written
from matplotlib.backends.backend_agg import FigureCanvasAgg

SIDES = [8, 16, 18]
COUNTS = {"grey": [650, 2570, 3250], "colour": [1930, 7690, 9730]}


def test_curves_landmarks_and_the_marked_side_are_drawn():
    [axes] = figures.parameter_growth(
        SIDES, COUNTS, 16, {"LeNet5": [float("nan"), 9_000, 62_006]}, "16×16 – 10"
    ).axes
    landmark, grey, grey_ring, colour, colour_ring = axes.lines
    assert drawn(landmark)[0] == SIDES and drawn(landmark)[1][1:] == [9_000, 62_006]
    assert drawn(grey) == (SIDES, COUNTS["grey"]) and drawn(colour) == (SIDES, COUNTS["colour"])
    assert drawn(grey_ring) == ([16], [2_570]) and drawn(colour_ring) == ([16], [7_690])
    assert axes.get_xscale() == axes.get_yscale() == "log"
    assert titled(axes) == ("16×16 – 10", "side of the image in pixels", "parameters")
    ticks = [label.get_text() for label in axes.get_xticklabels()]
    assert ticks == ["8", "16", "\n18"]  # a line lower, where the two would overlap
    legend = [text.get_text() for text in axes.get_legend().get_texts()]
    assert legend == ["grey: 2,570", "colour: 7,690"]
    assert written(axes) == ["LeNet5"] and axes.texts[0].get_position()[1] == 62_006


def test_a_side_that_is_not_drawn_is_refused():
    with pytest.raises(ValueError, match="side=9 isn't drawn"):
        figures.parameter_growth(SIDES, COUNTS, 9, {}, "none")


def test_names_of_landmarks_do_not_touch_where_their_curves_end_close_together():
    close = {"higher": [1e5, 2e5, 1.1e7], "lower": [1e4, 1e5, 5.4e6]}
    figure = figures.parameter_growth(SIDES, COUNTS, 16, close, "16×16 – 10")
    renderer = FigureCanvasAgg(figure).get_renderer()
    lower, higher = (text.get_window_extent(renderer) for text in figure.axes[0].texts)
    assert written(figure.axes[0]) == ["lower", "higher"] and lower.y1 < higher.y0
