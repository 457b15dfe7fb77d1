"""Where a convolution uses one weight or one pixel, and the sum that is its gradient."""

from itertools import groupby

from lessons_src.figures.number_grids import GAP, LINE, TITLE, canvas, factor, frame, grid, number
from lessons_src.figures.style import BLACK, WIDTH, new_figure, styled

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

LETTERS = "abcdefghijklmnopqrstuvwxyz"
Cell = tuple[int, int]  # row and column


@styled
def weight_uses(
    image: ArrayLike, kernel: ArrayLike, gradient: ArrayLike, weight: tuple[int, int]
) -> Figure:
    """Draw the pixels that one weight meets, each with the letter of the output it is used for.

    Below stands the gradient of the weight: each of these pixels times the output's gradient.

    Args:
        image: (H, W) numbers.
        kernel: (k, k) weights.
        gradient: (H − k + 1, W − k + 1) derivatives of the loss for the outputs.
        weight: (row, column) in the kernel.

    Raises:
        ValueError: For a gradient of another shape, or a weight outside the kernel.
    """
    image, kernel, gradient = _checked(image, kernel, gradient)
    row, column = _inside(weight, kernel, "weight")
    pairs = [((y + row, x + column), (y, x)) for y, x in np.ndindex(gradient.shape)]
    return _drawn(image, kernel, gradient, 1, (row, column), 0, pairs)


@styled
def pixel_uses(
    image: ArrayLike, kernel: ArrayLike, gradient: ArrayLike, pixel: tuple[int, int]
) -> Figure:
    """Draw the outputs that use one pixel, each with the letter of the weight that it meets there.

    Below stands the gradient of the pixel: each of these weights times the output's gradient.

    Args:
        image: (H, W) numbers.
        kernel: (k, k) weights.
        gradient: (H − k + 1, W − k + 1) derivatives of the loss for the outputs.
        pixel: (row, column) in the image.

    Raises:
        ValueError: For a gradient of another shape, or a pixel outside the image.
    """
    image, kernel, gradient = _checked(image, kernel, gradient)
    row, column = _inside(pixel, image, "pixel")
    side = len(kernel)
    pairs = [
        ((row - y, column - x), (y, x))
        for y, x in np.ndindex(gradient.shape)
        if 0 <= row - y < side and 0 <= column - x < side
    ]
    return _drawn(image, kernel, gradient, 0, (row, column), 1, pairs)


def _checked(*arrays: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return image, kernel and gradient as arrays whose shapes agree."""
    image, kernel, gradient = (np.asarray(array) for array in arrays)
    wanted = tuple(size - len(kernel) + 1 for size in image.shape)
    if gradient.shape != wanted:
        raise ValueError(f"gradient has the shape {gradient.shape}; the outputs have {wanted}")
    return image, kernel, gradient


def _inside(cell: tuple[int, int], grid_: np.ndarray, name: str) -> Cell:
    """Refuse a cell that does not exist."""
    if not all(0 <= index < size for index, size in zip(cell, grid_.shape, strict=True)):
        raise ValueError(f"{name}={cell} is outside the {'×'.join(map(str, grid_.shape))} numbers")
    return cell


def _drawn(
    image: np.ndarray,
    kernel: np.ndarray,
    gradient: np.ndarray,
    owner: int,
    asked: Cell,
    partner: int,
    pairs: list[tuple[Cell, Cell]],
) -> Figure:
    """Draw the grids, frame `owner`'s cell `asked`, letter the pairs in `partner` and gradient."""
    grids = [image, kernel, gradient]
    height, width = image.shape
    lefts = [0, width + GAP, width + len(kernel) + 2 * GAP]
    tops = [(height - len(numbers)) / 2 for numbers in grids]
    right = lefts[-1] + gradient.shape[1]
    lines = _sums(grids[partner], gradient, pairs)
    high, below = (TITLE + height + 0.1) * WIDTH / (right + 0.2), LINE * (len(lines) + 0.5)
    figure = new_figure(height=high + below)
    figure.set_layout_engine("none")
    axes = canvas(figure)
    axes.set_position((0, below / (high + below), 1, high / (high + below)))
    kinds = [("input", "image X"), ("kernel", "kernel K"), ("output", "gradient G")]
    for left, top, numbers, (kind, title) in zip(lefts, tops, grids, kinds, strict=True):
        grid(axes, left, top, numbers, kind, title)
    frame(axes, lefts[owner] + asked[1], tops[owner] + asked[0], 1)
    for letter, cells in zip(LETTERS, pairs, strict=False):
        for place, (y, x) in zip((partner, 2), cells, strict=True):
            where = lefts[place] + x + 0.07, tops[place] + y + 0.05
            axes.text(*where, letter, ha="left", va="top", fontsize=10, color=BLACK)
    axes.set_xlim(-0.1, right + 0.1)
    axes.set_ylim(height + 0.1, -TITLE)
    figure.supxlabel("\n".join(lines))
    return figure


def _sums(partner: np.ndarray, gradient: np.ndarray, pairs: list[tuple[Cell, Cell]]) -> list[str]:
    """Write the products out, a line for each row of the gradient, then their sum."""
    lettered = list(zip(LETTERS, pairs, strict=False))
    lines, totals = [], []
    for _, row in groupby(lettered, key=lambda pair: pair[1][1][0]):
        letters, cells = zip(*row, strict=True)
        products = [(partner[own], gradient[out]) for own, out in cells]
        totals.append(sum(a * b for a, b in products))
        terms = " + ".join(f"{factor(a)}·{factor(b)}" for a, b in products)
        lines.append(f"{', '.join(letters)}: {terms} = {number(totals[-1])}")
    if len(totals) > 1:
        lines.append(f"{' + '.join(map(factor, totals))} = {number(sum(totals))}")
    return lines
