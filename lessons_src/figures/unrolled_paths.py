"""Residual units unrolled: each way from x to the output, through a branch or past it."""

from itertools import product

from lessons_src.figures.arrows import draw_arrow
from lessons_src.figures.style import BLUE, ORANGE, SKY_BLUE, new_figure, styled

from matplotlib.axes import Axes
from matplotlib.figure import Figure

MOST = 4  # units; 16 paths fill a telephone


@styled
def unrolled_paths(units: int) -> Figure:
    """Draw a chain of residual units, and below it all its paths, those with few branches first.

    Args:
        units: How many units follow one another.

    Raises:
        ValueError: For fewer than 1 unit or more than 4, whose paths would not be legible.
    """
    if not 1 <= units <= MOST:
        raise ValueError(f"units must be 1 to {MOST}, not {units}")
    paths = sorted(product((False, True), repeat=units), key=lambda path: (sum(path), path[::-1]))
    figure = new_figure(height=1.5 + 0.36 * len(paths))
    chain, ways = figure.subplots(2, 1, sharex=True, height_ratios=(2.4, len(paths) + 0.6))
    for axes in (chain, ways):
        axes.set_axis_off()
        axes.set_xlim(-0.25, units + 1.45)
    _draw_chain(chain, units)
    _draw_paths(ways, paths)
    return figure


def _draw_chain(axes: Axes, units: int) -> None:
    """Draw x, and for each unit its branch, the shortcut above it and the sum."""
    axes.set_ylim(-0.5, 1.1)
    _write(axes, 0, 0, "x", "white")
    for unit in range(1, units + 1):
        left, right = (unit - 0.52 if unit > 1 else 0.15), unit + 0.35  # the sums beside F
        draw_arrow(axes, (left, 0), (unit - 0.2, 0))
        draw_arrow(axes, (unit + 0.2, 0), (right - 0.13, 0))
        fork = (left + unit - 0.2) / 2
        axes.plot([fork, fork, right], [0, 0.8, 0.8], color=BLUE)
        draw_arrow(axes, (right, 0.8), (right, 0.28), BLUE, linewidth=2)
        _write(axes, unit, 0, f"F{unit}", SKY_BLUE)
        _write(axes, right, 0, "+", ORANGE)


def _draw_paths(axes: Axes, paths: list[tuple[bool, ...]]) -> None:
    """Draw a row per path, with a box where it passes a branch, and say how many it passes."""
    axes.set_ylim(0.6 - len(paths), 0.6)
    end = len(paths[0]) + 0.6
    for row, path in enumerate(paths):
        axes.plot([0, end], [-row, -row], color=BLUE)
        for unit, passed in enumerate(path, start=1):
            if passed:
                _write(axes, unit, -row, f"F{unit}", SKY_BLUE)
        branches = sum(path)
        text = f"{branches} branch" + "es" * (branches != 1)
        axes.text(end + 0.15, -row, text, ha="left", va="center", fontsize=11)
    axes.plot([0, 0], [0, 1 - len(paths)], color=BLUE)
    axes.plot([end, end], [0, 1 - len(paths)], color=BLUE)
    _write(axes, 0, 0, "x", "white")
    _write(axes, end, 0, "+", ORANGE)


def _write(axes: Axes, x: float, y: float, text: str, colour: str) -> None:
    """Write a text into a box."""
    box = {"boxstyle": "round,pad=0.22", "edgecolor": BLUE, "facecolor": colour}
    axes.text(x, y, text, bbox=box, ha="center", va="center", fontsize=11)
