"""How the book draws several runs that differ in their seed alone."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike


class Run(Protocol):
    """A recorded run, as far as a figure needs it."""

    @property
    def history(self) -> Mapping[str, Sequence[float]]:
        """By quantity, one value per epoch."""


def draw_seeds(
    axes: Axes, x: ArrayLike, runs: ArrayLike, colour: str, dashes: str = "-", **options: Any
) -> Line2D:
    """Draw a thin line for each seed and a thick one for their mean.

    Args:
        axes: Where to draw.
        x: (X,) positions along the axis.
        runs: (seeds, X) values.
        colour: Colour of all lines.
        dashes: matplotlib's style of all lines.
        **options: What `plot` takes, for the mean alone.

    Returns:
        The mean's line.
    """
    lines = np.asarray(runs, float)
    axes.plot(x, lines.T, dashes, color=colour, linewidth=0.8, alpha=0.5)
    [mean] = axes.plot(x, lines.mean(axis=0), dashes, color=colour, **options)
    return mean
