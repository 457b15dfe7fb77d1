from lessons_src import figures

import pytest

HISTORY = {
    "epoch": [5, 10],
    "accuracy": [0.5, 0.9],
    "val_accuracy": [0.3, 0.4],
    "loss": [1.5, 0.4],
    "val_loss": [2.0, 2.4],
}
OTHER = {**HISTORY, "loss": [1.7, 0.8]}


def test_curves_over_seeds_draw_each_seed_thin_and_their_mean_thick():
    figure = figures.curves_over_seeds({"rate 0": [HISTORY, OTHER]}, ("seen", "unseen"))
    accuracy, loss = figure.axes
    assert (accuracy.get_ylabel(), loss.get_ylabel()) == ("accuracy", "loss")
    assert len(loss.lines) == 6
    *seeds, mean = loss.lines[:3]
    assert [list(line.get_ydata()) for line in seeds] == [[1.5, 0.4], [1.7, 0.8]]
    assert list(mean.get_ydata()) == pytest.approx([1.6, 0.6])
    assert list(mean.get_xdata()) == [5, 10]
    assert mean.get_linewidth() > seeds[0].get_linewidth()
    labels = [text.get_text() for text in figure.legends[0].get_texts()]
    assert labels == ["rate 0", "seen", "unseen"]


def test_curves_over_seeds_refuse_more_kinds_than_colours():
    with pytest.raises(ValueError, match="8 kinds"):
        figures.curves_over_seeds({str(kind): [HISTORY] for kind in range(8)}, ("a", "b"))


def test_curves_over_seeds_count_the_epochs_if_nobody_says_which_they_are():
    plain = {name: values for name, values in HISTORY.items() if name != "epoch"}
    figure = figures.curves_over_seeds({"rate 0": [plain]}, ("seen", "unseen"))
    assert list(figure.axes[0].lines[0].get_xdata()) == [1, 2]


@pytest.mark.parametrize("label", ["LeNet5", "Inception10 on CIFAR-10 (JPEG copy)"])
def test_the_legend_of_curves_is_no_wider_than_the_figure(label):
    history = {name: values for name, values in HISTORY.items() if name != "epoch"}
    figure = figures.curves({label: history})
    figures.output.png(figure, 100)
    extent = figure.legends[0].get_window_extent()
    assert extent.x0 >= 0 and extent.x1 <= figure.bbox.width
