"""lessons_src.figures.style: the palette and the canvas."""

from lessons_src import figures
from lessons_src.figures.style import SERIES, STYLE, WIDTH, new_figure, series_colours, written

import pytest
from figure_helpers import HISTORY


def eight(values):
    return {f"run {number}": values for number in range(8)}


def test_each_series_has_a_colour_of_its_own():
    assert series_colours("abcdefg") == SERIES and len(set(SERIES)) == 7
    assert series_colours("ab") == SERIES[:2]


def test_numbers_have_a_true_minus():
    assert [written(-1), written(2), written(-0.25, "+.1f")] == ["−1", "2", "−0.2"]


@pytest.mark.parametrize(
    "draw",
    [
        lambda: figures.curves(eight(HISTORY)),
        lambda: figures.curves_over_seeds(eight([HISTORY]), ("seen", "unseen")),
        lambda: figures.gradients_by_layer(eight([[1, 1]]), eight(1), ""),
        lambda: figures.gradients_by_depth({"plain": eight([[1, 1]])}),
        lambda: figures.training_errors({"plain": eight([[1, 1]])}, ""),
        lambda: figures.running_statistics([1], eight([0, 1]), 1, ""),
        lambda: figures.parameter_growth([8], eight([9]), 8, {}, ""),
        lambda: figures.accuracy_over(eight([[1]]), [6], "", ""),
        lambda: figures.line_panels(figures.Panel("x", "y", eight(([0], [1])))),
    ],
)
def test_no_figure_drops_a_series_silently_for_want_of_a_colour(draw):
    with pytest.raises(ValueError, match="8 series in one figure; draw 7 at most"):
        draw()


def test_a_figure_is_as_wide_as_the_page():
    figure = new_figure(height=2.5)
    assert figure.get_size_inches().tolist() == [6, 2.5]


def test_the_smallest_text_is_legible_on_a_telephone():
    points = [size for name, size in STYLE.items() if name.endswith("size")]
    assert min(points) / 72 / WIDTH * 390 > 9.5  # pixels, where a figure is as wide as the screen
