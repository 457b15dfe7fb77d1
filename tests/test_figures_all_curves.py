"""lessons_src.figures.all_curves: every network's curves in common scales."""

from types import SimpleNamespace

from lessons_src import figures

import pytest
from figure_helpers import drawn, legend, look, shown_as, written

HISTORY = {
    f"{split}{quantity}": [start, start + 0.1]
    for split, shift in (("", 0.0), ("val_", 0.2), ("test_", 0.4))
    for quantity, start in (("accuracy", 0.1 + shift), ("loss", 1.0 + shift))
}
RUN = SimpleNamespace(history=HISTORY)


@pytest.mark.parametrize("quantity", ["accuracy", "loss"])
def test_each_seed_has_two_lines_that_look_as_the_legend_says(quantity):
    figure = figures.all_curves({"lenet5": [RUN, RUN], "nobody": []}, quantity)
    measured, missing = figure.axes
    samples = legend(figure)
    assert list(samples) == ["training", "validation"]
    assert len(measured.lines) == 2 * 2
    for line, split, sample in zip(
        measured.lines, 2 * ["", "val_"], 2 * list(samples.values()), strict=True
    ):
        assert drawn(line) == ([1, 2], HISTORY[f"{split}{quantity}"])
        assert look(line) == look(sample)
    assert written(measured) == [] and written(missing) == ["not yet measured"]


def test_networks_are_named_and_share_their_scales():
    figure = figures.all_curves({"lenet5": [RUN], "nobody": [], "third": [RUN]}, "accuracy")
    *named, empty = figure.axes
    assert [axes.get_title("left") for axes in named] == ["lenet5", "nobody", "third"]
    assert len({axes.get_ylim() for axes in named}) == len({a.get_xlim() for a in named}) == 1
    assert not empty.axison
    assert [axes.get_xlabel() for axes in named] == ["", "", "epoch"]
    assert figure.get_supylabel() == "accuracy"


def test_accuracies_are_in_per_cent_and_losses_are_not():
    accuracy, loss = (
        figures.all_curves({"lenet5": [RUN]}, quantity).axes[0] for quantity in ("accuracy", "loss")
    )
    assert shown_as(accuracy.yaxis, 0.5) == "50%" != shown_as(loss.yaxis, 0.5)


def test_a_curve_that_a_recipe_did_not_measure_is_left_out():
    history = {name: values for name, values in HISTORY.items() if not name.startswith("val")}
    axes, _ = figures.all_curves({"net": [SimpleNamespace(history=history)]}, "accuracy").axes
    assert [len(line.get_ydata()) for line in axes.lines] == [2, 0]
