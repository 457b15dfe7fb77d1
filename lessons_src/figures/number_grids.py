"""Grids of numbered cells, of which drawings of convolutions are made."""

from lessons_src.figures.style import BLUE, GREEN, GREY, ORANGE, VERMILLION, written

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

FILLS = {"input": "#DCEEFA", "kernel": "#FBE8BF", "output": "#BFE5D9"}
EDGES = {"input": BLUE, "kernel": ORANGE, "output": GREEN}
GAP = 1.2  # cells between a grid and the next
TITLE = 0.9  # cells that the line above a grid takes
LINE = 0.2  # inches from a line of text to the next


def canvas(figure: Figure) -> Axes:
    """Return axes of square cells without marks, rows counting downwards."""
    axes = figure.subplots()
    axes.set_axis_off()
    axes.set_aspect("equal")
    return axes


def grid(
    axes: Axes,
    left: float,
    top: float,
    numbers: np.ndarray,
    kind: str,
    title: str = "",
    shown: np.ndarray | None = None,
    fill: str | None = None,
) -> None:
    """Draw a matrix as a grid of unit cells, with the numbers that are shown.

    Args:
        axes: What `canvas` returned.
        left: Where the grid begins, in cells.
        top: Where it begins, in cells counted downwards.
        numbers: (rows, columns) numbers.
        kind: "input", "kernel" or "output", which have their colours.
        title: What stands above it.
        shown: (rows, columns) truth values; False leaves a cell empty. All are shown otherwise.
        fill: A colour in place of that of its kind.
    """
    rows, columns = np.indices(numbers.shape).reshape(2, -1)
    corners = np.stack([left + columns, top + rows], axis=-1)[:, None]
    squares = corners + np.array([(0, 0), (1, 0), (1, 1), (0, 1)])
    axes.add_collection(
        PolyCollection(
            list(squares), facecolor=fill or FILLS[kind], edgecolor=EDGES[kind], label=kind
        )
    )
    for y, x in zip(rows, columns, strict=True):
        if shown is None or shown[y, x]:
            centre = (left + x + 0.5, top + y + 0.48)
            text = axes.text(*centre, number(numbers[y, x]), ha="center", va="center_baseline")
            text.set_in_layout(False)  # it stands inside its cell; the layout need not ask
    middle = left + numbers.shape[1] / 2
    axes.text(middle, top - 0.15, title, ha="center", va="bottom", color=GREY)


def frame(axes: Axes, left: float, top: float, side: int) -> None:
    """Frame the cells that the drawn step is about."""
    square = Rectangle((left, top), side, side, fill=False, edgecolor=VERMILLION, linewidth=2.5)
    axes.add_patch(square)


def number(value: float) -> str:
    """Return a number in few characters, with a true minus sign."""
    return written(value, ".3g")


def factor(value: float) -> str:
    """Return a number that can stand after a sign: in brackets if it is negative."""
    return f"({number(value)})" if value < 0 else number(value)
