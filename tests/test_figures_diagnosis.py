"""Figures of chapter 16: what is drawn is what was given."""

from lessons_src import figures
from lessons_src.analysis import reliability
from lessons_src.figures.style import BLUE, VERMILLION
from lessons_src.records import find

import numpy as np
import pytest
from matplotlib.colors import to_rgb

NAMES = ["cat", "dog"]


def texts(axes):
    return [text.get_text() for text in axes.texts]


def test_confusion_shows_shares_of_each_row():
    [axes] = figures.confusion([[3, 1], [0, 10]], NAMES).axes
    assert texts(axes) == ["75", "25", "", "100"]
    shown = axes.images[0].get_array()
    assert np.isnan(shown.filled(np.nan)[0, 0]) and shown[0, 1] == 25
    assert [label.get_text() for label in axes.get_yticklabels()] == NAMES
    with pytest.raises(ValueError, match="2 names"):
        figures.confusion(np.eye(3), NAMES)


def test_reliability_diagram_leaves_empty_bins_out():
    probabilities = np.array([[0.9, 0.1], [0.9, 0.1], [0.4, 0.6]])
    bins = reliability(probabilities, np.array([0, 1, 1]), bins=5)
    upper, lower = figures.reliability_diagram({"net": bins}).axes
    diagonal, line = upper.lines
    np.testing.assert_allclose(diagonal.get_xydata(), [[0, 0], [1, 1]])
    np.testing.assert_allclose(line.get_xydata(), [[0.6, 1], [0.9, 0.5]])
    assert line.get_label() == f"net, error {100 * bins.error:.1f} points"
    np.testing.assert_allclose(lower.patches[0].get_data().values, [0, 0, 1 / 3, 0, 2 / 3])


def test_overlaid_is_bright_where_the_map_is():
    maps = np.zeros((2, 2, 2))
    maps[0, 0, 1] = 7
    found = figures.overlaid(np.zeros((2, 8, 8, 3)), maps)
    assert found.shape == (2, 8, 8, 3) and found.min() >= 0 and found.max() <= 1
    assert found[0, 0, 7].sum() > found[0, 7, 0].sum()
    np.testing.assert_allclose(found[1], found[1, 0, 0] * np.ones((8, 8, 1)))


def test_line_panels_give_a_label_one_colour():
    one = figures.Panel("step", "loss", {"a": ([0, 1], [2, 1]), "b": ([0, 1], [3, 1])}, log=True)
    two = figures.Panel("step", "right", {"b": ([0, 1], [0.2, 0.5])}, percent=True)
    figure = figures.line_panels(one, two)
    left, right = figure.axes
    assert left.get_yscale() == "log" and left.get_ylabel() == "loss"
    assert left.lines[1].get_color() == right.lines[0].get_color()
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["a", "b"]
    np.testing.assert_allclose(right.lines[0].get_ydata(), [0.2, 0.5])


def test_panels_of_one_quantity_share_its_scale():
    shift = figures.Panel("shift", "accuracy", {"a": ([0, 1], [0.9, 0.8])})
    noise = figures.Panel("noise", "accuracy", {"a": ([0, 1], [0.9, 0.1])})
    left, right = figures.line_panels(shift, noise).axes
    assert left.get_ylim() == right.get_ylim()


def test_the_ladder_tells_gains():
    rungs = {"note": [0.5, 0.52], "shift": [0.6, 0.6], "worse": [0.4, 0.5]}
    [axes] = figures.ladder(rungs, [None, "note", "shift"]).axes
    assert texts(axes) == ["+9.0", "-15.0"]
    assert to_rgb(axes.texts[0].get_color()) == to_rgb(BLUE)
    assert to_rgb(axes.texts[1].get_color()) == to_rgb(VERMILLION)
    assert [label.get_text() for label in axes.get_yticklabels()] == list(rungs)


def test_accuracy_by_minutes_adds_up_the_epochs():
    runs = find("lenet5", "note")
    [axes] = figures.accuracy_by_minutes({"LeNet5": runs, "none": []}, goal=0.9).axes
    assert len(axes.lines) == 1 + len(runs)
    minutes, accuracy = axes.lines[1].get_data()
    assert minutes[-1] == pytest.approx(runs[0].seconds / 60)
    assert list(accuracy) == runs[0].history["val_accuracy"]
    assert figures.accuracy_by_minutes({"none": []}, goal=0.9).legends == []
