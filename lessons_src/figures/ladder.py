"""What each rung of a ladder of recipes brought."""

from collections.abc import Mapping, Sequence

from lessons_src.figures.style import (
    BLUE,
    GREY,
    LIGHT_GREY,
    VERMILLION,
    new_figure,
    styled,
    written,
)

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure


@styled
def ladder(
    rungs: Mapping[str, Sequence[float]],
    below: Mapping[str, str | None],
    gains: Mapping[str, Sequence[float]],
) -> Figure:
    """Draw a dot per seed, a bar at their mean, and the gain over another rung with its interval.

    A gain whose interval lies on one side of 0 is coloured. A band shows the interval; where the
    band leaves the axes, a small triangle says so.

    Args:
        rungs: By label, from the first to the last, the test accuracy of each seed in 0–1; a rung
            without seeds is left out.
        below: By label, the label of the rung that it is compared with; None for none.
        gains: By label, the mean gain in 0–1 and the two ends of its interval; a rung without is
            not compared.
    """
    rungs = {label: found for label, found in rungs.items() if found}
    figure = new_figure(height=0.42 * len(rungs) + 0.9)
    axes = figure.subplots()
    means = {label: 100 * float(np.mean(found)) for label, found in rungs.items()}
    right = 100 * max(map(max, rungs.values()))
    left = 100 * min(map(min, rungs.values()))
    room = 0.16 * (right - left) + 0.5
    axes.set_xlim(left - 0.3 * room, right + 2 * room)
    rows = {label: row for row, label in enumerate(rungs)}
    for label, row in rows.items():
        if (base := below[label]) in rungs and label in gains:
            mean, *ends = (100 * end for end in gains[label])
            start = means[label] - mean
            colour = GREY if ends[0] < 0 < ends[1] else BLUE if mean > 0 else VERMILLION
            axes.plot([start, start], [rows[base], row], ":", color=GREY, linewidth=1)
            _band(axes, row, [start + end for end in ends], left - 0.2 * room, right + 0.8 * room)
            axes.plot([start, start + mean], [row, row], color=colour, linewidth=4)
            text = written(mean, "+.1f")
            axes.text(right + 1.9 * room, row, text, color=colour, va="center", ha="right")
        values = [100 * value for value in rungs[label]]
        axes.plot(values, [row] * len(values), "o", color="black", ms=4)
        axes.plot([means[label]] * 2, [row - 0.3, row + 0.3], color="black")
    axes.set_yticks(range(len(rungs)), list(rungs))
    axes.set(xlabel="test accuracy in per cent; right: gain", ylim=(len(rungs) - 0.5, -0.5))
    axes.tick_params(axis="y", length=0)
    return figure


def _band(axes: Axes, row: int, ends: Sequence[float], left: float, right: float) -> None:
    """Draw an interval as a band from left to right at most, a triangle where it goes on."""
    low, high = max(ends[0], left), min(ends[1], right)
    axes.plot([low, high], [row, row], color=LIGHT_GREY, linewidth=10, solid_capstyle="butt")
    for end, drawn, marker in ((ends[0], low, "<"), (ends[1], high, ">")):
        if end != drawn:
            axes.plot([drawn], [row], marker, color=GREY, markersize=5)
