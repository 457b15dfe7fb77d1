"""What each rung of a ladder of recipes brought."""

from collections.abc import Mapping, Sequence

from lessons_src.figures.style import BLUE, GREY, VERMILLION, new_figure, styled

import numpy as np
from matplotlib.figure import Figure


@styled
def ladder(rungs: Mapping[str, Sequence[float]], below: Sequence[str | None]) -> Figure:
    """Draw the gain of each change: a dot per seed, a bar at their mean, a line to the rung below.

    Args:
        rungs: By label, from the first to the last, the test accuracy of each seed in 0–1.
        below: For each rung, the label of the one that it is compared with; None for the first.
    """
    figure = new_figure(height=0.42 * len(rungs) + 0.9)
    axes = figure.subplots()
    means = [100 * float(np.mean(found)) for found in rungs.values()]
    right = 100 * max(map(max, rungs.values()))
    left = 100 * min(map(min, rungs.values()))
    room = 0.16 * (right - left) + 0.5
    labels = list(rungs)
    for row, (found, mean, label) in enumerate(zip(rungs.values(), means, below, strict=True)):
        if label is not None:
            base = labels.index(label)
            start = means[base]
            colour = BLUE if mean > start else VERMILLION
            axes.plot([start, start], [base, row], ":", color=GREY, linewidth=1)
            axes.plot([start, mean], [row, row], color=colour, linewidth=7, alpha=0.35)
            text = f"{mean - start:+.1f}"
            axes.text(right + room, row, text, color=colour, va="center", ha="right")
        axes.plot([100 * value for value in found], [row] * len(found), "o", color="black", ms=4)
        axes.plot([mean, mean], [row - 0.3, row + 0.3], color="black")
    axes.set_yticks(range(len(rungs)), list(rungs))
    axes.set(xlabel="test accuracy in per cent; right: gain", ylim=(len(rungs) - 0.5, -0.5))
    axes.set_xlim(left - 0.3 * room, right + 1.05 * room)
    axes.tick_params(axis="y", length=0)
    return figure
