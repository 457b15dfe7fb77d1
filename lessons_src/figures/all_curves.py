"""The curves of all networks, one panel each, in common scales."""

from collections.abc import Mapping, Sequence
from typing import Any

from lessons_src.figures.seeds import Run
from lessons_src.figures.style import BLUE, GREY, VERMILLION, new_figure, styled

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, PercentFormatter

LINES: dict[str, tuple[str, Any]] = {"": (VERMILLION, "--"), "val_": (BLUE, "-")}
SPLITS = ("training", "validation")
COLUMNS = 2


@styled
def all_curves(runs: Mapping[str, Sequence[Run]], quantity: str) -> Figure:
    """Draw the accuracy or the loss of recorded runs: a panel per network, thin lines per seed.

    Args:
        runs: By network, what `records.find` returned; "not yet measured" stands where it is empty.
        quantity: "accuracy" or "loss".
    """
    rows = -(-len(runs) // COLUMNS)
    figure = new_figure(height=1.9 * rows + 0.8)
    panels = list(figure.subplots(rows, COLUMNS, sharex=True, sharey=True, squeeze=False).flat)
    for axes, (network, seeds) in zip(panels, runs.items(), strict=False):
        _draw_runs(axes, seeds, quantity)
        axes.set_title(network, loc="left", fontweight="bold")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        if quantity == "accuracy":
            axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    for axes in panels[len(runs) :]:
        axes.set_axis_off()
    for axes in panels[COLUMNS * (rows - 1) : len(runs)]:
        axes.set_xlabel("epoch")
    figure.supylabel(quantity)
    handles = [
        Line2D([], [], color=colour, linestyle=dashes, linewidth=1.2, label=split)
        for (colour, dashes), split in zip(LINES.values(), SPLITS, strict=True)
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=len(SPLITS))
    return figure


def _draw_runs(axes: Axes, runs: Sequence[Run], quantity: str) -> None:
    """Draw one quantity of every seed, or say that there is none."""
    if not runs:
        words, centre = "not yet measured", "center"
        axes.text(0.5, 0.5, words, color=GREY, ha=centre, va=centre, transform=axes.transAxes)
    for run in runs:
        for prefix, (colour, dashes) in LINES.items():
            values = run.history.get(f"{prefix}{quantity}", [])
            epochs = range(1, len(values) + 1)
            axes.plot(epochs, values, dashes, color=colour, linewidth=1.2, alpha=0.8)
