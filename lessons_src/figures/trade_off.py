"""Accuracy against its price."""

from collections.abc import Collection, Mapping, Sequence

from lessons_src.figures.style import GREY, VERMILLION, new_figure, styled

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter


@styled
def trade_off(
    costs: Mapping[str, float],
    accuracies: Mapping[str, Sequence[float]],
    front: Collection[str],
    price: str,
) -> Figure:
    """Draw networks' accuracy against what they cost; a step joins those that none other beats.

    Args:
        costs: By network, what it costs; drawn on a logarithmic scale.
        accuracies: By network, the test accuracy of each seed in 0–1; a bar spans them.
        front: The networks that are beaten by no other.
        price: Name of the costs, with their unit.

    Raises:
        ValueError: If costs and accuracies are not of the same networks.
    """
    if costs.keys() != accuracies.keys():
        odd = ", ".join(sorted(costs.keys() ^ accuracies.keys()))
        raise ValueError(f"cost or accuracy is missing of {odd}")
    figure = new_figure(height=4.0)
    axes = figure.subplots()
    means = {network: float(np.mean(values)) for network, values in accuracies.items()}
    best = sorted((costs[network], means[network]) for network in front)
    axes.step(*zip(*best, strict=True), where="post", color=VERMILLION, linewidth=1.2)
    for network, mean in means.items():
        colour = VERMILLION if network in front else GREY
        spread = [[mean - min(accuracies[network])], [max(accuracies[network]) - mean]]
        axes.errorbar(costs[network], mean, spread, fmt="o", color=colour, capsize=3)
        at = (costs[network], mean)
        name = axes.annotate(network, at, xytext=(7, 5), textcoords="offset points", color=colour)
        name.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.9})
    axes.set(xscale="log", xlabel=price, ylabel="test accuracy")
    axes.set_xlim(min(costs.values()) / 2, max(costs.values()) * 6)  # room for the last name
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    return figure
