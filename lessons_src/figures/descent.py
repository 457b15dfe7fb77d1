"""How optimizers walk down a loss of two weights: one with its loss, or several side by side."""

from collections.abc import Mapping

from lessons_src.figures.style import BLACK, BLUE, GREY, LIGHT_GREY, new_figure, styled

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

REACH = 1.5  # weights beyond are not drawn
LEAST, MOST = 1e-6, 1e3  # losses beyond are drawn at the edge


@styled
def descent(path: ArrayLike, curvatures: tuple[float, float], title: str) -> Figure:
    """Draw a walk over the loss ½(a·w₁² + b·w₂²), and the loss after each step.

    Args:
        path: (steps + 1, 2) weights, the start first.
        curvatures: a and b, the steepness along each weight.
        title: Which optimizer walked, and how.

    Raises:
        ValueError: For a path of another shape, or with less than one step.
    """
    walk = _checked(path)
    losses = (walk**2 @ np.asarray(curvatures, float)) / 2
    figure = new_figure(height=3.5)
    figure.set_layout_engine("none")  # equal margins in all frames
    left, right = (
        figure.add_axes(place) for place in ((0.11, 0.17, 0.42, 0.66), (0.67, 0.17, 0.31, 0.66))
    )
    _draw_walk(left, walk, curvatures)
    left.set(xlabel="weight 1", ylabel="weight 2", title="path from the square")
    right.semilogy(np.clip(losses, LEAST, MOST), color=BLUE)
    right.axhline(losses[0], color=LIGHT_GREY, linewidth=1, zorder=0)
    right.set(ylim=(LEAST / 2, MOST * 2), xlabel="step", title="loss")
    figure.suptitle(title, y=0.98)
    return figure


@styled
def descents(paths: Mapping[str, ArrayLike], curvatures: tuple[float, float]) -> Figure:
    """Draw walks over the loss ½(a·w₁² + b·w₂²) as small multiples, two side by side.

    Args:
        paths: By title, (steps + 1, 2) weights, the start first.
        curvatures: a and b, the steepness along each weight.

    Raises:
        ValueError: For a path of another shape, or with less than one step.
    """
    rows = (len(paths) + 1) // 2
    figure = new_figure(height=0.6 + 2.1 * rows)
    panels = figure.subplots(rows, 2, sharex=True, sharey=True, squeeze=False).ravel()
    for axes in panels[len(paths) :]:
        axes.set_axis_off()
    for (title, path), axes in zip(paths.items(), panels, strict=False):
        _draw_walk(axes, _checked(path), curvatures)
        axes.set_title(title)
    figure.supxlabel("weight 1")
    figure.supylabel("weight 2")
    return figure


def _checked(path: ArrayLike) -> np.ndarray:
    """Return a path as an array, or refuse its shape."""
    walk = np.asarray(path, float)
    if walk.ndim != 2 or walk.shape[1] != 2 or len(walk) < 2:
        raise ValueError(f"path has shape {walk.shape}; expected (steps + 1, 2), steps > 0")
    return walk


def _draw_walk(axes: Axes, walk: np.ndarray, curvatures: tuple[float, float]) -> None:
    """Draw the valley's contours, the walk from its square, and the bottom."""
    grid = np.linspace(-REACH, REACH, 101)
    loss = (curvatures[0] * grid[None, :] ** 2 + curvatures[1] * grid[:, None] ** 2) / 2
    levels = np.max(loss) * np.linspace(0.02, 1, 9) ** 2
    axes.contour(grid, grid, loss, levels, colors=GREY, linewidths=0.6)
    shown = np.clip(walk, -10 * REACH, 10 * REACH)  # a diverging line must stay drawable
    axes.plot(shown[:, 0], shown[:, 1], "o-", color=BLUE, linewidth=1, markersize=3)
    axes.plot(*shown[0], "s", color=BLACK, markersize=7)
    axes.plot(0, 0, "+", color=BLACK, markersize=10)
    axes.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xticks=(-1, 0, 1), yticks=(-1, 0, 1))
