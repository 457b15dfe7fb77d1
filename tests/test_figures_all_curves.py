"""lessons_src.figures.all_curves: every network's curves in common scales."""

from types import SimpleNamespace

from lessons_src import figures

from figure_helpers import drawn, legend, look, shown_as, written

HISTORY = {
    f"{split}{quantity}": [start, start + 0.1]
    for split, shift in (("", 0.0), ("val_", 0.2), ("test_", 0.4))
    for quantity, start in (("accuracy", 0.1 + shift), ("loss", 1.0 + shift))
}
RUN = SimpleNamespace(history=HISTORY)


def test_each_seed_has_three_lines_that_look_as_the_legend_says():
    figure = figures.all_curves({"lenet5": [RUN, RUN], "nobody": []})
    accuracy, loss, missing, _ = figure.axes
    samples = legend(figure)
    assert list(samples) == ["training", "validation", "test"]
    assert len(accuracy.lines) == len(loss.lines) == 2 * 3
    for axes, quantity in ((accuracy, "accuracy"), (loss, "loss")):
        for line, split, sample in zip(
            axes.lines, 2 * ["", "val_", "test_"], 2 * list(samples.values()), strict=True
        ):
            assert drawn(line) == ([1, 2], HISTORY[f"{split}{quantity}"])
            assert look(line) == look(sample)
    assert written(accuracy) == [] and written(missing) == ["not yet measured"]


def test_networks_are_named_and_share_their_scales():
    figure = figures.all_curves({"lenet5": [RUN], "nobody": []})
    accuracy, loss, missing, last = figure.axes
    assert [axes.get_title("left") for axes in (accuracy, missing)] == ["lenet5", "nobody"]
    assert [axes.get_title("right") for axes in (accuracy, loss)] == ["accuracy", "loss"]
    assert [axes.get_xlabel() for axes in figure.axes] == ["", "", "epoch", "epoch"]
    assert accuracy.get_ylim() == missing.get_ylim() and loss.get_ylim() == last.get_ylim()
    assert shown_as(accuracy.yaxis, 0.5) == "50%" != shown_as(loss.yaxis, 0.5)


def test_a_curve_that_a_recipe_did_not_measure_is_left_out():
    history = {name: values for name, values in HISTORY.items() if not name.startswith("test")}
    accuracy, _ = figures.all_curves({"net": [SimpleNamespace(history=history)]}).axes
    assert [len(line.get_ydata()) for line in accuracy.lines] == [2, 2, 0]
