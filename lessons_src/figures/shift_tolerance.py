"""What a shift of the picture does to a network's answers."""

from collections.abc import Mapping

from lessons_src.figures.seeds import draw_seeds
from lessons_src.figures.style import GREY, new_figure, series_colours, styled

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MultipleLocator, PercentFormatter
from numpy.typing import ArrayLike


@styled
def shift_tolerance(
    accuracy: Mapping[str, ArrayLike], unchanged: Mapping[str, ArrayLike]
) -> Figure:
    """Draw what a shift does to several kinds of network: thin lines are seeds, thick ones means.

    Args:
        accuracy: By kind, (seeds, D) accuracies in 0–1, 0 to D − 1 pixels off the middle.
        unchanged: By kind, (seeds, S) shares in 0–1 of predictions that stay the same when the
            picture moves 1 to S pixels.

    Raises:
        ValueError: For more kinds than there are colours to tell them apart.
    """
    colours = series_colours(accuracy)
    figure = new_figure(height=3.9)
    panels = figure.subplots(1, 2)
    for axes, kinds, first in zip(panels, (accuracy, unchanged), (0, 1), strict=True):
        for shares, colour in zip(kinds.values(), colours, strict=True):
            pixels = np.arange(first, first + np.shape(shares)[1])
            draw_seeds(axes, pixels, shares, colour, marker="o", markersize=5)
        axes.xaxis.set_major_locator(MultipleLocator(1))
        axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        axes.grid(axis="y", color=GREY, alpha=0.3, linewidth=0.8)
    panels[0].set(title="accuracy", xlabel="pixels off the middle")
    panels[1].set(title="predictions unchanged", xlabel="shift in pixels")
    handles = [
        Line2D([], [], color=c, label=kind) for kind, c in zip(accuracy, colours, strict=True)
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=2)
    return figure
