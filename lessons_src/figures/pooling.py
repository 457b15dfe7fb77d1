"""Drawings of pooling: windows in numbers, and a picture before and after."""

from lessons_src.figures.images import show_image
from lessons_src.figures.style import ORANGE, VERMILLION, WIDTH, new_figure, styled, written

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

WINDOWS = np.array([to_rgb(name) for name in ("#DCEEFA", "#FBE8BF", "#F6DDEA", "#BFE5D9")])


@styled
def pooled_numbers(numbers: ArrayLike, size: int) -> Figure:
    """Draw a feature map in numbers, each window in a colour, beside its max and average pooling.

    Args:
        numbers: (H, W) values.
        size: Side of the windows, and the step from one to the next, in cells.

    Raises:
        ValueError: If the windows do not fill the feature map exactly.
    """
    numbers = np.asarray(numbers, float)
    height, width = numbers.shape
    if size < 1 or height % size or width % size:
        raise ValueError(f"windows of size={size} do not fill a map of {height}×{width} exactly")
    windows = numbers.reshape(height // size, size, width // size, size)
    grids = {
        f"feature map {height}×{width}": numbers,
        "max": windows.max(axis=(1, 3)),
        "average": windows.mean(axis=(1, 3)),
    }
    ratios = [grid.shape[1] for grid in grids.values()]
    figure = new_figure(height=0.8 * WIDTH * height / sum(ratios) + 0.3)
    panels = figure.subplots(1, 3, width_ratios=ratios)
    for axes, (title, grid), cells in zip(panels, grids.items(), (size, 1, 1), strict=True):
        _draw_cells(axes, grid, cells)
        axes.set_title(title)
    return figure


@styled
def routed_gradients(numbers: ArrayLike, arriving: ArrayLike) -> Figure:
    """Draw a feature map, the gradients at its pooled values, and where pooling routes them.

    Args:
        numbers: (H, W) values; the largest of each window wins, the first of several.
        arriving: (H/k, W/k) gradients, one per window of k×k cells.

    Raises:
        ValueError: If the windows do not fill the feature map exactly.
    """
    numbers, arriving = np.asarray(numbers, float), np.asarray(arriving, float)
    rows, columns = arriving.shape
    size, rest = divmod(numbers.shape[0], rows)
    if rest or numbers.shape != (size * rows, size * columns):
        raise ValueError(f"{rows}×{columns} windows do not fill a map of {numbers.shape}")
    shape = (rows, size, columns, size)
    windows = numbers.reshape(shape).swapaxes(1, 2).reshape(rows, columns, -1)
    winners = np.eye(size * size)[windows.argmax(axis=-1)]
    winners = winners.reshape(rows, columns, size, size).swapaxes(1, 2).reshape(numbers.shape)
    spread = np.kron(arriving, np.ones((size, size)))
    grids = {
        f"map {numbers.shape[0]}×{numbers.shape[1]}": numbers,
        "arriving": arriving,
        "max": np.where(winners, spread, 0),
        "average": spread / size**2,
    }
    ratios = [grid.shape[1] for grid in grids.values()]
    figure = new_figure(height=0.85 * WIDTH * numbers.shape[0] / sum(ratios) + 0.4)
    panels = figure.subplots(1, 4, width_ratios=ratios)
    for axes, (title, grid), cells in zip(
        panels, grids.items(), (size, 1, size, size), strict=True
    ):
        _draw_cells(axes, grid, cells)
        axes.set_title(title)
    for axes in (panels[0], panels[2]):
        for y, x in np.argwhere(winners):
            corner = (x - 0.45, y - 0.45)
            axes.add_patch(Rectangle(corner, 0.9, 0.9, fill=False, ec=VERMILLION, lw=2.5))
    return figure


def _draw_cells(axes: Axes, grid: np.ndarray, size: int) -> None:
    """Write numbers into cells whose colour tells the window of `size` that they belong to."""
    rows, columns = np.indices(grid.shape) // size % 2
    axes.imshow(WINDOWS[2 * rows + columns])
    for (y, x), number in np.ndenumerate(grid):
        axes.text(x, y, written(number, ".3g"), ha="center", va="center")
    axes.set_xticks(np.arange(grid.shape[1] + 1) - 0.5, labels=[])
    axes.set_yticks(np.arange(grid.shape[0] + 1) - 0.5, labels=[])
    axes.grid(color="white", linewidth=2)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


@styled
def pooled_image(image: ArrayLike, pooled: ArrayLike, size: int, stride: int, kind: str) -> Figure:
    """Draw a picture with its first two windows, and beside it the pooled one, enlarged.

    Args:
        image: (H, W, C), C = 1 or 3; integers in 0–255 or floats in 0–1.
        pooled: (H', W', C) floats in 0–1, or integers in 0–255.
        size: Side of the windows in pixels.
        stride: Step between windows in pixels.
        kind: Name of the pooling, for the title.
    """
    pictures = [np.asarray(image), np.asarray(pooled)]
    figure = new_figure(height=3.7)
    figure.set_layout_engine("none")  # equal margins in all frames, and half the time to draw
    figure.suptitle(f"{kind}, size {size}, stride {stride}", y=0.97)
    for left, picture in zip((0.01, 0.51), pictures, strict=True):
        axes = figure.add_axes((left, 0.09, 0.48, 0.75))
        show_image(axes, picture)
        axes.set_title("{}×{}".format(*picture.shape))
        axes.set_axis_off()
    seen = figure.axes[0]
    steps = {"first window": (0, ORANGE)}
    if pictures[1].shape[1] > 1:
        steps["next window"] = (stride, VERMILLION)
    for label, (x, colour) in steps.items():
        corner = (x - 0.5, -0.5)
        frame = Rectangle(corner, size, size, fill=False, ec=colour, lw=3, label=label)
        seen.add_patch(frame).set_clip_on(False)
    figure.legend(loc="lower center", ncols=2, handlelength=1, handleheight=1)
    return figure
