"""Drawing of a sliding window: the cells it reads, what padding adds, and what comes out."""

from collections.abc import Iterable
from itertools import product
from typing import Any

from lessons_src.arithmetic import Window, conv_output_size, same_padding
from lessons_src.figures.style import (
    BLUE,
    GREEN,
    GREY,
    LIGHT_GREY,
    ORANGE,
    VERMILLION,
    new_figure,
    styled,
)

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

# How each kind of cell looks; the keys label the drawn cells and the legend.
CELLS: dict[str, dict[str, Any]] = {
    "pixel": {"facecolor": "#DCEEFA", "edgecolor": BLUE},
    "padding": {"facecolor": "white", "edgecolor": GREY, "linestyle": "--"},
    "never read": {"facecolor": LIGHT_GREY, "edgecolor": GREY},
    "window": {"facecolor": ORANGE, "edgecolor": BLUE, "alpha": 0.75},
    "output": {"facecolor": "#BFE5D9", "edgecolor": GREEN},
}


@styled
def windows(
    size: int,
    kernel: int,
    stride: int = 1,
    padding: str = "valid",
    dilation: int = 1,
    position: tuple[int, int] = (0, 0),
) -> Figure:
    """Draw a square input with its padding, one window on it, and the output beside it.

    Args:
        size: Side of the input in pixels.
        kernel: Side of the kernel in taps.
        stride: Step between windows in pixels.
        padding: "valid" or "same", in any case.
        dilation: Distance between neighbouring taps in pixels.
        position: (row, column) of the output cell whose window is marked.

    Raises:
        ValueError: For impossible geometry, or a position outside the output.
    """
    output = conv_output_size(size, kernel, stride, padding, dilation)
    if not all(0 <= index < output for index in position):
        raise ValueError(f"position={position} is outside the output of {output}×{output} cells")
    before, after = 0, 0
    if Window(kernel, stride, padding, dilation).padding == "same":
        before, after = same_padding(size, kernel, stride, dilation)
    taps = range(0, kernel * dilation, dilation)
    read = {index * stride - before + tap for index in range(output) for tap in taps}

    figure = new_figure(height=3.6)
    figure.suptitle(f"{size} → {output}")
    axes = figure.subplots()
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.invert_yaxis()  # rows count downwards
    _draw_input(axes, size, before, after, read)
    _draw_window(axes, [index * stride - before for index in position], taps)
    left, top = size + after + 2, (size + after - before - output) / 2
    _draw_output(axes, left, top, output, position)

    names = {"pixel": "pixel", "window": "window"}
    if after:
        names["padding"] = f"padding {before} + {after}"
    if not read.issuperset(range(size)):
        names["never read"] = "never read"
    handles = [Patch(label=name, **CELLS[kind]) for kind, name in names.items()]
    figure.legend(
        handles=handles, loc="outside lower center", ncols=4, handlelength=1, handleheight=1
    )
    return figure


def _draw_input(axes: Axes, size: int, before: int, after: int, read: set[int]) -> None:
    """Draw pixels, zeros around them, and a cross on each pixel outside the rows `read`."""
    inside = range(size)
    padded = set(product(range(-before, size + after), repeat=2))
    pixels = set(product(inside, repeat=2))
    unread = {(y, x) for y, x in pixels if y not in read or x not in read}
    _draw_cells(axes, pixels - unread, "pixel")
    _draw_cells(axes, padded - pixels, "padding", marker="$0$")
    _draw_cells(axes, unread, "never read", marker="x")
    _caption(axes, (size + after - before) / 2, -before, f"input {size}×{size}")


def _draw_window(axes: Axes, corner: list[int], taps: range) -> None:
    """Draw the taps of the window whose first one is at `corner`, and a frame around them."""
    top, left = corner
    _draw_cells(axes, {(top + y, left + x) for y, x in product(taps, repeat=2)}, "window")
    extent = taps[-1] + 1
    axes.add_patch(
        Rectangle((left, top), extent, extent, fill=False, edgecolor=VERMILLION, linewidth=2.5)
    )


def _draw_output(axes: Axes, left: float, top: float, side: int, position: tuple[int, int]) -> None:
    """Draw the output's cells, the one that the marked window gives in the window's colour."""
    cells = set(product(range(side), repeat=2))
    _draw_cells(axes, ((top + y, left + x) for y, x in cells - {position}), "output")
    _draw_cells(axes, [(top + position[0], left + position[1])], "window")
    _caption(axes, left + side / 2, top, f"output {side}×{side}")


def _draw_cells(
    axes: Axes, cells: Iterable[tuple[float, ...]], kind: str, marker: str | None = None
) -> None:
    """Draw unit squares at (row, column), each with a marker in its middle."""
    corners = np.array(sorted(cells)).reshape(-1, 2)[:, ::-1]  # (x, y) of each upper left corner
    squares = corners[:, None] + [(0, 0), (1, 0), (1, 1), (0, 1)]
    axes.add_collection(PolyCollection(list(squares), label=kind, **CELLS[kind]))
    if marker:
        x, y = corners.T + 0.5
        axes.scatter(x, y, s=20, color=GREY, marker=marker)


def _caption(axes: Axes, x: float, y: float, text: str) -> None:
    """Write a line above a grid whose top edge has its middle at (x, y)."""
    axes.annotate(text, (x, y), (0, 6), textcoords="offset points", ha="center")
