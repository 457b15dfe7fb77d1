"""lessons_src.figures.line_panels: lines in one or two panels."""

from lessons_src import figures

from figure_helpers import drawn, legend, look, shown_as, titled


def test_a_label_has_one_colour_in_both_panels():
    one = figures.Panel("step", "loss", {"a": ([0, 1], [2, 1]), "b": ([0, 1], [3, 1])}, log=True)
    two = figures.Panel("epoch", "right", {"b": ([0, 1], [0.2, 0.5])}, percent=True)
    figure = figures.line_panels(one, two, marker="o")
    left, right = figure.axes
    assert (titled(left), titled(right)) == (("", "step", "loss"), ("", "epoch", "right"))
    assert (left.get_yscale(), right.get_yscale()) == ("log", "linear")
    assert shown_as(right.yaxis, 0.5) == "50%" != shown_as(left.yaxis, 0.5)
    assert drawn(left.lines[1]) == ([0, 1], [3, 1]) and drawn(right.lines[0])[1] == [0.2, 0.5]
    assert look(left.lines[1]) == look(right.lines[0])
    assert {name: look(sample) for name, sample in legend(figure).items()} == {
        "a": look(left.lines[0]),
        "b": look(left.lines[1]),
    }
    assert left.lines[0].get_marker() == "o"


def test_panels_of_one_quantity_share_its_scale():
    shift = figures.Panel("shift", "accuracy", {"a": ([0, 1], [0.9, 0.8])})
    noise = figures.Panel("noise", "accuracy", {"a": ([0, 1], [0.9, 0.1])})
    other = figures.Panel("noise", "loss", {"a": ([0, 1], [9, 1])})
    left, right = figures.line_panels(shift, noise).axes
    assert left.get_ylim() == right.get_ylim()
    left, right = figures.line_panels(shift, other).axes
    assert left.get_ylim() != right.get_ylim()
