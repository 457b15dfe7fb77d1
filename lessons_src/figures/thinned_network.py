"""A dense network, and what is left of it when some of its units are dropped."""

from collections.abc import Collection, Sequence
from itertools import product

from lessons_src.figures.style import BLUE, GREY, VERMILLION, new_figure, styled

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure


@styled
def thinned_network(units: Sequence[int], dropped: Collection[tuple[int, int]]) -> Figure:
    """Draw a dense network, and beside it the one that a dropout mask leaves.

    Args:
        units: In each layer, from the input to the output.
        dropped: (layer, unit) of each unit that the mask drops, counted from 0.

    Raises:
        ValueError: If a dropped unit does not exist.
    """
    positions = {
        (layer, unit): (float(layer), unit - (count - 1) / 2)
        for layer, count in enumerate(units)
        for unit in range(count)
    }
    if missing := set(dropped) - positions.keys():
        raise ValueError(f"there is no unit {min(missing)} in layers of {list(units)} units")
    figure = new_figure(height=0.42 * max(units) + 0.9)
    panels = figure.subplots(1, 2)
    _draw(panels[0], positions, set(), "inference: all units")
    _draw(panels[1], positions, set(dropped), "one step of training")
    return figure


def _draw(
    axes: Axes,
    positions: dict[tuple[int, int], tuple[float, float]],
    dropped: set[tuple[int, int]],
    title: str,
) -> None:
    """Draw kept units as discs with their connections, dropped ones as crossed circles."""
    for start, end in product(positions, repeat=2):
        if end[0] == start[0] + 1 and not {start, end} & dropped:
            axes.plot(*zip(positions[start], positions[end], strict=True), color=GREY, lw=0.8)
    for unit, (x, y) in positions.items():
        gone = unit in dropped
        face, edge = ("white", VERMILLION) if gone else (BLUE, BLUE)
        axes.plot(x, y, "o", markersize=14, color=face, markeredgecolor=edge, zorder=3)
        if gone:
            axes.plot(x, y, "x", markersize=8, color=VERMILLION, markeredgewidth=2, zorder=4)
    middles = np.array([*positions.values()])
    (left, low), (right, high) = middles.min(axis=0), middles.max(axis=0)
    axes.set(xlim=(left - 0.3, right + 0.3), ylim=(low - 0.6, high + 0.6), title=title)
    axes.set_axis_off()
