"""lessons_src.figures.accuracy_by_minutes: what a minute of training brings."""

from types import SimpleNamespace

from lessons_src import figures
from lessons_src.records import find

import pytest
from figure_helpers import drawn, legend, look, shown_as, titled


def run(seconds, accuracies):
    return SimpleNamespace(history={"seconds": seconds, "val_accuracy": accuracies})


def test_minutes_add_up_over_the_epochs():
    runs = {"LeNet5": [run([60, 30], [0.3, 0.4]), run([90, 90], [0.2, 0.5])], "none": []}
    figure = figures.accuracy_by_minutes(runs, goal=0.9)
    [axes] = figure.axes
    goal, first, second = axes.lines
    assert list(goal.get_ydata()) == [0.9, 0.9]
    assert drawn(first) == ([1, 1.5], [0.3, 0.4]) and drawn(second) == ([1.5, 3], [0.2, 0.5])
    assert look(first) == look(second)
    assert list(legend(figure)) == ["LeNet5"]
    assert axes.get_xscale() == "log" and axes.get_yscale() == "linear"
    assert titled(axes) == ("", "minutes of training", "validation accuracy")
    assert shown_as(axes.yaxis, 0.9) == "90%" and shown_as(axes.xaxis, 10) == "10"


def test_no_two_of_many_labels_look_alike():
    figure = figures.accuracy_by_minutes({str(n): [run([60], [0.5])] for n in range(9)}, 0.9)
    assert len({(look(s), s.get_marker()) for s in legend(figure).values()}) == 9


def test_the_axis_begins_where_it_is_told():
    runs = {"LeNet5": [run([60, 30], [0.3, 0.95])]}
    for options, begin in (({}, 0), ({"lowest": 0.8}, 0.8)):
        [axes] = figures.accuracy_by_minutes(runs, 0.9, **options).axes
        low, high = axes.get_ylim()
        assert low == begin and 0.95 < high <= 1


def test_without_runs_there_is_no_legend():
    assert figures.accuracy_by_minutes({"none": []}, goal=0.9).legends == []


def test_a_recorded_run_takes_the_minutes_of_its_record():
    runs = find("lenet5", "note")
    [axes] = figures.accuracy_by_minutes({"LeNet5": runs}, goal=0.9).axes
    minutes, _ = drawn(axes.lines[1])
    assert minutes[-1] == pytest.approx(runs[0].seconds / 60)
