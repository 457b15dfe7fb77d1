"""The curves of all networks, one row each, in common scales."""

from collections.abc import Mapping, Sequence
from typing import Any

from lessons_src.figures.seeds import Run
from lessons_src.figures.style import BLUE, GREY, VERMILLION, new_figure, styled

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, PercentFormatter

LINES: dict[str, tuple[str, Any, float]] = {
    "": (GREY, "--", 1.2),
    "val_": (BLUE, "-", 1.2),
    "test_": (VERMILLION, ":", 2),
}

SPLITS = ("training", "validation", "test")


@styled
def all_curves(runs: Mapping[str, Sequence[Run]]) -> Figure:
    """Draw accuracy and loss of recorded runs: one row per network, one line per seed.

    Args:
        runs: By network, what `records.find` returned; "not yet measured" stands where it is empty.
    """
    figure = new_figure(height=1.5 * len(runs) + 1)
    rows = figure.subplots(len(runs), 2, sharex=True, sharey="col", squeeze=False)
    for panels, (network, seeds) in zip(rows, runs.items(), strict=True):
        for axes, quantity in zip(panels, ("accuracy", "loss"), strict=True):
            _draw_runs(axes, seeds, quantity)
        panels[0].set_title(network, loc="left", fontweight="bold")
        panels[0].yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    for axes, quantity in zip(rows[0], ("accuracy", "loss"), strict=True):
        axes.set_title(quantity, loc="right")
    for axes in rows[-1]:
        axes.set_xlabel("epoch")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    handles = [
        Line2D([], [], color=colour, linestyle=dashes, linewidth=width, label=split)
        for (colour, dashes, width), split in zip(LINES.values(), SPLITS, strict=True)
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=3)
    return figure


def _draw_runs(axes: Axes, runs: Sequence[Run], quantity: str) -> None:
    """Draw one quantity of every seed, or say that there is none."""
    if not runs:
        words, centre = "not yet measured", "center"
        axes.text(0.5, 0.5, words, color=GREY, ha=centre, va=centre, transform=axes.transAxes)
    for run in runs:
        for prefix, (colour, dashes, width) in LINES.items():
            values = run.history.get(f"{prefix}{quantity}", [])
            epochs = range(1, len(values) + 1)
            axes.plot(epochs, values, dashes, color=colour, linewidth=width, alpha=0.8)
