"""Optimizers as small multiples: accuracy or loss over the learning rate."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lessons_src.figures.style import BLUE, GREY, SKY_BLUE, VERMILLION, new_figure, styled

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, PercentFormatter
from numpy.typing import ArrayLike


@styled
def accuracy_over_rates(
    accuracies: Mapping[str, Mapping[float, Sequence[float]]], defaults: Mapping[str, float]
) -> Figure:
    """Draw a panel per optimizer: a dot per seed, a line through the means, the default rate.

    Args:
        accuracies: By optimizer and rate, one accuracy per seed, in 0–1; a rate without any is
            left out.
        defaults: By optimizer, the rate that Keras takes if none is given.

    Raises:
        ValueError: Unless there are one to four optimizers.
    """

    def draw(axes: Axes, name: str) -> None:
        rates = sorted(accuracies[name])
        by_rate = {rate: accuracies[name][rate] for rate in rates if accuracies[name][rate]}
        axes.set_xlim(rates[0] / 1.5, 1.5 * rates[-1])
        for rate, values in by_rate.items():
            axes.plot([rate] * len(values), values, ".", color=SKY_BLUE, markersize=7)
        axes.plot(list(by_rate), [np.mean(values) for values in by_rate.values()], color=BLUE)
        axes.axvline(defaults[name], color=VERMILLION, linestyle="--", linewidth=1.2)
        axes.axhline(0.1, color=GREY, linestyle=":", linewidth=1.2)
        axes.set_ylim(0, None)
        axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))

    return _panels(accuracies, draw, "test accuracy")


@styled
def loss_over_rates(sweeps: Mapping[str, tuple[ArrayLike, ArrayLike]], start: float) -> Figure:
    """Draw a panel per optimizer: the loss while the rate rises from step to step.

    Args:
        sweeps: By optimizer, (rates, losses), one of each per step.
        start: The loss before the first step; twice as much is the upper edge of the panels.

    Raises:
        ValueError: Unless there are one to four optimizers.
    """

    def draw(axes: Axes, name: str) -> None:
        rates, losses = sweeps[name]
        axes.plot(rates, losses, color=BLUE)
        axes.axhline(start, color=GREY, linestyle=":", linewidth=1.2)
        axes.set_ylim(0, 2 * start)

    return _panels(sweeps, draw, "loss")


def _panels(names: Mapping[str, Any], draw: Callable[[Axes, str], None], quantity: str) -> Figure:
    """Draw one to four panels, two side by side, with one vertical scale."""
    if not 1 <= len(names) <= 4:
        raise ValueError(f"one to four optimizers, not {len(names)}")
    rows = (len(names) + 1) // 2
    figure = new_figure(height=1.1 + 1.9 * rows)
    panels = figure.subplots(rows, 2, sharey=True, squeeze=False).ravel()
    for axes in panels[len(names) :]:
        axes.set_axis_off()
    for name, axes in zip(names, panels, strict=False):
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(LogLocator(numticks=6))
        axes.set_title(name)
        draw(axes, name)
    figure.supxlabel("learning rate")
    figure.supylabel(quantity)
    return figure
