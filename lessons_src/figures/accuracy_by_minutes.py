"""Accuracy against the minutes of training that it took."""

from collections.abc import Mapping, Sequence
from itertools import cycle, product

from lessons_src.figures.seeds import Run
from lessons_src.figures.style import LIGHT_GREY, SERIES, new_figure, styled

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

MARKERS = "os^D"


@styled
def accuracy_by_minutes(
    runs: Mapping[str, Sequence[Run]], goal: float, lowest: float = 0
) -> Figure:
    """Draw validation accuracy against the minutes of training, one line per seed.

    Args:
        runs: By label, what `records.find` returned; a label without runs is left out.
        goal: An accuracy to mark, 0–1.
        lowest: The accuracy at which the axis begins, 0–1; epochs below are not shown.
    """
    figure = new_figure(height=2.6 + 0.25 * len(runs))  # one line of legend per label
    axes = figure.subplots()
    axes.axhline(goal, color=LIGHT_GREY, linestyle="--")
    looks = cycle(product(MARKERS, SERIES))  # another marker once the colours are used up
    for (label, seeds), (marker, colour) in zip(runs.items(), looks, strict=False):
        for number, run in enumerate(seeds):
            minutes = np.cumsum(run.history["seconds"]) / 60
            [line] = axes.plot(minutes, run.history["val_accuracy"], marker=marker, color=colour)
            line.set(markersize=4, linewidth=1.2, label=label if number == 0 else None)
    axes.set(xlabel="minutes of training", ylabel="validation accuracy", xscale="log")
    axes.set_ylim(lowest, None)
    axes.xaxis.set_major_formatter("{x:g}")
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    if any(runs.values()):
        figure.legend(loc="outside lower center", ncols=1)  # labels are long
    return figure
