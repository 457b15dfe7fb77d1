"""Histograms of random draws beside what was derived for them."""

from collections.abc import Mapping, Sequence

from lessons_src.figures.style import BLUE, SKY_BLUE, VERMILLION, new_figure, styled

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import ArrayLike

BINS = 50


@styled
def draws(
    samples: Mapping[str, ArrayLike],
    mean: float,
    deviations: Sequence[float],
    xlabel: str = "sum that the next unit receives",
) -> Figure:
    """Draw histograms of random draws, one below the other, each with its derived mean and spread.

    Args:
        samples: By label, (N,) draws.
        mean: The derived mean, the same for all.
        deviations: The derived standard deviation of each.
        xlabel: What is drawn, with its unit.

    Raises:
        ValueError: If there are not as many deviations as samples.
    """
    figure = new_figure(height=1.4 * len(samples) + 1.0)
    panels = figure.subplots(len(samples), 1, sharex=True, squeeze=False)[:, 0]
    for axes, (label, sample), deviation in zip(panels, samples.items(), deviations, strict=True):
        axes.axvspan(mean - deviation, mean + deviation, color=SKY_BLUE, alpha=0.35, linewidth=0)
        axes.hist(np.asarray(sample, float), BINS, density=True, color=BLUE, histtype="stepfilled")
        axes.axvline(mean, color=VERMILLION)
        axes.set(yticks=[])
        axes.set_title(label, loc="left")
        axes.spines["left"].set_visible(False)
    panels[-1].set_xlabel(xlabel)
    handles = [
        Patch(color=BLUE, label="draws"),
        Line2D([], [], color=VERMILLION, label="derived mean"),
        Patch(color=SKY_BLUE, alpha=0.35, label="± derived standard deviation"),
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=3)
    return figure
