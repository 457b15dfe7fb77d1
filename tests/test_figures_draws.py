"""lessons_src.figures.draws: histograms beside what was derived."""

from lessons_src import figures

import numpy as np
import pytest
from matplotlib.patches import Polygon

SAMPLES = {"rate 0.2": np.linspace(-1, 1, 50), "rate 0.5": np.linspace(-3, 3, 70)}


def test_each_sample_has_a_panel_with_its_derived_deviation():
    figure = figures.draws(SAMPLES, mean=0.5, deviations=[1, 2])
    assert [axes.get_title("left") for axes in figure.axes] == list(SAMPLES)
    for axes, deviation in zip(figure.axes, (1, 2), strict=True):
        band = next(p for p in axes.patches if not isinstance(p, Polygon))
        assert band.get_x() == 0.5 - deviation and band.get_width() == 2 * deviation
        assert axes.lines[0].get_xdata()[0] == 0.5
    assert figure.axes[-1].get_xlabel() == "sum that the next unit receives"
    labels = [text.get_text() for text in figure.legends[0].get_texts()]
    assert labels == ["draws", "derived mean", "± derived standard deviation"]


def test_a_histogram_spans_its_draws_and_has_the_area_one():
    for axes, sample in zip(
        figures.draws(SAMPLES, 0.5, [1, 2]).axes, SAMPLES.values(), strict=True
    ):
        [shape] = [p for p in axes.patches if isinstance(p, Polygon)]
        x, y = shape.get_xy().T
        assert (x.min(), x.max()) == (sample.min(), sample.max())
        area = abs(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))) / 2
        assert area == pytest.approx(1)


def test_another_number_of_deviations_is_refused():
    with pytest.raises(ValueError, match="shorter"):
        figures.draws({"one": [0, 1], "two": [0, 1]}, 0, [1])


def test_the_axis_names_what_is_drawn():
    figure = figures.draws(SAMPLES, 0, [1, 2], "points")
    assert figure.axes[-1].get_xlabel() == "points"
