"""lessons_src.figures.over_rates: a panel per optimizer, one vertical scale."""

from lessons_src import figures

import numpy as np
import pytest
from figure_helpers import drawn, shown_as

ACCURACIES = {
    "SGD": {0.1: [0.4, 0.6], 0.01: [0.2, 0.4]},
    "Adam": {0.001: [0.3, 0.5]},
    "RMSprop": {0.003: [0.3]},
}
DEFAULTS = {"SGD": 0.01, "Adam": 0.001, "RMSprop": 0.001}


def test_a_dot_is_a_seed_and_the_line_goes_through_their_means_by_rate():
    figure = figures.accuracy_over_rates(ACCURACIES, DEFAULTS)
    sgd, adam, rmsprop, empty = figure.axes
    assert [axes.get_title() for axes in (sgd, adam, rmsprop)] == list(ACCURACIES)
    first, second, means, default, _ = sgd.lines
    assert drawn(first) == ([0.01, 0.01], [0.2, 0.4]) and drawn(second)[1] == [0.4, 0.6]
    assert first.get_marker() == "." and first.get_linestyle() == "None"
    assert drawn(means)[0] == [0.01, 0.1]
    np.testing.assert_allclose(drawn(means)[1], [0.3, 0.5])
    assert list(default.get_xdata()) == [0.01, 0.01] and default.get_linestyle() == "--"
    assert sgd.get_xscale() == "log" and sgd.get_ylim() == adam.get_ylim()
    assert shown_as(sgd.yaxis, 0.4) == "40%" and not empty.axison
    assert (figure.get_supxlabel(), figure.get_supylabel()) == ("learning rate", "test accuracy")


def test_a_rate_that_is_not_recorded_has_no_dot_and_no_panel_is_without_width():
    sgd, adam = figures.accuracy_over_rates(
        {"SGD": {0.01: [], 0.1: [0.5]}, "Adam": {0.001: []}}, DEFAULTS
    ).axes
    assert drawn(sgd.lines[0]) == ([0.1], [0.5]) and drawn(sgd.lines[1]) == ([0.1], [0.5])
    assert sgd.get_xlim() == pytest.approx((0.01 / 1.5, 0.15))
    assert adam.get_xlim() == pytest.approx((0.001 / 1.5, 0.0015))


def test_a_sweep_is_a_line_and_the_panels_end_at_twice_the_first_loss():
    rates, losses = [0.001, 0.01, 0.1], [2.3, 1.5, 900.0]
    figure = figures.loss_over_rates({"SGD": (rates, losses), "Adam": (rates, losses)}, 2.3)
    sgd, adam = figure.axes
    assert drawn(sgd.lines[0]) == (rates, losses)
    assert list(sgd.lines[1].get_ydata()) == [2.3, 2.3]
    assert sgd.get_ylim() == adam.get_ylim() == (0, 4.6)
    assert figure.get_supylabel() == "loss"


@pytest.mark.parametrize("names", ["", "abcde"])
def test_other_numbers_of_panels_are_refused(names):
    with pytest.raises(ValueError, match=f"one to four optimizers, not {len(names)}"):
        figures.loss_over_rates({name: ([1], [1]) for name in names}, 1)
