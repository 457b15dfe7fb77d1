"""One accuracy for each seed, and their mean."""

from collections.abc import Mapping, Sequence

from lessons_src.figures.style import BLUE, GREY, VERMILLION, new_figure, styled

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter


@styled
def accuracy_by_seed(accuracies: Mapping[str, Sequence[float]], guessing: float) -> Figure:
    """Draw one dot for each seed's accuracy, one row per condition, and a stroke at its mean.

    Args:
        accuracies: By the condition's label, the accuracies of its seeds in 0–1.
        guessing: The accuracy of blind guessing in 0–1.
    """
    figure = new_figure(height=0.55 * len(accuracies) + 1.4)
    axes = figure.subplots()
    for row, values in enumerate(accuracies.values()):
        dots = axes.plot(values, [row] * len(values), "o", color=BLUE, markersize=8, alpha=0.6)
        x = [float(np.mean(values))] * 2
        mean = axes.plot(x, [row - 0.3, row + 0.3], color=VERMILLION, linewidth=3)
    line = axes.axvline(guessing, color=GREY, linestyle=":", linewidth=1.5)
    handles = [*dots, *mean, line]
    labels = ["one seed", "their mean", "guessing"]
    figure.legend(handles, labels, loc="outside lower center", ncols=3, handlelength=1.2)
    axes.set_yticks(range(len(accuracies)), list(accuracies))
    highest = max(max(values) for values in accuracies.values())
    axes.set(xlabel="test accuracy", xlim=(0, 1.15 * max(highest, guessing)))
    axes.set_ylim(len(accuracies) - 0.5, -0.5)  # first row on top
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    return figure
