"""Drawings that set the networks side by side: all their curves, accuracy against its price."""

from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

import numpy as np
from IPython.display import HTML
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, PercentFormatter

from lessons_src.figures.style import BLUE, GREY, VERMILLION, new_figure, styled
from lessons_src.records import RunRecord

LINES: dict[str, tuple[str, Any, float]] = {
    "": (GREY, "--", 1.2),
    "val_": (BLUE, "-", 1.2),
    "test_": (VERMILLION, ":", 2),
}
SPLITS = ("training", "validation", "test")
HEADINGS = (
    "network",
    "layers",
    "field",
    "parameters",
    "multiply-adds",
    "accuracy",
    "over seeds",
    "seeds",
    "seconds",
)


class Counts(NamedTuple):
    """What can be counted on a network without training it.

    Attributes:
        layers: Layers with weights on the longest path.
        field: Largest receptive field, side in input pixels.
        parameters: Trainable or not.
        macs: Multiply-adds of one image's forward pass.
    """

    layers: int
    field: int
    parameters: int
    macs: int


def results_table(counts: Mapping[str, Counts], runs: Mapping[str, Sequence[RunRecord]]) -> HTML:
    """Show networks in one table: what was counted, and what was measured over their seeds.

    Args:
        counts: By row label; the rows' order.
        runs: By row label, what `records.find` returned; "not yet measured" where it is empty.

    Returns:
        A table. "accuracy" is the mean test accuracy, "over seeds" the lowest and the highest; the
        seconds are those of the fastest run's training.

    Raises:
        ValueError: If counts and runs are not of the same rows.
    """
    if counts.keys() != runs.keys():
        odd = ", ".join(sorted(counts.keys() ^ runs.keys()))
        raise ValueError(f"counts or runs are missing of {odd}")
    lines = [
        "".join(f"<td>{escape(cell)}</td>" for cell in _cells(label, counts[label], runs[label]))
        for label in counts
    ]
    head = "".join(f"<th>{heading}</th>" for heading in HEADINGS)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return HTML(
        f'<table class="dataframe"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    )


def _cells(label: str, counts: Counts, runs: Sequence[RunRecord]) -> list[str]:
    """Return the texts of one row."""
    cells = [label, *(f"{count:,}" for count in counts)]
    if not runs:
        return [*cells, "not yet measured", "", "", ""]
    found = [100 * run.test_accuracy for run in runs]
    spread = f"{min(found):.1f} to {max(found):.1f}" if len(found) > 1 else "–"
    seconds = min(run.seconds for run in runs)
    return [*cells, f"{np.mean(found):.1f} %", spread, str(len(found)), f"{seconds:,.0f}"]


@styled
def all_curves(runs: Mapping[str, Sequence[RunRecord]]) -> Figure:
    """Draw accuracy and loss of recorded runs: one row a network, one line a seed, common scales.

    Args:
        runs: By network, what `records.find` returned; "not yet measured" stands where it is empty.
    """
    figure = new_figure(height=1.5 * len(runs) + 1)
    rows = figure.subplots(len(runs), 2, sharex=True, sharey="col", squeeze=False)
    for panels, (network, of_seeds) in zip(rows, runs.items(), strict=True):
        for axes, quantity in zip(panels, ("accuracy", "loss"), strict=True):
            _draw_runs(axes, of_seeds, quantity)
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


def _draw_runs(axes: Axes, runs: Sequence[RunRecord], quantity: str) -> None:
    """Draw one quantity of every seed, or say that there is none."""
    if not runs:
        words, centre = "not yet measured", "center"
        axes.text(0.5, 0.5, words, color=GREY, ha=centre, va=centre, transform=axes.transAxes)
    for run in runs:
        for prefix, (colour, dashes, width) in LINES.items():
            values = run.history.get(f"{prefix}{quantity}", [])
            epochs = range(1, len(values) + 1)
            axes.plot(epochs, values, dashes, color=colour, linewidth=width, alpha=0.8)


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
