"""A drawing of how an optimizer walks down a loss of two weights."""

from lessons_src.figures.style import BLACK, BLUE, GREY, LIGHT_GREY, new_figure, styled

import numpy as np
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
    walk = np.asarray(path, float)
    if walk.ndim != 2 or walk.shape[1] != 2 or len(walk) < 2:
        raise ValueError(f"path has shape {walk.shape}; expected (steps + 1, 2), steps > 0")
    losses = (walk**2 @ np.asarray(curvatures, float)) / 2
    figure = new_figure(height=3.5)
    figure.set_layout_engine("none")  # equal margins in all frames
    left, right = (
        figure.add_axes(place) for place in ((0.11, 0.17, 0.42, 0.66), (0.67, 0.17, 0.31, 0.66))
    )
    grid = np.linspace(-REACH, REACH, 101)
    loss = (curvatures[0] * grid[None, :] ** 2 + curvatures[1] * grid[:, None] ** 2) / 2
    levels = np.max(loss) * np.linspace(0.02, 1, 9) ** 2
    left.contour(grid, grid, loss, levels, colors=GREY, linewidths=0.6)
    shown = np.clip(walk, -10 * REACH, 10 * REACH)  # a diverging line must stay drawable
    left.plot(shown[:, 0], shown[:, 1], "o-", color=BLUE, linewidth=1, markersize=3)
    left.plot(*shown[0], "s", color=BLACK, markersize=7)
    left.plot(0, 0, "+", color=BLACK, markersize=10)
    left.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xlabel="weight 1", ylabel="weight 2")
    left.set(xticks=(-1, 0, 1), yticks=(-1, 0, 1), title="path from the square")
    right.semilogy(np.clip(losses, LEAST, MOST), color=BLUE)
    right.axhline(losses[0], color=LIGHT_GREY, linewidth=1, zorder=0)
    right.set(ylim=(LEAST / 2, MOST * 2), xlabel="step", title="loss")
    figure.suptitle(title, y=0.98)
    return figure
