"""Stacks of kernels as pyramids: the pixels that one unit sees, through the maps between."""

from collections.abc import Mapping, Sequence

from lessons_src.figures.style import BLUE, GREEN, ORANGE, VERMILLION, new_figure, styled

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

SLANT, DEPTH = 0.45, 0.42  # how far back and up a row of cells lies, in cells
RISE = 3.4  # from a map to the next, in cells
CELL = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])


@styled
def kernel_pyramid(stacks: Mapping[str, Sequence[int]]) -> Figure:
    """Draw for each stack of kernels one unit, what it reads of each map, and what it sees.

    Args:
        stacks: By title, the sides of the kernels at stride 1, first layer first.

    Raises:
        ValueError: For a stack without kernels.
    """
    if not all(stacks.values()):
        raise ValueError("a stack needs at least one kernel")
    figure = new_figure(height=2.9)
    panels = figure.subplots(1, len(stacks), squeeze=False, sharey=True)[0]
    for axes, (title, kernels) in zip(panels, stacks.items(), strict=True):
        axes.set_axis_off()
        axes.set_aspect("equal")
        axes.set_title(title)
        _draw_stack(axes, kernels, max(len(stack) for stack in stacks.values()))
    return figure


def _draw_stack(axes: Axes, kernels: Sequence[int], most: int) -> None:
    """Draw the image at the bottom and the unit at the top, whatever the number of layers."""
    sides = [1]  # of what is read, the unit itself first
    for kernel in reversed(kernels):
        sides.insert(0, sides[0] + kernel - 1)
    rise = RISE * most / len(kernels)
    for level, side in enumerate(sides):
        height = level * rise
        if level:
            below = (kernels[level - 1], sides[level - 1], height - rise)
            _draw_kernel(axes, *below, side, height)
        face, edge = ("#BFE5D9", GREEN) if level else ("#DCEEFA", BLUE)
        name = f"{side}×{side} of map {level}" if level else f"{side}×{side} pixels"
        if level == len(kernels):
            face, edge, name = ORANGE, BLUE, "one unit"
        cells = _placed(_corners(side), height)
        axes.add_collection(
            PolyCollection(
                list(cells), facecolor=face, edgecolor=edge, linewidth=1.5, zorder=2 * level + 2
            )
        )
        x, y = _placed(np.array([side / 2, side / 2]), height)
        axes.annotate(name, (x, y), (6, 0), textcoords="offset points", va="center", zorder=20)


def _corners(side: int) -> np.ndarray:
    """Return the (side², 4, 2) corners of a map's cells around its middle."""
    cells = np.stack(np.meshgrid(np.arange(side), np.arange(side)), axis=-1).reshape(-1, 1, 2)
    return cells - side / 2 + CELL


def _placed(points: np.ndarray, height: float) -> np.ndarray:
    """Return where points (x, y) of a map lie in the drawing."""
    x, y = points[..., 0], points[..., 1]
    return np.stack([x + SLANT * y, DEPTH * y + height], axis=-1)


def _draw_kernel(axes: Axes, kernel: int, below: int, bottom: float, side: int, top: float) -> None:
    """Join the map's last unit to the corners of what it reads of the map below."""
    window = _placed(below / 2 - kernel + kernel * CELL, bottom)
    unit = _placed(side / 2 - 1 + CELL, top)
    for start, end in zip(window, unit, strict=True):
        axes.plot(*zip(start, end, strict=True), color=VERMILLION, linewidth=1.2, zorder=3)
