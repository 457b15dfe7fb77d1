"""lessons_src.figures.side_lengths: how networks shrink their feature maps."""

from lessons_src import figures
from lessons_src.figures.side_lengths import MARKERS

from figure_helpers import LENET5, RESIDUAL, written


def test_each_network_has_a_panel_with_the_side_after_each_layer():
    figure = figures.side_lengths({"lenet5": LENET5, "resnet": RESIDUAL})
    lenet5, resnet = figure.axes
    assert (lenet5.get_title(), resnet.get_title()) == ("lenet5", "resnet")
    assert list(lenet5.lines[0].get_ydata()) == [32, 28, 14, 10, 5]
    assert list(resnet.lines[0].get_ydata()) == [32, 32, 16]
    assert written(lenet5) == ["32", "28", "14", "10", "5"] and written(resnet) == ["32", "16"]
    assert figure.get_supylabel() == "side of the feature map in pixels"
    assert figure.get_supxlabel() == "layers and units from the input"


def test_markers_tell_what_each_layer_is():
    figure = figures.side_lengths({"lenet5": LENET5, "resnet": RESIDUAL})
    signs = [[line.get_marker() for line in axes.lines[1:]] for axes in figure.axes]
    assert signs == [["s", "o", "v", "o", "v"], ["s", "o", "D"]]
    named = {line.get_label(): line.get_marker() for line in figure.legends[0].get_lines()}
    assert named == {kind: marker for kind, (marker, _) in MARKERS.items()}
    assert named == {"conv": "o", "pool": "v", "unit": "D", "input": "s"}
