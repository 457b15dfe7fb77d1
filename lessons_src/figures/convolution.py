"""Drawings of a convolution in numbers: one kernel on one image, a whole layer, kernels alone."""

from collections.abc import Sequence
from math import ceil

from lessons_src.figures.style import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    VERMILLION,
    WIDTH,
    new_figure,
    styled,
)

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import CenteredNorm
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

FILLS = {"input": "#DCEEFA", "kernel": "#FBE8BF", "output": "#BFE5D9"}
EDGES = {"input": BLUE, "kernel": ORANGE, "output": GREEN}
TINTS = {"red": "#F7D3C4", "green": "#D5EBC9", "blue": "#CFDFF6"}  # of channels with these names
GAP = 1.2  # cells between a grid and the next
TITLE = 0.9  # cells that the line above a grid takes
SUMS = 0.8  # cells that the line below a kernel takes
LINE = 0.2  # inches from a line of text to the next
KERNEL_COLUMNS = 3


@styled
def sliding_kernel(
    image: ArrayLike, kernel: ArrayLike, bias: float = 0, position: tuple[int, int] = (0, 0)
) -> Figure:
    """Draw one step of a convolution: the window, the kernel, the sum, the outputs so far.

    Args:
        image: (H, W) numbers.
        kernel: (k, k) weights.
        bias: What is added to each sum.
        position: (row, column) of the output that is computed; those after it are left empty.

    Raises:
        ValueError: For a position outside the output.
    """
    image, kernel = np.asarray(image), np.asarray(kernel)
    outputs = _correlate(image[..., None], kernel[..., None, None])[..., 0] + bias
    _require_inside(position, outputs.shape)
    row, column = position
    side = len(kernel)
    window = image[row : row + side, column : column + side]
    seen = np.arange(outputs.size).reshape(outputs.shape) <= row * outputs.shape[1] + column

    height, width = image.shape
    left = np.cumsum([0, width + GAP, side + GAP, outputs.shape[1]])
    grids = (TITLE + height + 0.1) * WIDTH / (left[3] + 0.2)  # inches
    lines = LINE * (side + 1.5)
    figure = new_figure(height=grids + lines)
    figure.set_layout_engine("none")  # the positions are known, and dozens of frames want speed
    axes = _canvas(figure)
    axes.set_position((0, lines / (grids + lines), 1, grids / (grids + lines)))
    _grid(axes, 0, 0, image, "input", f"image {height}×{width}")
    _grid(axes, left[1], (height - side) / 2, kernel, "kernel", f"kernel {side}×{side}")
    top = (height - len(outputs)) / 2
    title = "output {}×{}".format(*outputs.shape)
    _grid(axes, left[2], top, outputs, "output", title, shown=seen)
    _frame(axes, column, row, side)
    _frame(axes, left[2] + column, top + row, 1)
    axes.set_xlim(-0.1, left[3] + 0.1)
    axes.set_ylim(height + 0.1, -TITLE)
    figure.supxlabel(_written_out(window, kernel, bias))
    return figure


@styled
def convolution_layer(
    image: ArrayLike,
    kernels: ArrayLike,
    bias: ArrayLike,
    channels: Sequence[str],
    position: tuple[int, int] = (0, 0),
) -> Figure:
    """Draw a layer as a table: a column for each input channel, a row for each kernel.

    Below each square of weights stands the sum of its products with the framed window.

    Args:
        image: (H, W, C) numbers.
        kernels: (k, k, C, N) weights.
        bias: (N,) numbers.
        channels: C names; "red", "green" and "blue" have their colours.
        position: (row, column) of the output whose window is framed.

    Raises:
        ValueError: For a position outside the output, or a wrong number of names.
    """
    image, kernels, bias = np.asarray(image), np.asarray(kernels), np.asarray(bias)
    outputs = _correlate(image, kernels) + bias
    _require_inside(position, outputs.shape[:2])
    height, width = image.shape[:2]
    side = len(kernels)
    row, column = position

    lefts = np.arange(image.shape[2]) * (width + GAP)
    lines = len(bias) * (side + TITLE + SUMS)
    right = image.shape[2] * (width + GAP) + outputs.shape[1]
    figure = new_figure(height=WIDTH * (height + TITLE + lines + 0.2) / (right + 0.2))
    axes = _canvas(figure)
    for x, name, channel in zip(lefts, channels, np.moveaxis(image, -1, 0), strict=True):
        _grid(axes, x, 0, channel, "input", name, fill=TINTS.get(name))
        _frame(axes, x + column, row, side)
    window = image[row : row + side, column : column + side]
    for n, kernel in enumerate(np.moveaxis(kernels, -1, 0)):
        top = height + TITLE + n * (side + TITLE + SUMS)
        middle, below = top + side / 2, top + side + SUMS / 2
        sums = (window * kernel).sum(axis=(0, 1))
        for x, channel, part in zip(lefts, np.moveaxis(kernel, -1, 0), sums, strict=True):
            _grid(axes, x + (width - side) / 2, top, channel, "kernel")
            last = x == lefts[-1]
            axes.text(x + width + GAP / 2, middle, "=" if last else "+", ha="center", va="center")
            axes.text(x + width / 2, below, _number(part), ha="center", va="center")
            if not last:
                axes.text(x + width + GAP / 2, below, "+", ha="center", va="center")
        x, y = right - outputs.shape[1], middle - len(outputs) / 2
        _grid(axes, x, y, outputs[..., n], "output", f"map {n + 1}")
        _frame(axes, x + column, y + row, 1)
        rest = f"+ bias {_factor(bias[n])} = {_number(outputs[row, column, n])}"
        axes.text(right, below, rest, ha="right", va="center")
        added = f"kernel {n + 1}, with bias {_number(bias[n])}"
        axes.text((right - outputs.shape[1] - GAP) / 2, top - 0.15, added, ha="center", va="bottom")
    axes.set_xlim(-0.1, right + 0.1)
    axes.set_ylim(height + lines + 0.2, -TITLE)
    return figure


