"""lessons_src.figures.accuracy_by_cost: what minutes and operations of training brought."""

from lessons_src import figures
from lessons_src.records import LITERATURE, TrainingCost

from figure_helpers import drawn, legend, shown_as, titled

OWN = TrainingCost("ours", "ours", 0.9, "2 CPU cores", seconds=600, petaflops=0.1)
TIMED = TrainingCost("fast", "They, 2020", 0.94, "GPU", seconds=30, citation="they2020")
COUNTED = TrainingCost("deep", "They, 2020", 0.93, "GPU", petaflops=12, citation="they2020")


def test_each_panel_shows_what_is_known():
    figure = figures.accuracy_by_cost([OWN, TIMED, COUNTED], goal=0.94)
    minutes, petaflops = figure.axes
    assert [drawn(line) for line in minutes.lines[1:]] == [([10], [0.9]), ([0.5], [0.94])]
    assert [drawn(line) for line in petaflops.lines[1:]] == [([0.1], [0.9]), ([12], [0.93])]
    for axes, name in ((minutes, "minutes"), (petaflops, "PFLOP")):
        assert list(axes.lines[0].get_ydata()) == [0.94, 0.94]
        assert titled(axes) == ("", f"{name} of training", "test accuracy")
        assert axes.get_xscale() == "log"
        assert shown_as(axes.xaxis, 10) == "10" and shown_as(axes.yaxis, 0.94) == "94%"


def test_published_trainings_are_hollow():
    figure = figures.accuracy_by_cost([OWN, TIMED, COUNTED], goal=0.94)
    samples = legend(figure)
    assert {source: mark.get_fillstyle() for source, mark in samples.items()} == {
        "ours": "full",
        "They, 2020": "none",
    }


def test_no_two_sources_look_alike():
    samples = legend(figures.accuracy_by_cost([OWN, *LITERATURE], goal=0.94)).values()
    assert len(samples) == len({training.source for training in LITERATURE}) + 1
    assert len({(mark.get_color(), mark.get_marker()) for mark in samples}) == len(samples)
