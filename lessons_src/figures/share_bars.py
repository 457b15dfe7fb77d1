"""Where a network's parameters sit, and where its work: shares of its parts as bars."""

from collections.abc import Mapping, Sequence

from lessons_src.figures.style import new_figure, series_colours, styled

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter


@styled
def share_bars(
    networks: Mapping[str, Mapping[str, Sequence[float]]], parts: Sequence[str]
) -> Figure:
    """Draw for each network a row per part, with a bar for each quantity.

    Args:
        networks: By the network's title, and by the quantity, the shares of the parts in 0–1.
        parts: Names of the parts, first layer first.

    Raises:
        ValueError: If a quantity does not have one share per part.
    """
    quantities = list(dict.fromkeys(name for shares in networks.values() for name in shares))
    colours = dict(zip(quantities, series_colours(quantities), strict=True))
    figure = new_figure(height=0.55 * len(parts) + 1.3)
    height, drawn = 0.8 / len(quantities), {}
    panels = figure.subplots(1, len(networks), squeeze=False, sharex=True, sharey=True)[0]
    for axes, (title, shares) in zip(panels, networks.items(), strict=True):
        axes.set_title(title)
        for place, (name, values) in enumerate(shares.items()):
            if len(values) != len(parts):
                raise ValueError(f"{title}: {len(values)} shares of {name} for {len(parts)} parts")
            rows = np.arange(len(parts)) + (place - (len(shares) - 1) / 2) * height
            drawn[name] = axes.barh(rows, values, height, color=colours[name], label=name)
            axes.bar_label(drawn[name], fmt="{:.0%}", padding=3, fontsize=10)
    panels[0].set_yticks(range(len(parts)), parts)
    panels[0].set(xlim=(0, 1.2), ylim=(len(parts) - 0.5, -0.5), xticks=[0, 0.5, 1])  # first on top
    panels[0].xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    figure.legend(handles=list(drawn.values()), loc="outside lower center", ncols=len(drawn))
    return figure