@styled
def kernel_values(kernels: ArrayLike, titles: Sequence[str]) -> Figure:
    """Draw kernels as squares of numbers, coloured on one scale around zero.

    Args:
        kernels: (N, k, k) weights.
        titles: N texts.

    Raises:
        ValueError: If there are not as many titles as kernels.
    """
    kernels = np.asarray(kernels, float)
    columns = min(len(kernels), KERNEL_COLUMNS)
    lines = ceil(len(kernels) / columns)
    figure = new_figure(height=lines * (WIDTH / columns + 0.3))
    panels = list(figure.subplots(lines, columns, squeeze=False).flat)
    # Half as far again as the largest weight: the colours stay pale, the numbers legible.
    reach = 1.5 * np.abs(kernels).max() or 1
    for axes in panels:
        axes.set_axis_off()
    for axes, kernel, title in zip(panels[: len(kernels)], kernels, titles, strict=True):
        axes.imshow(kernel, cmap="PuOr", norm=CenteredNorm(halfrange=reach))
        axes.set_title(title)
        for (y, x), weight in np.ndenumerate(kernel):
            text = f"{weight:.2f}".replace("-", "−").replace("−0.00", "0.00")
            axes.text(x, y, text, ha="center", va="center")
    return figure


def _correlate(image: np.ndarray, kernels: np.ndarray) -> np.ndarray:
    """Return the (H', W', N) sums of an (H, W, C) image under (k, k, C, N) kernels."""
    side = len(kernels)
    windows = np.lib.stride_tricks.sliding_window_view(image, (side, side), axis=(0, 1))
    return np.einsum("hwcij,ijcn->hwn", windows, kernels)


def _require_inside(position: tuple[int, int], shape: tuple[int, ...]) -> None:
    """Refuse an output position that does not exist."""
    if not all(0 <= index < size for index, size in zip(position, shape, strict=True)):
        raise ValueError(f"position={position} is outside the output of {shape[0]}×{shape[1]}")


def _canvas(figure: Figure) -> Axes:
    """Return axes of square cells without marks, rows counting downwards."""
    axes = figure.subplots()
    axes.set_axis_off()
    axes.set_aspect("equal")
    return axes


def _grid(
    axes: Axes,
    left: float,
    top: float,
    numbers: np.ndarray,
    kind: str,
    title: str = "",
    shown: np.ndarray | None = None,
    fill: str | None = None,
) -> None:
    """Draw a matrix as a grid of unit cells, with the numbers that are shown."""
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
            text = axes.text(*centre, _number(numbers[y, x]), ha="center", va="center_baseline")
            text.set_in_layout(False)  # it stands inside its cell; the layout need not ask
    middle = left + numbers.shape[1] / 2
    axes.text(middle, top - 0.15, title, ha="center", va="bottom", color=GREY)


def _frame(axes: Axes, left: float, top: float, side: int) -> None:
    """Frame the cells that the drawn step is about."""
    square = Rectangle((left, top), side, side, fill=False, edgecolor=VERMILLION, linewidth=2.5)
    axes.add_patch(square)


def _written_out(window: np.ndarray, kernel: np.ndarray, bias: float) -> str:
    """Return the products of each kernel row with their sum, then the sum of all with the bias."""
    products = window * kernel
    lines = []
    for pixels, weights, total in zip(window, kernel, products.sum(axis=1), strict=True):
        terms = (f"{_number(p)}·{_factor(w)}" for p, w in zip(pixels, weights, strict=True))
        lines.append(f"{' + '.join(terms)} = {_number(total)}")
    sums = " + ".join(_factor(total) for total in products.sum(axis=1))
    result = _number(products.sum() + bias)
    return "\n".join([*lines, f"{sums} + bias {_factor(bias)} = {result}"])


def _number(value: float) -> str:
    """Return a number in few characters, with a true minus sign."""
    return f"{value:.3g}".replace("-", "−")


def _factor(value: float) -> str:
    """Return a number that can stand after a sign: in brackets if it is negative."""
    return f"({_number(value)})" if value < 0 else _number(value)
