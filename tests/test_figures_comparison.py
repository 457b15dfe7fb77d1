from lessons_src import figures
from lessons_src.records import find
from lessons_src.reports import Counts, results_table

import numpy as np
import pytest

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


def test_results_table_has_a_row_for_each_network_measured_or_not():
    counts = {"lenet5": Counts(5, 16, 62_006, 651_720), "nobody": Counts(1, 3, 10, 20)}
    runs = {"lenet5": find("lenet5", "note"), "nobody": []}
    html = results_table(counts, runs).data
    assert html.count("<tr>") == 3
    found = [100 * run.test_accuracy for run in runs["lenet5"]]
    cells = ["lenet5", "5", "16", "62,006", "651,720", f"{np.mean(found):.1f} %"]
    cells += [f"{min(found):.1f} to {max(found):.1f}", str(len(found))]
    assert "".join(f"<td>{cell}</td>" for cell in cells) in html
    assert "<td>nobody</td><td>1</td><td>3</td><td>10</td><td>20</td><td>not yet measured" in html


def test_results_table_refuses_rows_without_counts():
    with pytest.raises(ValueError, match="missing of nobody"):
        results_table({}, {"nobody": []})
