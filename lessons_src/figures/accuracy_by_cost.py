"""Accuracy against the minutes and the operations of a training."""

from collections.abc import Callable, Sequence
from itertools import cycle

from lessons_src.figures.style import LIGHT_GREY, SERIES, new_figure, styled
from lessons_src.records import TrainingCost

from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

MARKERS = "os^Dv"
COSTS: dict[str, Callable[[TrainingCost], float | None]] = {
    "minutes of training": lambda cost: cost.seconds and cost.seconds / 60,
    "PFLOP of training": lambda cost: cost.petaflops,
}


@styled
def accuracy_by_cost(trainings: Sequence[TrainingCost], goal: float) -> Figure:
    """Draw test accuracy against minutes, and against PFLOP below; hollow marks are published ones.

    Args:
        trainings: What to compare; where minutes or PFLOP are unknown, that panel leaves it out.
        goal: An accuracy to mark, 0–1.
    """
    figure = new_figure(height=7.0)
    panels = figure.subplots(len(COSTS), sharey=True)
    sources = dict.fromkeys(training.source for training in trainings)
    for axes, (name, cost) in zip(panels, COSTS.items(), strict=True):
        axes.axhline(goal, color=LIGHT_GREY, linestyle="--")
        for source, marker, colour in zip(sources, cycle(MARKERS), cycle(SERIES), strict=False):
            shown = [t for t in trainings if t.source == source and cost(t) is not None]
            published = any(t.citation for t in trainings if t.source == source)
            axes.plot(
                [cost(t) for t in shown],
                [t.accuracy for t in shown],
                linestyle="",
                marker=marker,
                markersize=8,
                color=colour,
                fillstyle="none" if published else "full",
                markeredgewidth=1.8,
                label=source,
            )
        axes.set(xlabel=name, ylabel="test accuracy", xscale="log")
        axes.xaxis.set_major_formatter("{x:g}")
        axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    lines = panels[0].get_lines()[1:]
    figure.legend(handles=lines, loc="outside lower center", ncols=3, handletextpad=0.2)
    return figure
