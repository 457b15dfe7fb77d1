"""A convolution of a picture as one matrix: where the weights of its kernel stand."""

from lessons_src.figures.style import (
    BLUE,
    GREY,
    LIGHT_GREY,
    ORANGE,
    PURPLE,
    VERMILLION,
    WIDTH,
    new_figure,
    styled,
)

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

ROWS = (BLUE, ORANGE, PURPLE)  # a colour for each row of the kernel
PALEST, STRONGEST = 0.3, 0.8  # of a row's colour, in its first column and its third
ABOVE = 1.2  # cells between the kernel and the matrix
BELOW = 2.4  # cells for the line below the matrix, margins included
LARGE = 2  # times as wide as the matrix's are the kernel's cells


@styled
def banded_matrix(kernel: ArrayLike, matrix: ArrayLike, width: int, row: int) -> Figure:
    """Draw a kernel, and below it the matrix of its convolution in the same colours.

    Args:
        kernel: (k, k) different whole numbers from 1 that name the weights, k at most 3.
        matrix: (outputs, pixels) of these names, 0 where an output does not read a pixel.
        width: Of the picture; lines part its rows.
        row: The output whose row of the matrix is framed.

    Raises:
        ValueError: For a kernel of more rows than colours, or a row that the matrix lacks.
    """
    kernel, matrix = np.asarray(kernel, int), np.asarray(matrix, int)
    if len(kernel) > len(ROWS):
        raise ValueError(f"a kernel of {len(kernel)} rows; draw {len(ROWS)} at most")
    if not 0 <= row < len(matrix):
        raise ValueError(f"row={row} is none of the matrix, which has {len(matrix)}")
    colours = {int(name): _colour(*place) for place, name in np.ndenumerate(kernel)}
    outputs, pixels = matrix.shape
    top = LARGE * len(kernel) + ABOVE
    cells = top + outputs + BELOW
    figure = new_figure(height=cells * WIDTH / (pixels + 1))
    figure.set_layout_engine("none")  # square cells, whatever the height
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(-0.5, pixels + 0.5), ylim=(cells - 0.5, -0.5))
    left = (pixels - LARGE * kernel.shape[1]) / 2
    _cells(axes, left, 0, kernel, colours, LARGE, named=True)
    axes.text(left - 0.6, LARGE * len(kernel) / 2, "kernel", ha="right", va="center")
    _cells(axes, 0, top, matrix, colours, 1)
    for index in range(0, pixels + 1, width):
        axes.plot([index, index], [top, top + outputs], color=GREY, linewidth=1.5)
    for index in range(pixels // width):
        middle = (index + 0.5) * width
        below = top + outputs + 0.4
        axes.text(middle, below, f"picture row {index}", ha="center", va="top", fontsize=11)
    axes.add_patch(
        Rectangle((0, top + row), pixels, 1, fill=False, edgecolor=VERMILLION, linewidth=2.5)
    )
    return figure


def _colour(row: int, column: int) -> tuple[float, ...]:
    """Return the colour of a kernel's row, stronger from column to column."""
    strength = PALEST + (STRONGEST - PALEST) * min(column, 2) / 2
    return tuple(1 - strength * (1 - part) for part in to_rgb(ROWS[row]))


def _cells(
    axes: Axes,
    left: float,
    top: float,
    names: np.ndarray,
    colours: dict[int, tuple[float, ...]],
    side: float,
    named: bool = False,
) -> None:
    """Draw a matrix of squares, white where there is no weight."""
    for (y, x), name in np.ndenumerate(names):
        square = Rectangle(
            (left + side * x, top + side * y),
            side,
            side,
            facecolor=colours.get(int(name), "white"),
            edgecolor=LIGHT_GREY,
            linewidth=0.7,
            label=f"weight {name}",
        )
        axes.add_patch(square)
        if named:
            place = (left + side * (x + 0.5), top + side * (y + 0.48))
            axes.text(*place, str(name), ha="center", va="center_baseline")
