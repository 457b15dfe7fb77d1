"""Drawings of a convolution in numbers: one kernel on one image, a whole layer, kernels alone."""

from collections.abc import Sequence
from math import ceil

from lessons_src.figures.number_grids import GAP, LINE, TITLE, canvas, factor, frame, grid, number
from lessons_src.figures.style import WIDTH, new_figure, styled, written

import numpy as np
from matplotlib.colors import CenteredNorm
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

TINTS = {"red": "#F7D3C4", "green": "#D5EBC9", "blue": "#CFDFF6"}  # of channels with these names
SUMS = 0.8  # cells that the line below a kernel takes
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
    axes = canvas(figure)
    axes.set_position((0, lines / (grids + lines), 1, grids / (grids + lines)))
    grid(axes, 0, 0, image, "input", f"image {height}×{width}")
    grid(axes, left[1], (height - side) / 2, kernel, "kernel", f"kernel {side}×{side}")
    top = (height - len(outputs)) / 2
    title = "output {}×{}".format(*outputs.shape)
    grid(axes, left[2], top, outputs, "output", title, shown=seen)
    frame(axes, column, row, side)
    frame(axes, left[2] + column, top + row, 1)
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
    axes = canvas(figure)
    for x, name, channel in zip(lefts, channels, np.moveaxis(image, -1, 0), strict=True):
        grid(axes, x, 0, channel, "input", name, fill=TINTS.get(name))
        frame(axes, x + column, row, side)
    window = image[row : row + side, column : column + side]
    for n, kernel in enumerate(np.moveaxis(kernels, -1, 0)):
        top = height + TITLE + n * (side + TITLE + SUMS)
        middle, below = top + side / 2, top + side + SUMS / 2
        sums = (window * kernel).sum(axis=(0, 1))
        for x, channel, part in zip(lefts, np.moveaxis(kernel, -1, 0), sums, strict=True):
            grid(axes, x + (width - side) / 2, top, channel, "kernel")
            last = x == lefts[-1]
            axes.text(x + width + GAP / 2, middle, "=" if last else "+", ha="center", va="center")
            axes.text(x + width / 2, below, number(part), ha="center", va="center")
            if not last:
                axes.text(x + width + GAP / 2, below, "+", ha="center", va="center")
        x, y = right - outputs.shape[1], middle - len(outputs) / 2
        grid(axes, x, y, outputs[..., n], "output", f"map {n + 1}")
        frame(axes, x + column, y + row, 1)
        rest = f"+ bias {factor(bias[n])} = {number(outputs[row, column, n])}"
        axes.text(right, below, rest, ha="right", va="center")
        added = f"kernel {n + 1}, with bias {number(bias[n])}"
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
    # Well beyond the largest weight: the colours stay pale, and black numbers legible on all.
    reach = 1.75 * np.abs(kernels).max() or 1
    for axes in panels:
        axes.set_axis_off()
    for axes, kernel, title in zip(panels[: len(kernels)], kernels, titles, strict=True):
        axes.imshow(kernel, cmap="PuOr", norm=CenteredNorm(halfrange=reach))
        axes.set_title(title)
        for (y, x), weight in np.ndenumerate(kernel):
            text = written(weight, ".2f").replace("−0.00", "0.00")
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


def _written_out(window: np.ndarray, kernel: np.ndarray, bias: float) -> str:
    """Return the products of each kernel row with their sum, then the sum of all with the bias."""
    products = window * kernel
    lines = []
    for pixels, weights, total in zip(window, kernel, products.sum(axis=1), strict=True):
        terms = (f"{number(p)}·{factor(w)}" for p, w in zip(pixels, weights, strict=True))
        lines.append(f"{' + '.join(terms)} = {number(total)}")
    sums = " + ".join(factor(total) for total in products.sum(axis=1))
    result = number(products.sum() + bias)
    return "\n".join([*lines, f"{sums} + bias {factor(bias)} = {result}"])
