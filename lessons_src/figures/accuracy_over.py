"""Accuracy against one setting, for several networks and seeds."""

from collections.abc import Mapping, Sequence

from lessons_src.figures.seeds import draw_seeds
from lessons_src.figures.style import GREY, new_figure, series_colours, styled

from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator, PercentFormatter
from numpy.typing import ArrayLike


@styled
def accuracy_over(
    accuracies: Mapping[str, ArrayLike],
    values: Sequence[float],
    setting: str,
    title: str,
    logarithmic: bool = False,
) -> Figure:
    """Draw accuracy against a setting: thin lines are seeds, thick ones their means.

    Args:
        accuracies: By the network's label, (seeds, values) in 0–1.
        values: What the setting was.
        setting: Its name and unit.
        title: Data set, number of images, seeds.
        logarithmic: Whether equal factors of the setting are drawn equally far apart.

    Raises:
        ValueError: If there are more networks than colours.
    """
    figure = new_figure(height=3.8)
    axes = figure.subplots()
    axes.axhline(0.1, color=GREY, linestyle=":", linewidth=1.5, label="guessing")
    for (label, of_seeds), colour in zip(
        accuracies.items(), series_colours(accuracies), strict=True
    ):
        draw_seeds(axes, values, of_seeds, colour, marker="o", label=label)
    axes.set(xlabel=setting, ylabel="test accuracy")
    axes.set_ylim(0, None)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    if logarithmic:
        axes.set_xscale("log")
        axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticks(values, [f"{value:g}" for value in values])
    axes.set_title(title)
    figure.legend(loc="outside lower center", ncols=3)
    return figure
