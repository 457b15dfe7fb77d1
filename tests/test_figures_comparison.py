import numpy as np
import pytest

from lessons_src import figures
from lessons_src.records import find

COSTS = {"small": 1.0, "middle": 10.0, "large": 100.0}
ACCURACIES = {"small": [0.4, 0.5], "middle": [0.3], "large": [0.8]}


def texts(axes):
    return [text.get_text() for text in axes.texts]


def test_all_curves_draw_three_lines_a_seed_and_say_what_is_missing():
    runs = {"lenet5": find("lenet5", "note"), "nobody": []}
    figure = figures.all_curves(runs)
    accuracy, loss, missing, _ = figure.axes
    assert len(accuracy.lines) == len(loss.lines) == 3 * len(runs["lenet5"])
    first = runs["lenet5"][0].history
    assert list(accuracy.lines[1].get_ydata()) == first["val_accuracy"]
    assert list(loss.lines[2].get_ydata()) == first["test_loss"]
    assert texts(accuracy) == [] and texts(missing) == ["not yet measured"]
    assert accuracy.get_ylim() == missing.get_ylim()


def test_all_curves_leave_out_the_test_curve_that_a_recipe_did_not_measure():
    history = {"accuracy": [0.5], "val_accuracy": [0.4], "loss": [1.0], "val_loss": [2.0]}
    run = type("Run", (), {"history": history})()
    [accuracy, _] = figures.all_curves({"net": [run]}).axes
    assert [len(line.get_ydata()) for line in accuracy.lines] == [1, 1, 0]


def test_trade_off_marks_the_front_and_the_spread():
    [axes] = figures.trade_off(COSTS, ACCURACIES, ["small", "large"], "parameters").axes
    assert axes.get_xscale() == "log" and axes.get_xlabel() == "parameters"
    step = axes.lines[0]
    np.testing.assert_allclose(step.get_xdata(), [1, 100])
    np.testing.assert_allclose(step.get_ydata(), [0.45, 0.8])
    bars = axes.containers[0].lines[2][0].get_segments()[0]
    np.testing.assert_allclose(bars[:, 1], [0.4, 0.5])
    assert texts(axes) == list(COSTS)


def test_trade_off_refuses_a_network_without_a_price():
    with pytest.raises(ValueError, match="missing of large"):
        figures.trade_off({"small": 1.0}, {"small": [0.4], "large": [0.8]}, ["small"], "parameters")
