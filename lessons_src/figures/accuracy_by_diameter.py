"""Accuracy against the size of the figures, beside the networks' receptive fields."""

from collections.abc import Mapping, Sequence

from lessons_src.figures.seeds import draw_seeds
from lessons_src.figures.style import GREY, new_figure, series_colours, styled

from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from numpy.typing import ArrayLike


@styled
def accuracy_by_diameter(
    accuracies: Mapping[str, ArrayLike],
    diameters: Sequence[float],
    fields: Sequence[int],
    title: str,
) -> Figure:
    """Draw accuracy against the size of the figures: thin lines are seeds, thick ones means.

    Args:
        accuracies: By the network's label, (seeds, diameters) in 0–1.
        diameters: Diameters in pixels.
        fields: The side of each network's receptive field in pixels.
        title: Data set, number of images, seeds.

    Raises:
        ValueError: If there are not as many fields as networks, or more than colours.
    """
    figure = new_figure(height=3.8)
    axes = figure.subplots()
    axes.axhline(0.1, color=GREY, linestyle=":", linewidth=1.5, label="guessing")
    if len(accuracies) != len(fields):
        raise ValueError(f"{len(fields)} fields for {len(accuracies)} networks")
    colours = series_colours(fields)
    for (label, values), field, colour in zip(accuracies.items(), fields, colours, strict=True):
        draw_seeds(axes, diameters, values, colour, marker="o", label=label)
        axes.axvline(field, color=colour, linestyle="--", linewidth=1.2)
    axes.set(xlabel="diameter of the figure in pixels", ylabel="test accuracy", ylim=(0, 1))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xticks(diameters)
    axes.set_xlim(min(*diameters, *fields) - 1, max(*diameters, *fields) + 1)
    axes.plot([], [], "--", color=GREY, linewidth=1.2, label="size of the field")
    axes.set_title(title)
    figure.legend(loc="outside lower center", ncols=2)
    return figure
