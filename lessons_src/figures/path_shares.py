"""From which pixels the paths to one unit come, along one axis, beside a Gaussian."""

from collections.abc import Mapping, Sequence

from lessons_src.figures.style import BLUE, GREY, VERMILLION, new_figure, styled

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from numpy.typing import ArrayLike


@styled
def path_shares(shares: Mapping[str, ArrayLike], deviations: Sequence[float]) -> Figure:
    """Draw for several units the share of their paths that each pixel has.

    Args:
        shares: By title, the shares of the pixels of a field, an odd number of them, first to last.
        deviations: For each, the standard deviation in pixels of the Gaussian drawn over it.

    Raises:
        ValueError: If there are not as many deviations as fields.
    """
    figure = new_figure(height=1.35 * len(shares) + 0.8)
    panels = figure.subplots(len(shares), 1, squeeze=False, sharex=True)[:, 0]
    widest = max(len(np.asarray(values)) for values in shares.values()) / 2
    for axes, (title, values), deviation in zip(panels, shares.items(), deviations, strict=True):
        values = np.asarray(values, float)
        pixels = np.arange(len(values)) - len(values) // 2
        bars = axes.bar(pixels, values, width=1, color=BLUE, alpha=0.6, label="share of the paths")
        places = np.linspace(-widest, widest, 400)
        gaussian = np.exp(-((places / deviation) ** 2) / 2) / (deviation * np.sqrt(2 * np.pi))
        [curve] = axes.plot(places, gaussian, color=VERMILLION, label="Gaussian of the same σ")
        for end in (-len(values) / 2, len(values) / 2):
            border = axes.axvline(end, color=GREY, linestyle="--", linewidth=1.5, label="field")
        axes.set_title(f"{title}, σ = {deviation:.2f}", loc="left")
        axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    panels[-1].set(xlabel="pixels from the middle", xlim=(-widest - 0.5, widest + 0.5))
    figure.legend(handles=[bars, curve, border], loc="outside lower center", ncols=3)
    return figure
