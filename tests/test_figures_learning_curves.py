"""lessons_src.figures.learning_curves: learning curves of runs, and over seeds."""

from lessons_src import figures
from lessons_src.figures.output import png

import numpy as np
import pytest
from figure_helpers import HISTORY, drawn, legend, look, shown_as, titled

SEEDS = {
    "epoch": [5, 10],
    "accuracy": [0.5, 0.9],
    "val_accuracy": [0.3, 0.4],
    "loss": [1.5, 0.4],
    "val_loss": [2.0, 2.4],
}
OTHER = {**SEEDS, "loss": [1.7, 0.8], "val_accuracy": [0.5, 0.8]}


def test_curves_draw_training_dashed_and_validation_solid_from_epoch_one():
    figure = figures.curves({"LeNet5": HISTORY, "again": HISTORY})
    samples = legend(figure)
    assert list(samples) == ["LeNet5", "again", "training", "validation"]
    for axes, quantity in zip(figure.axes, ("accuracy", "loss"), strict=True):
        assert titled(axes) == ("", "epoch", quantity)
        training, validation, *_ = axes.lines
        assert drawn(training) == ([1, 2, 3], HISTORY[quantity])
        assert drawn(validation) == ([1, 2, 3], HISTORY[f"val_{quantity}"])
        assert look(training)[1] == look(samples["training"])[1] == "--"
        assert look(validation)[1] == look(samples["validation"])[1] == "-"
        colours = [look(line)[0] for line in axes.lines]
        assert colours == [look(samples[run])[0] for run in ("LeNet5", "LeNet5", "again", "again")]
    accuracy, loss = figure.axes
    assert shown_as(accuracy.yaxis, 0.5) == "50%" and accuracy.get_yscale() == "linear"
    assert shown_as(loss.yaxis, 0.5) != "50%"


@pytest.mark.parametrize("label", ["LeNet5", "Inception10 on CIFAR-10 (JPEG copy)"])
def test_the_legend_of_curves_is_no_wider_than_the_figure(label):
    figure = figures.curves({label: HISTORY})
    png(figure, 100)
    extent = figure.legends[0].get_window_extent()
    assert extent.x0 >= 0 and extent.x1 <= figure.bbox.width


def test_curves_over_seeds_draw_each_seed_thin_and_their_mean_thick():
    figure = figures.curves_over_seeds({"rate 0": [SEEDS, OTHER]}, ("seen", "unseen"))
    samples = legend(figure)
    assert list(samples) == ["rate 0", "seen", "unseen"]
    accuracy, loss = figure.axes
    assert (titled(accuracy), titled(loss)) == (("", "epoch", "accuracy"), ("", "epoch", "loss"))
    assert shown_as(accuracy.yaxis, 0.5) == "50%"
    *seeds, mean = loss.lines[:3]
    assert [list(line.get_ydata()) for line in seeds] == [[1.5, 0.4], [1.7, 0.8]]
    assert drawn(mean) == ([5, 10], pytest.approx([1.6, 0.6]))
    assert mean.get_linewidth() > seeds[0].get_linewidth()
    *seeds, mean = accuracy.lines[3:]
    assert [list(line.get_ydata()) for line in seeds] == [[0.3, 0.4], [0.5, 0.8]]
    assert list(mean.get_ydata()) == pytest.approx([0.4, 0.6])
    assert look(loss.lines[2])[1] == look(samples["seen"])[1] == "--"
    assert look(mean)[1] == look(samples["unseen"])[1] == "-"
    assert look(mean)[0] == look(samples["rate 0"])[0]


@pytest.mark.parametrize("top", np.arange(3.2, 3.5, 0.02))
def test_no_label_of_the_vertical_axis_is_cut(top):
    runs = {**SEEDS, "val_loss": [2.0, top], "loss": [1.5, 0.03]}
    for figure in (
        figures.curves_over_seeds({"0": [runs], "0.5": [runs]}, ("seen", "unseen")),
        figures.curves({"0": runs}),
    ):
        png(figure, 100)
        axes = figure.axes[1]
        shown = [
            label.get_window_extent().y1
            for tick, label in zip(axes.get_yticks(), axes.get_yticklabels(), strict=True)
            if tick <= axes.get_ylim()[1]
        ]
        assert max(shown) <= figure.bbox.y1


def test_curves_over_seeds_count_the_epochs_if_nobody_says_which_they_are():
    plain = {name: values for name, values in SEEDS.items() if name != "epoch"}
    figure = figures.curves_over_seeds({"rate 0": [plain]}, ("seen", "unseen"))
    assert list(figure.axes[0].lines[0].get_xdata()) == [1, 2]


def test_a_single_epoch_has_the_only_tick():
    once = {name: values[:1] for name, values in HISTORY.items()}
    several = figures.curves_over_seeds({"LeNet5": [once, once]}, ("seen", "unseen"))
    for axes in (*figures.curves({"LeNet5": once}).axes, *several.axes):
        low, high = sorted(axes.get_xlim())
        assert [tick for tick in axes.get_xticks() if low <= tick <= high] == [1]
