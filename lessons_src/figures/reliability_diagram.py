"""How often answers were right against how sure the network was."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lessons_src.figures.style import GREY, new_figure, series_colours, styled

from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

if TYPE_CHECKING:
    from lessons_src.analysis import Reliability


@styled
def reliability_diagram(bins: Mapping[str, "Reliability"]) -> Figure:
    """Draw how often answers were right against how sure the network was, above how many there are.

    Args:
        bins: By what they describe.

    Raises:
        ValueError: For more of them than there are colours to tell them apart.
    """
    figure = new_figure(height=4.4)
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
    upper.plot([0, 1], [0, 1], "--", color=GREY, linewidth=1)
    for (label, one), colour in zip(bins.items(), series_colours(bins), strict=True):
        filled = one.counts > 0
        label = f"{label}, error {100 * one.error:.1f} points"
        x, y = one.confidence[filled], one.accuracy[filled]
        upper.plot(x, y, "o-", color=colour, markersize=5, label=label)
        shares = one.counts / one.counts.sum()
        lower.stairs(shares, one.edges, color=colour, linewidth=2)
    upper.set(ylabel="fraction right", xlim=(0, 1), ylim=(0, 1))
    lower.set(ylabel="answers", xlabel="probability of the answer", ylim=(0, None))
    for axis in (upper.yaxis, lower.yaxis, lower.xaxis):
        axis.set_major_formatter(PercentFormatter(1, decimals=0))
    figure.legend(loc="outside lower center", ncols=1)
    return figure
